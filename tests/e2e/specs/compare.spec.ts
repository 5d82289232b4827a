import { readFileSync } from "node:fs";

import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";

import { createProject } from "../support/project.ts";
import { expect, test as base } from "../support/test.ts";
import { Tracking } from "../support/tracking.ts";

const COMMIT = "1f0c3ab4d5e6f708192a3b4c5d6e7f8091a2b3c4";
const OTHER_COMMIT = "9e8d7c6b5a49382716f5e4d3c2b1a0998877665f";

/** A picture of one pixel. */
const PICTURE =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

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
                const id = (
                    await tracking.run(experiment, {
                        name,
                        status: "FINISHED",
                        params: { seed: "7", rate: ["0.1", "0.2", "0.2"][place]! },
                        metrics: { loss, "val/accuracy": [0.1, 0.2 + place / 10] },
                        tags: { "mlflow.source.git.commit": place === 0 ? COMMIT : OTHER_COMMIT },
                    })
                );
                ids.push(id);
                await tracking.artifact(experiment, id, "plots/roc.png", Uint8Array.from(Buffer.from(PICTURE, "base64")));
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

test("smoothing is chosen with a slider, by mouse and by keyboard, and asks for smoothed values", async ({ page, compared }) => {
    await open(page, compared);
    const slider = page.getByRole("slider", { name: "Smoothing" });
    // Charts that ask at once ask together, in texts within a text.
    const asked = page.waitForRequest((request) => /\\?"smoothing\\?":60/.test(request.postData() ?? ""));
    await slider.fill("60");
    await expect(slider).toHaveAttribute("aria-valuetext", "0.60");
    // The charts below ask once they are seen; until then there is none of them to scroll to.
    await expect(async () => {
        await slider.evaluate((choice) => choice.scrollIntoView({ block: "start" }));
        await expect(page.getByRole("figure", { name: "val/accuracy" })).toBeVisible({ timeout: 300 });
    }).toPass();
    await asked;
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await expect(slider).toHaveValue("61");
    await expect(page).toHaveURL(/smooth=61/);
});

test("a run has one colour in the table, on its page and in comparisons, and keeps the one that is chosen", async ({ page, compared }) => {
    const colour = (of: Locator) => of.evaluate((swatch) => (swatch as HTMLElement).style.getPropertyValue("--series"));
    await open(page, compared);
    const own = page.getByRole("button", { name: /^Colour of second: / });
    const before = await colour(own.locator(".swatch"));
    await page.goto(`/projects/${compared.projectId}/runs`);
    const inTable = page.getByRole("row").filter({ hasText: "second" }).locator(".swatch");
    await expect(inTable).toBeVisible();
    expect(await colour(inTable)).toBe(before);
    await page.goto(`/projects/${compared.projectId}/runs/${compared.ids[1]}`);
    await expect(own).toBeVisible();
    expect(await colour(own.locator(".swatch"))).toBe(before);
    await own.press("Enter");
    const palette = page.getByRole("radiogroup", { name: "Colour of second" });
    await expect(palette.getByRole("radio", { checked: true })).toBeFocused();
    await page.keyboard.press("ArrowRight");
    const chosen = (await palette.getByRole("radio", { checked: true }).getAttribute("aria-label")) ?? "";
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: `Colour of second: ${chosen}` })).toBeFocused();
    const after = await colour(own.locator(".swatch"));
    expect(after).not.toBe(before);
    await open(page, compared);
    await expect(page.getByRole("button", { name: `Colour of second: ${chosen}` })).toBeVisible();
    await own.click();
    await page.getByRole("button", { name: "Use its own colour" }).click();
    await expect.poll(() => colour(own.locator(".swatch"))).toBe(before);
});

test("axes are logarithmic for all charts, the address tells it, and what has no place is told", async ({ page, compared }) => {
    await open(page, compared);
    const across = page.getByRole("switch", { name: "Log x" });
    await across.click();
    await page.getByRole("switch", { name: "Log y" }).click();
    await expect(page).toHaveURL(/log=true/);
    await expect(page).toHaveURL(/logx=true/);
    const chart = page.getByRole("figure", { name: "loss" }).last();
    await expect(async () => {
        await across.evaluate((choice) => choice.scrollIntoView({ block: "start" }));
        await expect(chart).toBeVisible({ timeout: 300 });
    }).toPass();
    await expect(chart.getByText("3 values stand at 0 or below, where a logarithmic axis has no place.")).toBeVisible();
    await chart.hover();
    await chart.getByRole("button", { name: "Logarithmic horizontal axis" }).click();
    await expect(chart.getByText("where a logarithmic axis has no place")).toHaveCount(0);
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
        await relation.getByRole("button", { name: button, exact: true }).click();
        const file = await download;
        expect(file.suggestedFilename()).toBe(`val-accuracy by rate.${ending}`);
        expect(readFileSync(await file.path(), "utf8")).toContain(held);
    }
});

