import { readFileSync } from "node:fs";

import type { Page } from "@playwright/test";

import { readProject, unique } from "../support/project.ts";
import { RunsTable } from "../support/runs_table.ts";
import { type Sample, sample } from "../support/sample.ts";
import { PASSWORD } from "../support/server.ts";
import { expect, test as base } from "../support/test.ts";

const test = base.extend<object, { runs: Sample }>({
    runs: [async ({ ann }, use) => use(await sample(ann)), { scope: "worker" }],
});

/** Presses Tab until what is focused has that name; fails when it never gets there, or when the focus cannot be seen. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
    for (let step = 0; step < 60; step++) {
        await page.keyboard.press("Tab");
        const focused = page.locator(":focus");
        if ((await focused.count()) === 0) {
            continue;
        }
        await expectVisibleFocus(page);
        if (await hasName(page, name)) {
            return;
        }
    }
    throw new Error(`Tab never reaches ${name}`);
}

/** Presses Tab until the focus is in the table of runs. */
async function tabToTable(page: Page, table: RunsTable): Promise<void> {
    await tabTo(page, "Read the runs again");
    for (let step = 0; step < 12; step++) {
        await page.keyboard.press("Tab");
        if (await table.grid.evaluate((grid) => grid.contains(document.activeElement))) {
            return;
        }
    }
    throw new Error("Tab never reaches the table");
}

/** Walks down an open menu until the focus is on the item with that name. */
async function walkTo(page: Page, name: string | RegExp): Promise<void> {
    await expect(page.locator("[role^=menuitem]:focus")).toHaveCount(1);
    for (let step = 0; step < 40 && !(await hasName(page, name)); step++) {
        await page.keyboard.press("ArrowDown");
    }
    expect(await hasName(page, name), `${name} is in the menu`).toBe(true);
}

async function hasName(page: Page, name: string | RegExp): Promise<boolean> {
    const own = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const labels = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? [...(element.labels ?? [])] : [];
        return (element.ariaLabel ?? labels.map((label) => label.textContent).join(" ")) || element.textContent || "";
    });
    return typeof name === "string" ? own.trim() === name : name.test(own.trim());
}

async function expectVisibleFocus(page: Page): Promise<void> {
    const seen = await page.evaluate(() => {
        const rings = (element: Element) => {
            const style = getComputedStyle(element);
            return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
        };
        const focused = document.activeElement!;
        const box = focused.getBoundingClientRect();
        const isInSight = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
        const isRinged = [focused, focused.parentElement!, focused.closest("label") ?? focused].some(rings);
        return { isInSight, isRinged, html: focused.outerHTML.slice(0, 160) };
    });
    expect(seen, "the focus can be seen").toMatchObject({ isInSight: true, isRinged: true });
}

test("signing in needs no mouse, and the page then begins at its heading", async ({ visitor }) => {
    await visitor.goto("/login?next=/projects");
    await expect(visitor.getByLabel("User name or e-mail")).toBeFocused();
    await visitor.keyboard.type("cleo");
    await tabTo(visitor, "Password");
    await visitor.keyboard.type(PASSWORD);
    await visitor.keyboard.press("Enter");
    await expect(visitor.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
});

test("the first Tab offers to skip the navigation", async ({ page }) => {
    await page.goto("/projects");
    await expect(page.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.querySelector("main")!.contains(document.activeElement))).toBe(true);
});

