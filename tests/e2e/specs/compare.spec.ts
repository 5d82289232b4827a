import { readFileSync } from "node:fs";

import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";

import { createProject } from "../support/project.ts";
import { expect, test as base } from "../support/test.ts";
import { Tracking } from "../support/tracking.ts";

const COMMIT = "1f0c3ab4d5e6f708192a3b4c5d6e7f8091a2b3c4";
const OTHER_COMMIT = "9e8d7c6b5a49382716f5e4d3c2b1a0998877665f";

interface Compared {
    projectId: string;
    /** The MLflow ids of `first`, `second` and `third`, in that order. */
    ids: string[];
}

const test = base.extend<object, { compared: Compared }>({
    compared: [
        async ({ ann }, use) => {
            const { projectId } = await createProject(ann);
            const tracking = await Tracking.into(ann, projectId);
            const experiment = await tracking.experiment("compared");
            const ids: string[] = [];
            for (const [place, name] of ["first", "second", "third"].entries()) {
                const loss = [4, 3, 2, (place + 1) / 2];
                ids.push(
                    await tracking.run(experiment, {
                        name,
                        status: "FINISHED",
                        params: { seed: "7", rate: ["0.1", "0.2", "0.2"][place]! },
                        metrics: { loss, "val/accuracy": [0.1, 0.2 + place / 10] },
                        tags: { "mlflow.source.git.commit": place === 0 ? COMMIT : OTHER_COMMIT },
                    }),
                );
            }
            await use({ projectId, ids });
        },
        { scope: "worker" },
    ],
});

async function open(page: Page, { projectId, ids }: Compared): Promise<void> {
    await page.goto(`/projects/${projectId}/compare?runs=${ids.join(",")}`);
    await expect(table(page)).toBeVisible();
}

function table(page: Page): Locator {
    return page.getByRole("region", { name: "Runs side by side" }).getByRole("table");
}

function row(page: Page, name: string): Locator {
    return table(page).getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
}

async function expectNoViolations(page: Page, about: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html.slice(0, 200)) })), about).toEqual([]);
}

test("only what differs is shown until all is asked for, and the address tells it", async ({ page, compared }) => {
    await open(page, compared);
    await expect(row(page, "rate").getByRole("cell")).toHaveText(["0.1", "0.2", "0.2"]);
    await expect(row(page, "seed")).toHaveCount(0);
    await page.getByRole("switch", { name: "Only what differs" }).click();
    await expect(row(page, "seed").getByRole("cell")).toHaveText(["7", "7", "7"]);
    await expect(page).toHaveURL(`/projects/${compared.projectId}/compare?runs=${compared.ids.join(",")}&all=true`);
    await page.reload();
    await expect(row(page, "seed")).toBeVisible();
});

test("commits are told by their beginning, and in full on hover", async ({ page, compared }) => {
    await open(page, compared);
    const cell = row(page, "Commit").getByRole("cell").first();
    await expect(cell).toHaveText(COMMIT.slice(0, 7));
    await expect(cell).toHaveAttribute("data-tip", COMMIT);
});

test("a run that is taken out leaves the table and the address, and going back brings it again", async ({ page, compared }) => {
    await open(page, compared);
    await page.getByRole("button", { name: "Take first out of the comparison" }).click();
    await expect(table(page).getByRole("columnheader")).toHaveCount(3);
    await expect(row(page, "rate"), "the two that are left agree").toHaveCount(0);
    await expect(page).toHaveURL(new RegExp(`runs=${compared.ids.slice(1).join(",")}$`));
    await page.goBack();
    await expect(row(page, "rate")).toBeVisible();
});

test("metrics are compared with the baseline", async ({ page, compared }) => {
    await open(page, compared);
    const baseline = page.getByRole("button", { name: "Compare metrics with second" });
    await baseline.click();
    await expect(baseline).toHaveAttribute("aria-pressed", "true");
    const cells = row(page, "loss").getByRole("cell");
    await expect(cells.nth(0)).toContainText("−0.5 (−50 %)");
    await expect(cells.nth(1)).not.toContainText("%");
    await expect(cells.nth(2)).toContainText("+0.5 (+50 %)");
    await expect(page).toHaveURL(new RegExp(`base=${compared.ids[1]}`));
});

