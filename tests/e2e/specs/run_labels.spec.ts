import type { Locator } from "@playwright/test";

import { RunsTable } from "../support/runs_table.ts";
import { sample } from "../support/sample.ts";
import { expect, test } from "../support/test.ts";

test("runs are labelled together, found by their labels, and given back what they had", async ({ page, ann }) => {
    const { projectId } = await sample(ann);
    const table = new RunsTable(page);
    const bar = page.getByRole("region", { name: "Selected runs" });
    const dialog = page.getByRole("dialog");
    const label = async (name: string, action: RegExp) => {
        await bar.getByRole("button", { name: "Label…" }).click();
        await dialog.getByRole("textbox", { name: "Labels" }).or(dialog.getByRole("combobox", { name: "Labels" })).fill(name);
        await dialog.getByRole("button", { name: action }).click();
    };
    await page.goto(`/projects/${projectId}/runs?cols=labels,note,status`);
    await table.row("run 10").getByRole("checkbox").click();
    await label("quality: Best", /^Add to 1 run/);
    await expect(page.getByText("1 run labelled.")).toBeVisible();
    await expect(await table.cell(table.row("run 10"), "Labels")).toHaveText("Best");

    await table.row("run 10").getByRole("checkbox").click();
    await bar.getByRole("button", { name: /^Select all 12 runs/ }).click();
    await label("quality: Best", /^Add to 12 runs/);
    await expect(page.getByText("11 runs labelled; 1 was so already.")).toBeVisible();
    await expect(await table.cell(table.row("run 00"), "Labels")).toHaveText("Best");
    await page.locator(".toast").filter({ hasText: "11 runs labelled" }).getByRole("button", { name: "Undo" }).click();
    await expect(await table.cell(table.row("run 00"), "Labels")).toHaveText("–");
    await expect(await table.cell(table.row("run 10"), "Labels")).toHaveText("Best");

    await page.goto(`/projects/${projectId}/runs?cols=labels&q=${encodeURIComponent("label = 'quality: Best'")}`);
    await expect.poll(() => table.names()).toEqual(["run 10"]);
    await page.goto(`/projects/${projectId}/runs?cols=labels&group=label`);
    await expect(table.rows.filter({ hasText: "quality: Best" })).toContainText("1");
    await expect(table.rows.filter({ hasText: "No value" })).toContainText("11");
});

test("name, labels and note are edited in the row, and nothing that was typed is lost", async ({ page, ann, faults }) => {
    // One change is kept from the server; one that is made before the row tells the new version is sent again.
    faults.expect(/ERR_FAILED/, /status of 412/);
    const { projectId } = await sample(ann);
    const table = new RunsTable(page);
    const editor = page.locator(".table-editor");
    await page.goto(`/projects/${projectId}/runs?cols=labels,note`);
    const cell = async (run: string, column: string): Promise<Locator> => await table.cell(table.row(run), column);

    await (await cell("run 03", "Note")).dblclick();
    await editor.getByRole("textbox").fill("the **baseline**");
    await editor.getByRole("textbox").press("Enter");
    await expect(await cell("run 03", "Note")).toContainText("the **baseline**");
    await expect(await cell("run 03", "Note")).toBeFocused();

    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await expect(editor.getByText("Scope, colon, name")).toBeVisible();
    await page.keyboard.type("quality: Best");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await expect(await cell("run 03", "Labels")).toContainText("Best");

    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("F2");
    await editor.getByRole("textbox").fill("run 03 again");
    await page.keyboard.press("Escape");
    await expect(editor).toBeHidden();
    await expect(table.row("run 03 again")).toHaveCount(0);
    await page.keyboard.press("F2");
    await editor.getByRole("textbox").fill(" ");
    await page.keyboard.press("Enter");
    await expect(editor.getByRole("alert")).not.toBeEmpty();
    await editor.getByRole("textbox").fill("the best");
    // It is shown before the server has it, which may have to be told twice.
    const saved = page.waitForResponse((response) => response.request().method() === "PUT" && response.ok());
    await page.keyboard.press("Enter");
    await expect(table.row("the best")).toBeVisible();
    await saved;

    // What cannot be sent gives way to what was there, and waits to be sent again.
    await page.route(/\/api\/projects\/[^/]+\/runs\/[^/]+$/, async (route) => {
        if (route.request().method() === "PUT") await route.abort();
        else await route.continue();
    });
    await (await cell("run 04", "Note")).dblclick();
    await editor.getByRole("textbox").fill("typed in vain?");
    await editor.getByRole("textbox").press("Enter");
    await expect(await cell("run 04", "Note")).toContainText("Not saved");
    await page.unrouteAll();
    await (await cell("run 04", "Note")).focus();
    await page.keyboard.press("F2");
    await expect(editor.getByRole("textbox")).toHaveValue("typed in vain?");
    const sent = page.waitForResponse((response) => response.request().method() === "PUT" && response.ok());
    await page.keyboard.press("Enter");
    await expect(await cell("run 04", "Note")).toContainText("typed in vain?");
    await sent;
    await page.reload();
    await expect(await cell("run 04", "Note")).toContainText("typed in vain?");
    await expect(await cell("the best", "Labels")).toContainText("Best");
});

test("the page of a run shows its labels and its note, and both can be changed there", async ({ page, ann }) => {
    const { projectId } = await sample(ann);
    const table = new RunsTable(page);
    await page.goto(`/projects/${projectId}/runs?cols=status`);
    await table.row("run 05").getByRole("link").click();
    await page.getByRole("button", { name: "Add labels" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Labels" }).or(dialog.getByRole("combobox", { name: "Labels" })).fill("quality: Best");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("list", { name: "Labels" })).toHaveText("Best");
    await page.getByRole("button", { name: "Add a note" }).click();
    await dialog.getByRole("textbox", { name: "Note" }).fill("Trained **twice**.");
    await expect(dialog.getByLabel("Preview of the note").getByText("twice")).toBeVisible();
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("region", { name: "Note" }).locator("strong")).toHaveText("twice");
});
