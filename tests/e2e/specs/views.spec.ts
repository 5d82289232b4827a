import type { Page } from "@playwright/test";

import { RunsTable } from "../support/runs_table.ts";
import { type Sample, sample } from "../support/sample.ts";
import { expect, test as base } from "../support/test.ts";

const test = base.extend<object, { runs: Sample }>({
    runs: [
        async ({ ann, ben }, use) => {
            const runs = await sample(ann);
            await ann.ask("PUT", `/api/projects/${runs.projectId}/members/${ben.userId}`, { role: "RESEARCHER" });
            await use(runs);
        },
        { scope: "worker" },
    ],
});

/** The page's views, as a person finds her way among them. */
class Views {
    constructor(readonly page: Page) {}

    get edited() {
        return this.page.getByRole("group", { name: "View" }).getByText("Edited", { exact: true });
    }

    /** The button that says which view is open. */
    named(name: string) {
        return this.page.getByRole("group", { name: "View" }).getByRole("button", { name, exact: true });
    }

    async open(from: string, name: string | RegExp): Promise<void> {
        await this.named(from).click();
        await this.page.getByRole("menuitemradio", { name }).click();
    }

    async choose(action: string): Promise<void> {
        await this.page.getByRole("button", { name: "What to do with the view" }).click();
        await this.page.getByRole("menu").getByText(action, { exact: true }).click();
    }

    /** Sets a tick, after which the menu is still there. */
    async tick(item: string): Promise<void> {
        await this.choose(item);
        await this.page.keyboard.press("Escape");
    }

    async save(from: string, name: string, isShared: boolean): Promise<void> {
        await this.named(from).click();
        await this.page.getByRole("menuitem", { name: "Save as new view…" }).click();
        const dialog = this.page.getByRole("dialog", { name: "Save as new view" });
        await dialog.getByLabel("Name").fill(name);
        if (isShared) {
            await dialog.getByLabel("Share with the project").check();
        }
        await dialog.getByRole("button", { name: "Save view" }).click();
        await expect(this.named(name)).toBeVisible();
    }
}

async function group(page: Page, key: string): Promise<void> {
    await page.getByRole("button", { name: "Group by", exact: true }).click();
    await page.getByRole("menuitemcheckbox", { name: key }).click();
    await page.keyboard.press("Escape");
}

test("a view is saved, edited, updated and shared, and opens first for everybody", async ({ page, bensPage, runs }) => {
    const address = `/projects/${runs.projectId}/runs`;
    const [mine, bens] = [new Views(page), new Views(bensPage)];
    await page.goto(`${address}?group=params.family&cols=status,metrics.loss`);
    const table = new RunsTable(page);
    await expect(table.row(/tree/)).toBeVisible();
    await mine.save("Views", "By family", false);
    await expect(page).toHaveURL(/\?view=[-0-9a-f]{36}$/);
    await expect(mine.edited).toBeHidden();

    await table.heading("loss").click();
    await expect(mine.edited).toBeVisible();
    await expect(page).toHaveURL(/view=.*&group=params\.family&sort=metrics\.loss/);
    await page.keyboard.press("Control+z");
    await expect(mine.edited).toBeHidden();
    await page.goBack();
    await expect(mine.edited).toBeVisible();
    await mine.choose("Update view");
    await expect(page.getByText("The view was updated.")).toBeVisible();
    await expect(mine.edited).toBeHidden();
    await expect(page).toHaveURL(/\?view=[-0-9a-f]{36}$/);
    await expect(table.heading("loss")).toHaveAttribute("aria-sort", "ascending");

    await bensPage.goto(address);
    await bens.named("Views").click();
    await expect(bensPage.getByText("Save how the table is set up")).toBeVisible();
    await bensPage.keyboard.press("Escape");
    await mine.tick("Share with the project");
    await expect(page.getByText("Everybody in the project sees the view now.")).toBeVisible();
    await bens.open("Views", /By family/);
    await expect(bens.named("By family")).toBeVisible();
    await expect(new RunsTable(bensPage).heading("loss")).toHaveAttribute("aria-sort", "ascending");
    await bensPage.getByRole("button", { name: "What to do with the view" }).click();
    await expect(bensPage.getByRole("menuitem", { name: /Delete….*ann shares this view/ })).toBeVisible();
    await bensPage.keyboard.press("Escape");

    await mine.tick("Open first for everybody");
    await expect(page.getByText(/noted for everybody/)).toBeVisible();
    await bensPage.goto(address);
    await expect(bens.named("By family")).toBeVisible();
    await expect(new RunsTable(bensPage).row(/tree/)).toBeVisible();
    await bens.open("By family", "All runs");
    await expect(bensPage).toHaveURL(/\?view=none$/);
    await expect(new RunsTable(bensPage).row("run 11")).toBeVisible();

    await mine.choose("Rename…");
    const rename = page.getByRole("dialog", { name: "Rename the view" });
    await rename.getByLabel("Name").fill("Families");
    await rename.getByRole("button", { name: "Save" }).click();
    await expect(mine.named("Families")).toBeVisible();
    await bens.open("Views", /Families/);
    await mine.choose("Delete…");
    await page.getByRole("dialog", { name: "Delete the view “Families”?" }).getByRole("button", { name: "Delete view" }).click();
    await expect(mine.named("Views")).toBeVisible();
    await expect(table.row(/tree/), "the table stays").toBeVisible();
    await expect(bensPage.getByText(/“Families” was deleted/)).toBeVisible();
    await expect(new RunsTable(bensPage).row(/tree/), "so does that of others").toBeVisible();
    await expect(bensPage).toHaveURL(/\?group=params\.family&sort=metrics\.loss/);

    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("The view is there again.")).toBeVisible();
    await expect(mine.named("Families")).toBeVisible();
    await expect(mine.edited).toBeHidden();
    await bens.open("Views", /Families/);
    await expect(bens.named("Families"), "it is shared as before").toBeVisible();
});