test("smoothing is chosen by mouse and by keyboard, and asks for smoothed values", async ({ page, compared }) => {
    await open(page, compared);
    const group = page.getByRole("radiogroup", { name: "Smoothing" });
    // Charts that ask at once ask together, in texts within a text.
    const asked = page.waitForRequest((request) => /\\?"smoothing\\?":60/.test(request.postData() ?? ""));
    await group.getByRole("radio", { name: "0.6" }).click();
    await expect(group.getByRole("radio", { name: "0.6" })).toBeChecked();
    // The charts below ask once they are seen; until then there is none of them to scroll to.
    await expect(async () => {
        await group.evaluate((choice) => choice.scrollIntoView({ block: "start" }));
        await expect(page.getByRole("figure", { name: "val/accuracy" })).toBeVisible({ timeout: 300 });
    }).toPass();
    await asked;
    await page.keyboard.press("ArrowRight");
    await expect(group.getByRole("radio", { name: "0.9", exact: true })).toBeChecked();
    await expect(group.getByRole("radio", { name: "0.9", exact: true })).toBeFocused();
    await expect(page).toHaveURL(/smooth=90/);
});

test("one field alone answers the slash, and the keyboard reaches each control of the table", async ({ page, compared }) => {
    await open(page, compared);
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox", { name: "Search names and values" })).toBeFocused();
    await page.keyboard.type("rate");
    await expect(row(page, "loss")).toHaveCount(0);
    await expect(row(page, "rate")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(row(page, "loss")).toBeVisible();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("switch", { name: "Only what differs" })).toBeFocused();
    for (const name of ["Copy as CSV", "Copy as Markdown"]) {
        await page.keyboard.press("Tab");
        await expect(page.getByRole("button", { name })).toBeFocused();
    }
});

test("the rows are copied as they are shown", async ({ page, context, compared }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await open(page, compared);
    await page.getByRole("button", { name: "Copy as Markdown" }).click();
    await expect(page.getByText("Copied", { exact: true })).toBeAttached();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("| Parameters | rate | 0.1 | 0.2 | 0.2 |");
    expect(copied).toContain(`| ${COMMIT} |`);
    expect(copied).not.toContain("| seed |");
});

test("two numbers of the runs are drawn against each other, read by keys, as a table and as files", async ({ page, compared }) => {
    await open(page, compared);
    const relation = page.getByRole("region", { name: "Relation", exact: true });
    await expect(relation.getByText("loss by rate", { exact: true }).first()).toBeVisible();
    await relation.getByRole("combobox", { name: "Vertical quantity" }).selectOption("metrics.val/accuracy");
    await expect(page).toHaveURL(/up=metrics\.val\/accuracy/);
    const picture = relation.getByRole("img", { name: "val/accuracy by rate, 3 dots" });
    await picture.focus();
    await page.keyboard.press("ArrowRight");
    await expect(relation.getByRole("status")).toHaveText("first: rate 0.1, val/accuracy 0.2");
    await page.keyboard.press("End");
    await expect(relation.getByRole("status")).toHaveText("third: rate 0.2, val/accuracy 0.4");
    await expect(relation.getByRole("link", { name: "third" })).toBeVisible();
    await relation.getByRole("button", { name: "Show the values as a table" }).click();
    await expect(relation.getByRole("row")).toHaveText([/^Name/, "first0.10.2", "second0.20.3", "third0.20.4"]);
    for (const [button, ending, held] of [
        ["Download the values", "csv", '"third",0.2,0.4'],
        ["Download the picture", "svg", "<title>third</title>"],
    ] as const) {
        const download = page.waitForEvent("download");
        await relation.getByRole("button", { name: button }).click();
        const file = await download;
        expect(file.suggestedFilename()).toBe(`val-accuracy by rate.${ending}`);
        expect(readFileSync(await file.path(), "utf8")).toContain(held);
    }
});

test("no accessibility violation, light and dark, wide and narrow, and no scrolling sideways", async ({ page, compared }) => {
    await open(page, compared);
    await expectNoViolations(page, "light");
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoViolations(page, "dark, narrow");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
});