test("a project is made, changed and deleted by keys alone", async ({ page, ann }) => {
    const name = unique("Keyed");
    await page.goto("/projects");
    await expect(page.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
    await tabTo(page, "New project");
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
    await page.keyboard.type(name);
    await tabTo(page, /^Private/);
    await page.keyboard.press("ArrowDown");
    await tabTo(page, "Create project");
    await page.keyboard.press("Enter");
    const heading = page.getByRole("heading", { name, level: 1 });
    await expect(heading).toBeVisible();
    await expect(heading, "a new page begins at its heading").toBeFocused();
    const projectId = page.url().split("/").at(-1)!;
    expect(await readProject(ann, projectId)).toMatchObject({ name, public: true });

    await tabTo(page, "Edit");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Edit project" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog", { name: "Edit project" })).toBeHidden();
    await expect(page.getByRole("button", { name: "Edit", exact: true }), "the focus returns").toBeFocused();

    await tabTo(page, "More");
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("menuitem", { name: "Delete project" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: `Delete ${name}?` })).toBeVisible();
    await tabTo(page, /^Type /);
    await page.keyboard.type(name);
    await tabTo(page, "Delete project");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/projects");
});

test("the table of runs is walked, sorted and opened by keys alone", async ({ page, runs }) => {
    await page.goto(`/projects/${runs.projectId}/runs?cols=status,params.depth,metrics.loss`);
    const table = new RunsTable(page);
    await expect(table.row("run 11")).toBeVisible();
    await tabToTable(page, table);
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowRight");
    await expect(table.row("run 11").getByRole("rowheader")).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(table.heading("Name")).toBeFocused();
    await page.keyboard.press("End");
    await expect(table.heading("loss")).toBeFocused();
    await expectVisibleFocus(page);
    await page.keyboard.press("Enter");
    await expect(table.heading("loss")).toHaveAttribute("aria-sort", "ascending");
    await expect.poll(async () => (await table.names())[0]).toBe("run 00");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expectVisibleFocus(page);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "run 01", level: 1 })).toBeVisible();
});

test("groups are opened and closed by arrows", async ({ page, runs }) => {
    await page.goto(`/projects/${runs.projectId}/runs?group=params.family&cols=status`);
    const table = new RunsTable(page);
    await expect(table.rows).toHaveCount(2);
    await tabToTable(page, table);
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect(table.rows).toHaveCount(8);
    await page.keyboard.press("ArrowLeft");
    await expect(table.rows).toHaveCount(2);
});

test("the best run of a group is found, ticked, and others are measured by it, by keys alone", async ({ page, runs }) => {
    await page.goto(`/projects/${runs.projectId}/runs?cols=status,metrics.loss&q=params.family%20%3D%20'tree'`);
    const table = new RunsTable(page);
    await expect(table.rows).toHaveCount(6);
    await tabToTable(page, table);
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("End");
    await page.keyboard.press("Alt+ArrowDown");
    await expect(page.getByRole("menuitem", { name: "Sort ascending" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await table.names())[0]).toBe("run 00");
    await page.keyboard.press("Alt+ArrowDown");
    await expect(page.getByRole("menuitem", { name: "Sort ascending" })).toBeFocused();
    await page.getByRole("menuitemcheckbox", { name: "less is better" }).focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/scale=metrics\.loss/);
    await page.keyboard.press("Escape");
    await expect((await table.cell(table.row("run 00"), "loss")).getByLabel("the best")).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("x");
    await expect(table.row("run 00")).toHaveAttribute("aria-selected", "true");
    await tabTo(page, "Use as baseline");
    await page.keyboard.press("Enter");
    await expect(await table.cell(table.row("run 02"), "loss")).toContainText("+0.2");
    await expect(page).toHaveURL(/base=/);
});

