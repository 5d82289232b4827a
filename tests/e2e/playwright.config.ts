import { defineConfig } from "@playwright/test";

import { browser } from "./support/browser.ts";

/** What is about the page and not about what is stored: it is seen once, on SQLite. */
const ABOUT_THE_PAGE = [
    "accessibility",
    "compare",
    "filtering",
    "first_load",
    "headers",
    "keyboard",
    "many_runs",
    "roles",
    "run_logs",
    "run_page",
    "states",
];

export default defineConfig({
    testDir: "specs",
    testIgnore: process.env["MANTIK_E2E_DATABASE"] === "postgres" ? ABOUT_THE_PAGE.map((name) => `**/${name}.spec.ts`) : [],
    outputDir: "test-results",
    // They mostly wait: three keep two cores busy.
    workers: 3,
    fullyParallel: false,
    forbidOnly: Boolean(process.env["CI"]),
    // A test that passes at the second try has found something: by hand none is tried again. In a check of a change, on
    // a machine that others share, it is, and the list at the end calls it flaky.
    retries: process.env["CI"] ? 1 : 0,
    timeout: 60_000,
    expect: { timeout: 10_000 },
    reporter: [["list"]],
    use: {
        ...browser,
        // Nothing here lives long enough to be worth the optimising compiler, which takes a processor for itself.
        launchOptions: { ...browser.launchOptions, args: [...browser.launchOptions.args, "--js-flags=--liftoff-only"] },
        contextOptions: { reducedMotion: "reduce" },
        viewport: { width: 1440, height: 900 },
        // A trace makes a test half as long again, so it is made of what failed once.
        trace: "on-first-retry",
        actionTimeout: 10_000,
    },
});
