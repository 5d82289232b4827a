import { defineConfig } from "@playwright/test";

import { browser } from "./support/browser.ts";

export default defineConfig({
    testDir: "bench",
    testMatch: "*.bench.ts",
    outputDir: "test-results",
    workers: 1,
    timeout: 3_600_000,
    reporter: [["line"]],
    use: { ...browser, viewport: { width: 1600, height: 1000 } },
});