test("the two best runs of a group are found, exported and compared by keys alone", async ({ page, runs }) => {
    await page.goto(`/projects/${runs.projectId}/runs?cols=status,metrics.loss`);
    const table = new RunsTable(page);
    await expect(table.row("run 11")).toBeVisible();
    await tabTo(page, "Group by");
    await page.keyboard.press("ArrowDown");
    await walkTo(page, "family");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await expect(table.rows).toHaveCount(2);

    await tabToTable(page, table);
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("k");
    await page.keyboard.press("End");
    await expect(table.heading("loss")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(table.heading("loss")).toHaveAttribute("aria-sort", "ascending");
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("j");
    await expect(table.row(/tree/).getByRole("rowheader")).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(table.row("run 02")).toBeVisible();
    for (const name of ["run 00", "run 02"]) {
        await page.keyboard.press("j");
        await expect(table.row(name).getByRole("rowheader"), "the best come first").toBeFocused();
        await page.keyboard.press("x");
        await expect(table.row(name)).toHaveAttribute("aria-selected", "true");
    }

    await tabTo(page, "Export the selected runs");
    await page.keyboard.press("ArrowDown");
    await walkTo(page, "Export as CSV");
    const download = page.waitForEvent("download");
    await page.keyboard.press("Enter");
    const lines = readFileSync(await (await download).path(), "utf8").trim().split(/\r?\n/);
    expect(lines).toHaveLength(3);
    expect(lines.slice(1).map((line) => /run \d\d/.exec(line)?.[0])).toEqual(["run 00", "run 02"]);

    await page.keyboard.press("c");
    await expect(page).toHaveURL(/\/compare\?runs=/);
    const heads = page.getByRole("region", { name: "Runs side by side" }).getByRole("columnheader");
    await expect(heads.filter({ hasText: "run 00" })).toBeVisible();
    await expect(heads.filter({ hasText: "run 02" })).toBeVisible();
});

test("a question mark lists the keys of the table, and Escape leads back to where the focus was", async ({ page, runs }) => {
    await page.goto(`/projects/${runs.projectId}/runs?cols=status`);
    const table = new RunsTable(page);
    await expect(table.row("run 11")).toBeVisible();
    await tabToTable(page, table);
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keys of the table" });
    await expect(keys.getByText("Compare the selected runs")).toBeVisible();
    await page.keyboard.press("c");
    await expect(keys, "the keys of the page rest while a dialog is in front").toBeVisible();
    await page.keyboard.press("Escape");
    await expect(keys).toBeHidden();
    expect(await table.grid.evaluate((grid) => grid.contains(document.activeElement))).toBe(true);
    await page.keyboard.press("c");
    await expect(page.getByText("Select 2 to 100 runs to compare them.").first()).toBeVisible();
});

test("a slash goes to the filter, Escape empties it", async ({ page, runs }) => {
    await page.goto(`/projects/${runs.projectId}/runs`);
    await expect(new RunsTable(page).row("run 11")).toBeVisible();
    await page.keyboard.press("/");
    const filter = page.getByRole("combobox", { name: "Filter the runs" });
    await expect(filter).toBeFocused();
    await page.keyboard.type("status = 'FAILED'");
    await page.keyboard.press("Enter");
    await expect(page.getByText("3 runs", { exact: true }).first()).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByText("12 runs", { exact: true }).first()).toBeVisible();
});

test("keys group the runs, in the order that is wanted", async ({ page, runs }) => {
    await page.goto(`/projects/${runs.projectId}/runs`);
    await expect(new RunsTable(page).row("run 11")).toBeVisible();
    await tabTo(page, "Group by");
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("menuitemcheckbox", { name: "Code" })).toBeFocused();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Group by", exact: true })).toBeFocused();
    await expect(page).toHaveURL(/group=code,data/);
    await tabTo(page, "Data");
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("menuitem", { name: "Move outwards" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/group=data,code/);
});

test("the navigation folds by a key, and stays as it was left", async ({ page }) => {
    await page.goto("/projects");
    const width = async () => (await page.getByRole("navigation", { name: "Main" }).boundingBox())!.width;
    await expect(page.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
    expect(await width()).toBeGreaterThanOrEqual(200);
    await page.keyboard.press("[");
    await expect.poll(width).toBeLessThanOrEqual(56);
    await page.reload();
    await expect.poll(width).toBeLessThanOrEqual(56);
    await page.keyboard.press("Control+b");
    await expect.poll(width).toBeGreaterThanOrEqual(200);
});
