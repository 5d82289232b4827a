/** Filtering the runs: by completion, chips, facets and quick filters, which all write the one filter. */
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";

import { RunsTable } from "../support/runs_table.ts";
import { type Sample, sample } from "../support/sample.ts";
import { expect, test as base } from "../support/test.ts";

const test = base.extend<{ table: RunsTable; line: Locator }, { runs: Sample }>({
    runs: [async ({ ann }, use) => use(await sample(ann)), { scope: "worker" }],
    table: async ({ page }, use) => use(new RunsTable(page)),
    line: async ({ page }, use) => use(page.getByRole("combobox", { name: "Filter the runs" })),
});

const SIZES = [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
] as const;

/** The page of the runs, with a filter or without one. */
function address(runs: Sample, filter = ""): string {
    return `/projects/${runs.projectId}/runs?cols=status,params.depth,params.family,metrics.loss&q=${encodeURIComponent(filter)}`;
}

/** The conditions as their chips tell them, from the left. */
function chips(page: Page): Locator {
    return page.getByRole("list", { name: "Conditions" }).getByRole("button", { name: /^Change / });
}

async function expectRuns(page: Page, count: string): Promise<void> {
    await expect(page.getByText(count, { exact: true }).first()).toBeVisible();
}

test("a filter is written by keyboard alone from what is offered", async ({ page, runs, table, line }) => {
    await page.goto(address(runs));
    await expect(table.row("run 11")).toBeVisible();
    await page.keyboard.press("/");
    await expect(line).toBeFocused();

    await page.keyboard.type("fam");
    const option = page.getByRole("option", { name: /params\.family/ });
    await expect(option).toHaveAttribute("aria-selected", "true");
    await expect(option).toContainText("12 runs");
    await expect(line).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id"))!);
    await page.keyboard.press("Tab");
    await expect(line).toHaveValue("params.family ");
    await expect(line).toBeFocused();

    await page.keyboard.type("= ");
    const values = page.getByRole("listbox", { name: "What may come next" }).getByRole("option");
    await expect(values.filter({ hasText: "tree" }), "values come with the number of their runs").toContainText("6 runs");
    await page.keyboard.type("'tr");
    await expect(values).toHaveCount(1);
    await page.keyboard.press("Enter");
    await expect(line).toHaveValue(/^params\.family = 'tree' ?$/);

    await page.keyboard.press("Escape");
    await expect(line).toHaveAttribute("aria-expanded", "false");
    await page.keyboard.press("Enter");
    await expectRuns(page, "6 runs");
    await expect(chips(page)).toHaveText(["params.family = 'tree'"]);

    await page.keyboard.press("Escape");
    await expect(line).toHaveValue("");
    await expectRuns(page, "12 runs");
});

test("chips and text are two views of one filter", async ({ page, runs, line }) => {
    await page.goto(address(runs));
    await page.getByRole("button", { name: "Filter by a condition" }).click();
    const form = page.getByRole("dialog", { name: "Add a condition" });
    await expect(form.getByRole("combobox", { name: "What to filter by" })).toBeFocused();
    await page.keyboard.type("loss");
    await page.keyboard.press("Enter");
    await expect(form.getByLabel("How to compare")).toBeFocused();
    await form.getByLabel("How to compare").selectOption("<");
    await form.getByRole("combobox", { name: "What to compare with" }).fill("half");
    await form.getByRole("button", { name: "Add" }).click();
    await expect(form.getByRole("alert").filter({ hasText: "expected a number" })).toBeVisible();
    await form.getByRole("combobox", { name: "What to compare with" }).fill("0.5");
    await page.keyboard.press("Enter");
    await expect(form).toBeHidden();
    await expect(line).toHaveValue("metrics.loss < 0.5");
    await expectRuns(page, "5 runs");

    await line.fill("metrics.loss < 0.5 AND params.family = 'tree'");
    await line.press("Enter");
    await expect(chips(page)).toHaveText(["metrics.loss < 0.5", "params.family = 'tree'"]);
    await expectRuns(page, "3 runs");

    await page.getByRole("button", { name: "Change params.family = 'tree'" }).click();
    await page.getByRole("button", { name: "Negate" }).click();
    await expect(line).toHaveValue("metrics.loss < 0.5 AND params.family != 'tree'");
    await expectRuns(page, "2 runs");

    await page.getByRole("button", { name: "Remove metrics.loss < 0.5" }).click();
    await expect(line).toHaveValue("params.family != 'tree'");
    await expectRuns(page, "6 runs");
    await page.goBack();
    await expect(chips(page)).toHaveText(["metrics.loss < 0.5", "params.family != 'tree'"]);
});

test("ticks in the facets narrow the table", async ({ page, runs, table, line }) => {
    await page.goto(address(runs));
    await page.getByRole("button", { name: "Facets" }).click();
    const facets = page.getByRole("dialog", { name: "Facets" });
    const status = facets.getByRole("group", { name: "Status" });
    await expect(status.getByRole("checkbox", { name: /Finished/ }), "9 of the runs").toHaveAccessibleName(/9$/);
    await status.getByRole("checkbox", { name: /Failed/ }).check();
    await expectRuns(page, "3 runs");
    await expect.poll(() => table.names()).toEqual(["run 11", "run 07", "run 03"]);
    await expect(line).toHaveValue("status = 'FAILED'");

    const depth = facets.getByRole("group", { name: "depth" });
    await expect(depth.getByRole("checkbox", { name: /^0/ }), "of what the other facets leave").toHaveAccessibleName(/1$/);
    await depth.getByRole("checkbox", { name: /^0/ }).check();
    await depth.getByRole("checkbox", { name: /^1/ }).check();
    await expectRuns(page, "2 runs");
    await status.getByRole("checkbox", { name: /Failed/ }).uncheck();
    await expect(line).toHaveValue("params.depth IN ('0', '1')");
    await expectRuns(page, "8 runs");

    await facets.getByRole("textbox", { name: "loss to" }).fill("0.35");
    await page.keyboard.press("Enter");
    await expect(line).toHaveValue("params.depth IN ('0', '1') AND metrics.loss <= 0.35");
    await expect.poll(() => table.names()).toEqual(["run 03", "run 01", "run 00"]);
});