test("axes are brushed by keys, and the lines that pass are looked at alone, here and in the table", async ({ page, compared }) => {
    await open(page, compared);
    const region = page.getByRole("region", { name: "Parallel coordinates", exact: true });
    await region.scrollIntoViewIfNeeded();
    const least = region.getByRole("slider", { name: "Least rate" });
    await least.focus();
    await page.keyboard.press("PageUp");
    await expect(region.getByText("2 of 3 lines pass the brushes.")).toBeVisible();
    const inTable = region.getByRole("link", { name: "Open these in the table" });
    expect(decodeURIComponent((await inTable.getAttribute("href")) ?? "")).toContain(`run_id IN ('${compared.ids[1]}', '${compared.ids[2]}')`);
    await region.getByRole("button", { name: "Move the axis rate with the arrow keys" }).press("ArrowRight");
    await expect(page).toHaveURL(/axes=/);
    await expect(region.getByText("2 of 3 lines pass the brushes.")).toBeVisible();
    await region.getByRole("button", { name: "Compare these 2 alone" }).click();
    await expect(page).toHaveURL(new RegExp(`runs=${compared.ids.slice(1).join(",")}`));
    await expect(table(page).getByRole("columnheader")).toHaveCount(3);
});

test("a metric is distributed over groups, read by keys, as a table and as a picture", async ({ page, compared }) => {
    await open(page, compared);
    const region = page.getByRole("region", { name: "Distribution", exact: true });
    await region.getByRole("combobox", { name: "Distribution by" }).selectOption("Parameters: rate");
    const picture = region.getByRole("img", { name: "loss by Parameters: rate, 2 boxes" });
    await picture.focus();
    await page.keyboard.press("End");
    await expect(region.getByRole("status")).toHaveText("0.2: 2 values, median 1.25, quartiles 1.125 and 1.375, whiskers 1 to 1.5");
    const download = page.waitForEvent("download");
    await region.getByRole("button", { name: "Download the picture in pixels" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe("loss by Parameters- rate.png");
    expect(readFileSync(await file.path()).subarray(1, 4).toString()).toBe("PNG");
});

test("what a parameter tells about a metric is said with its number of runs and its caveat", async ({ page, compared }) => {
    await open(page, compared);
    const region = page.getByRole("region", { name: "Importance of parameters", exact: true });
    const rate = region.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "rate" }) });
    await expect(rate.getByRole("cell")).toHaveText(["50 %", "0.866", "3"]);
    await expect(region.getByText("3 runs are few: the order may be chance.")).toBeVisible();
    await expect(region.getByRole("row")).toHaveCount(2);
});

test("pictures that lie at the same place stand side by side", async ({ page, compared }) => {
    await open(page, compared);
    const region = page.getByRole("region", { name: "Files", exact: true });
    await region.getByRole("button", { name: "Show the files" }).click();
    await region.getByRole("button", { name: "plots" }).click();
    await expect(region.getByText("in 3 runs")).toBeVisible();
    for (const name of ["first", "second", "third"]) {
        const picture = region.getByRole("img", { name: `roc.png of ${name}` });
        await picture.scrollIntoViewIfNeeded();
        await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1);
    }
    await region.getByRole("button", { name: "Leave plots" }).click();
    await expect(region.getByRole("button", { name: "plots", exact: true })).toBeVisible();
});

test("lines are put together as bands of groups, which say what they are", async ({ page, compared }) => {
    await open(page, compared);
    const by = page.getByRole("combobox", { name: "Lines by" });
    await by.selectOption("Parameters: rate");
    await expect(page).toHaveURL(/by=Parameters/);
    const chart = page.getByRole("figure", { name: "loss" }).last();
    await expect(async () => {
        await by.evaluate((choice) => choice.scrollIntoView({ block: "start" }));
        await expect(chart.getByRole("button", { name: "0.2 (2 runs)" })).toBeVisible({ timeout: 300 });
    }).toPass();
    await expect(page.getByText("one standard deviation of the runs of a group").first()).toBeVisible();
    await page.getByRole("radio", { name: "Least to greatest" }).check();
    await expect(page).toHaveURL(/range=true/);
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
