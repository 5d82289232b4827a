import type { Page } from "@playwright/test";

import { createProject, unique } from "../support/project.ts";
import { Tracking, runAddress } from "../support/tracking.ts";
import { expect, test as base } from "../support/test.ts";

interface Printed {
    address: string;
    append: (text: string) => Promise<void>;
}

const LINES = 5000;

const test = base.extend<object, { printed: Printed }>({
    printed: [
        async ({ ann }, use) => {
            const { projectId } = await createProject(ann, { name: unique("Logs") });
            const tracking = await Tracking.into(ann, projectId);
            const runId = await tracking.run(await tracking.experiment("logs"), { name: "a run that prints" });
            const address = runAddress(projectId, runId);
            const append = async (text: string) => {
                await ann.ask("POST", `/api${address}/logs/append`, text, { "Content-Type": "text/plain" });
            };
            await append(Array.from({ length: LINES }, (_, n) => `${text(n + 1)}\n`).join(""));
            await use({ address, append });
        },
        { scope: "worker" },
    ],
});

/** Every thousandth line is an error. */
function text(number: number): string {
    return number % 1000 === 0 ? `ERROR: epoch ${number} diverged` : `INFO: epoch ${number}`;
}

function line(page: Page, number: number) {
    return page.locator(`.log-line[data-line="${number}"]`);
}

test("a link to a line brings it into view and marks it, with few lines mounted", async ({ page, printed }) => {
    await page.goto(`${printed.address}/logs#L2500`);
    await expect(line(page, 2500)).toBeInViewport();
    await expect(line(page, 2500)).toContainText("epoch 2500");
    await expect(line(page, 2500)).toHaveAttribute("aria-current", "location");
    expect(await page.locator(".log-line").count()).toBeLessThanOrEqual(60);
});

test("the number of a line is a link to it", async ({ page, printed }) => {
    await page.goto(`${printed.address}/logs#L2500`);
    await line(page, 2501).getByRole("link").click();
    await expect(page).toHaveURL(/\/logs#L2501$/);
    await expect(line(page, 2501)).toHaveAttribute("aria-current", "location");
    await expect(line(page, 2500)).not.toHaveAttribute("aria-current", /.+/);
});

test("a search goes from match to match, and round", async ({ page, printed }) => {
    await page.goto(`${printed.address}/logs#L1`);
    await page.getByRole("searchbox", { name: "Search the log" }).fill("DIVERGED");
    await expect(line(page, 1000)).toBeInViewport();
    await expect(line(page, 1000).locator("mark")).toHaveText("diverged");
    await page.getByRole("button", { name: "Next match" }).click();
    await expect(line(page, 2000)).toBeInViewport();
    await page.getByRole("button", { name: "Previous match" }).click();
    await expect(line(page, 1000)).toHaveAttribute("aria-current", "location");
    await page.getByRole("button", { name: "Previous match" }).click();
    await expect(line(page, 5000)).toBeInViewport();
    await page.getByRole("searchbox", { name: "Search the log" }).fill("nowhere at all");
    await expect(page.getByText("Not found")).toBeVisible();
});

test("a level shows its lines alone", async ({ page, printed }) => {
    await page.goto(`${printed.address}/logs#L1`);
    await page.getByRole("button", { name: "Errors" }).click();
    await expect(page.locator(".log-line")).toHaveCount(5);
    await expect(line(page, 3000)).toContainText("epoch 3000 diverged");
    await page.getByRole("button", { name: "Debug" }).click();
    await page.getByRole("button", { name: "Errors" }).click();
    await expect(page.getByText("No line has such a level.")).toBeVisible();
});

test("the end of a running run is followed until somebody scrolls up", async ({ page, printed }) => {
    await page.goto(`${printed.address}/logs`);
    const follow = page.getByRole("switch", { name: "Follow" });
    await expect(follow).toBeChecked();
    await expect(line(page, LINES)).toBeInViewport();
    await printed.append("the first that came later\n");
    await expect(page.getByText("the first that came later")).toBeInViewport();

    await page.getByRole("region", { name: "Log" }).hover();
    await page.mouse.wheel(0, -2000);
    await expect(follow).not.toBeChecked();
    await printed.append("the second that came later\n");
    await page.getByRole("button", { name: "Jump to end" }).click();
    await expect(page.getByText("the second that came later")).toBeInViewport();
    await expect(follow).toBeChecked();
});