test("of two who change a view the second sees what the first did, and decides", async ({ page, ann, runs, faults }) => {
    faults.expect(/status of 412/);
    const views = new Views(page);
    const path = `/api/projects/${runs.projectId}/views`;
    const saved = await ann.ask<{ viewId: string }>("POST", path, { name: "Contested", table: { columns: ["status"] }, isShared: true });
    await page.goto(`/projects/${runs.projectId}/runs?view=${saved.viewId}`);
    await expect(views.named("Contested")).toBeVisible();
    await group(page, "depth");
    await expect(views.edited).toBeVisible();
    const theirs = { table: { columns: ["status"], filter: "params.family = 'tree'" } };
    await ann.ask("PUT", `${path}/${saved.viewId}`, theirs, { "If-Match": '"v1"' });
    await views.choose("Update view");
    const dialog = page.getByRole("dialog", { name: "Somebody else has changed this view" });
    await expect(dialog.getByText("The filter is now “params.family = 'tree'”.")).toBeVisible();
    await dialog.getByRole("button", { name: "Show theirs" }).click();
    await expect(page.getByText("6 runs", { exact: true }).first()).toBeVisible();
    await expect(views.edited).toBeHidden();

    await group(page, "depth");
    await expect(views.edited).toBeVisible();
    await ann.ask("PUT", `${path}/${saved.viewId}`, { name: "Renamed" }, { "If-Match": '"v2"' });
    await expect(views.named("Renamed"), "a change shows by itself").toBeVisible();
    await views.choose("Update view");
    await expect(dialog.getByText("The name is now “Renamed”.")).toBeVisible();
    await dialog.getByRole("button", { name: "Update all the same" }).click();
    await expect(dialog).toBeHidden();
    await expect(views.edited).toBeHidden();
    const { table } = await ann.ask<{ table: { groupBy: string[] } }>("GET", `${path}/${saved.viewId}`);
    expect(table.groupBy).toEqual(["params.depth"]);
});

test("among many views one is found by typing part of its name", async ({ page, ann, runs }) => {
    const views = new Views(page);
    const path = `/api/projects/${runs.projectId}/views`;
    for (const place of [1, 2, 3, 4, 5, 6, 7, 8]) {
        await ann.ask("POST", path, { name: place === 5 ? "Learning rates" : `Depths ${place}`, table: { columns: ["status"] }, isShared: false });
    }
    await page.goto(`/projects/${runs.projectId}/runs?view=none`);
    await views.named("Views").click();
    const menu = page.getByRole("menu", { name: "Views" });
    await expect(menu.getByRole("menuitemradio", { name: /Depths/ })).toHaveCount(7);
    await page.keyboard.type("ning r");
    await expect(page.getByRole("searchbox", { name: "Search views" })).toHaveValue("ning r");
    await expect(menu.getByRole("menuitemradio")).toHaveCount(1);
    await page.keyboard.type("x");
    await expect(menu.getByText("No view has this in its name.")).toBeVisible();
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Enter");
    await expect(views.named("Learning rates")).toBeVisible();
    await views.named("Learning rates").click();
    await expect(page.getByRole("searchbox", { name: "Search views" }), "one begins anew").toHaveValue("");
    await page.keyboard.type("depths");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(views.named("Depths 2")).toBeVisible();
});