test("a quick filter is set and taken away again", async ({ page, runs, line }) => {
    await page.goto(address(runs, "params.family = 'tree'"));
    await expectRuns(page, "6 runs");
    await page.getByRole("button", { name: "Quick filters" }).click();
    const choose = (name: string) => page.getByRole("menuitemcheckbox", { name });
    await choose("Last 24 hours").click();
    await expect(choose("Last 24 hours")).toBeChecked();
    await expect(line).toHaveValue("params.family = 'tree' AND start_time > now - 24h");
    await expectRuns(page, "6 runs");
    await choose("Last 7 days").click();
    await expect(choose("Last 24 hours"), "one takes the place of the other").not.toBeChecked();
    await choose("Last 7 days").click();
    await choose("Only failed").click();
    await page.keyboard.press("Escape");
    await expect(line).toHaveValue("params.family = 'tree' AND status = 'FAILED'");
    await expect(page.getByText("No run matches")).toBeVisible();
});

test("unfinished text is kept: what would replace it says why it waits", async ({ page, runs, line }) => {
    await page.goto(address(runs, "params.family = 'tree'"));
    await expectRuns(page, "6 runs");
    await line.fill("params.family = 'tree' AND metrics.lo");
    const remove = page.getByRole("button", { name: "Remove params.family = 'tree'" });
    await expect(remove).toBeDisabled();
    await page.getByRole("button", { name: "Facets" }).click();
    const facets = page.getByRole("dialog", { name: "Facets" });
    await expect(facets.getByText("Finish or clear the text in the filter line first.")).toBeVisible();
    await expect(facets.getByRole("checkbox").first()).toBeDisabled();
    await page.keyboard.press("Escape");
    await expect(line).toHaveValue("params.family = 'tree' AND metrics.lo");

    await line.fill("params.family = 'tree' AND metrics.loss < 0.3");
    await remove.click();
    await expect(line).toHaveValue("metrics.loss < 0.3");
});

/** What opens above the table, and something in it that is there once it is complete. */
const OPEN: [name: string, open: (page: Page) => Promise<void>, ready: (page: Page) => Locator][] = [
    [
        "completion",
        async (page) => {
            const line = page.getByRole("combobox", { name: "Filter the runs" });
            await line.press("End");
            await line.pressSequentially(" AND params.");
        },
        (page) => page.getByRole("option", { name: /params\.depth/ }),
    ],
    [
        "a new condition",
        async (page) => page.getByRole("button", { name: "Filter by a condition" }).click(),
        (page) => page.getByRole("option", { name: /metrics\.loss/ }),
    ],
    [
        "a condition",
        async (page) => page.getByRole("button", { name: "Change params.family = 'tree'" }).click(),
        (page) => page.getByRole("button", { name: "Negate" }),
    ],
    [
        "facets",
        async (page) => page.getByRole("button", { name: "Facets" }).click(),
        (page) => page.getByRole("group", { name: "Status" }).getByRole("checkbox").first(),
    ],
    [
        "quick filters",
        async (page) => page.getByRole("button", { name: "Quick filters" }).click(),
        (page) => page.getByRole("menuitemcheckbox", { name: "Only failed" }),
    ],
];

for (const size of SIZES) {
    for (const [name, open, ready] of OPEN) {
        test(`${name} at ${size.width} pixels: within the page, and no accessibility violation`, async ({ page, runs }) => {
            await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
            await page.setViewportSize(size);
            await page.goto(address(runs, "params.family = 'tree'"));
            await expect(chips(page)).toHaveCount(1);
            await open(page);
            await expect(ready(page)).toBeVisible();
            for (const colorScheme of ["light", "dark"] as const) {
                await page.emulateMedia({ colorScheme });
                const { violations } = await new AxeBuilder({ page }).analyze();
                const told = violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.html.slice(0, 200)) }));
                expect(told, colorScheme).toEqual([]);
            }
            for (const box of await page.locator(":popover-open").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()))) {
                expect(box.left).toBeGreaterThanOrEqual(0);
                expect(box.right).toBeLessThanOrEqual(size.width);
                expect(box.bottom).toBeLessThanOrEqual(size.height);
            }
            expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
        });
    }
}

test("on a phone chips have a line of their own and keep their width", async ({ page, runs }) => {
    await page.setViewportSize(SIZES[1]);
    await page.goto(address(runs, "params.family = 'tree' AND metrics.loss < 5 AND params.depth IS SET AND status = 'FINISHED'"));
    await expect(chips(page)).toHaveCount(4);
    const button = (await page.getByRole("button", { name: "Facets" }).boundingBox())!;
    for (const chip of await chips(page).all()) {
        expect((await chip.boundingBox())!.y).toBeGreaterThanOrEqual(button.y + button.height);
        expect(await chip.evaluate((one) => one.scrollWidth - one.clientWidth), "the text is cut off").toBeLessThanOrEqual(0);
    }
});
