import { readFileSync } from "node:fs";

import { RunsTable } from "../support/runs_table.ts";
import { sample } from "../support/sample.ts";
import { expect, test } from "../support/test.ts";

test("runs are moved to the bin, which can be taken back, and from there restored and deleted for good", async ({ page, ann }) => {
    const { projectId } = await sample(ann);
    const table = new RunsTable(page);
    const bar = page.getByRole("region", { name: "Selected runs" });
    await page.goto(`/projects/${projectId}/runs?cols=status,metrics.loss`);
    for (const name of ["run 10", "run 09"]) await table.row(name).getByRole("checkbox").click();
    await bar.getByRole("button", { name: "Move to the bin" }).click();
    await expect(page.getByText("2 runs moved to the bin.")).toBeVisible();
    await expect(table.rows).toHaveCount(10);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(table.rows).toHaveCount(12);

    await table.row("run 08").getByRole("checkbox").click();
    await table.row("run 07").getByRole("checkbox").click();
    await bar.getByRole("button", { name: "Move to the bin" }).click();
    await expect(table.rows).toHaveCount(10);
    await page.getByRole("link", { name: "Bin", exact: true }).click();
    await expect.poll(() => table.names()).toEqual(["run 08", "run 07"]);
    await table.row("run 08").getByRole("checkbox").click();
    await bar.getByRole("button", { name: "Restore" }).click();
    await expect.poll(() => table.names()).toEqual(["run 07"]);
    await table.row("run 07").getByRole("checkbox").click();
    await bar.getByRole("button", { name: "Delete for good" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete 1 run" }).click();
    await expect(page.getByText("The bin is empty")).toBeVisible();
    await page.getByRole("link", { name: "Back to the runs in use" }).click();
    await expect(table.rows).toHaveCount(11);
});

test("all runs that match, and those that are ticked, are taken along as a file", async ({ page, ann }) => {
    const { projectId } = await sample(ann);
    const table = new RunsTable(page);
    await page.goto(`/projects/${projectId}/runs?cols=params.depth,metrics.loss&q=metrics.loss%20%3C%200.25&sort=metrics.loss`);
    await expect(table.rows).toHaveCount(3);
    const saved = async (menu: string, item: string) => {
        const download = page.waitForEvent("download");
        await page.getByRole("button", { name: menu }).click();
        await page.getByRole("menuitem", { name: item }).click();
        return readFileSync(await (await download).path(), "utf8");
    };
    const csv = (await saved("Export all matching runs", "Export as CSV")).trim().split(/\r?\n/);
    expect(csv).toHaveLength(4);
    expect(csv[1]).toContain("run 00");
    await table.row("run 02").getByRole("checkbox").click();
    const lines = (await saved("Export the selected runs", "Export as JSON lines")).trim().split("\n");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ name: "run 02" });
});

test("the question of the table is copied as a call of the API, which answers the same", async ({ page, context, ann }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const { projectId } = await sample(ann);
    const table = new RunsTable(page);
    await page.goto(`/projects/${projectId}/runs?cols=params.depth,metrics.loss&q=metrics.loss%20%3C%200.25&sort=metrics.loss`);
    await expect(table.rows).toHaveCount(3);
    const copied = async (item: string) => {
        await page.getByRole("button", { name: "Export all matching runs" }).click();
        await page.getByRole("menuitem", { name: item }).click();
        await expect(page.getByText("The call is on the clipboard.").first()).toBeVisible();
        return await page.evaluate(() => navigator.clipboard.readText());
    };
    expect(await copied("Copy as Python")).toContain('"filter": "metrics.loss < 0.25"');
    const curl = await copied("Copy as curl");
    const [, url, body] = /-X POST '([^']+)'.*-d '(.*)'/s.exec(curl)!;
    const answer = await fetch(url!, {
        method: "POST",
        headers: { Authorization: `Bearer ${await ann.token(projectId)}`, "Content-Type": "application/json" },
        body: body!,
    });
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { names: string[] }).names).toEqual(["run 00", "run 01", "run 02"]);
});
