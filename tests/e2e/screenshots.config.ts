import { defineConfig } from "@playwright/test";

import { browser } from "./support/browser.ts";

export default defineConfig({
    testDir: ".",
    testMatch: "screenshots.ts",
    outputDir: "test-results",
    workers: 1,
    timeout: 120_000,
    reporter: [["list"]],
    use: { ...browser, contextOptions: { reducedMotion: "reduce" } },
});
