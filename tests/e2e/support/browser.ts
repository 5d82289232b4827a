/** How every configuration starts the browser: the system's Chromium, kept off the network. */
import type { PlaywrightTestConfig } from "@playwright/test";

export const browser = {
    browserName: "chromium" as const,
    headless: true,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    launchOptions: {
        executablePath: process.env["MANTIK_E2E_CHROMIUM"] ?? "/usr/bin/chromium-headless-shell",
        args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
        ],
    },
} satisfies PlaywrightTestConfig["use"];
