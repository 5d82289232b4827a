import { RunsTable } from "../support/runs_table.ts";
import { type Sample, sample } from "../support/sample.ts";
import { expect, test as base } from "../support/test.ts";

const test = base.extend<{ table: RunsTable }, { runs: Sample }>({
    runs: [async ({ ann }, use) => use(await sample(ann)), { scope: "worker" }],
    table: async ({ page }, use) => use(new RunsTable(page)),
});

/** The runs of the sample alone, whatever else has been logged. */
const SAMPLE = encodeURIComponent("params.family IN ('tree', 'forest')");
const COLUMNS = "cols=status,params.depth,params.family,metrics.loss";

test("all runs are there, the newest first, and counted", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs`);
    await expect(table.row("run 11")).toBeVisible();
    expect(await table.names()).toEqual(runs.names);
    await expect(page.getByText("12 runs", { exact: true }).first()).toBeVisible();
    await expect(table.grid).toHaveAttribute("aria-rowcount", "13");
});

test("a missing metric is a dash, and a number shows all its digits on hover", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}`);
    await expect(await table.cell(table.row("run 11"), "loss")).toHaveText("–");
    await expect(await table.cell(table.row("run 07"), "loss")).toHaveAttribute("title", "0.7");
});

test("clicking a heading sorts up, down and not at all, with missing values last both ways", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}`);
    const heading = table.heading("loss");
    await heading.click();
    await expect(heading).toHaveAttribute("aria-sort", "ascending");
    await expect.poll(async () => (await table.names())[0]).toBe("run 00");
    expect((await table.names()).at(-1)).toBe("run 11");
    await heading.click();
    await expect(heading).toHaveAttribute("aria-sort", "descending");
    await expect.poll(async () => (await table.names())[0]).toBe("run 10");
    expect((await table.names()).at(-1)).toBe("run 11");
    await heading.click();
    await expect(heading).not.toHaveAttribute("aria-sort", /.+/);
    await expect.poll(async () => (await table.names())[0]).toBe("run 11");
});

test("a second key orders what the first leaves equal", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}`);
    await table.heading("depth").click();
    await expect(page).toHaveURL(/sort=params\.depth/);
    await table.heading("Name").click({ modifiers: ["Shift"] });
    await expect(page).toHaveURL(/sort=params\.depth,name/);
    await expect
        .poll(() => table.names())
        .toEqual([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11].map((number) => `run ${String(number).padStart(2, "0")}`));
});

test("a filter narrows the runs and their count, and the address tells it", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}`);
    const filter = page.getByRole("combobox", { name: "Filter the runs" });
    await filter.fill("metrics.loss >= 0.5 AND params.family = 'tree'");
    await filter.press("Enter");
    await expect(page.getByText("3 runs", { exact: true }).first()).toBeVisible();
    await expect.poll(() => table.names()).toEqual(["run 10", "run 08", "run 06"]);
    expect(new URL(page.url()).searchParams.get("q")).toBe("metrics.loss >= 0.5 AND params.family = 'tree'");

    await filter.fill("metrics.loss > 99");
    await filter.press("Enter");
    await expect(page.getByText("No run matches")).toBeVisible();
    await page.getByRole("button", { name: "Clear the filter" }).last().click();
    await expect(page.getByText("12 runs", { exact: true }).first()).toBeVisible();
});

test("a filter that cannot be read says where, and the last good result stays", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}&q=params.depth%20%3D%20'1'`);
    await expect.poll(() => table.names()).toEqual(["run 10", "run 07", "run 04", "run 01"]);
    const filter = page.getByRole("combobox", { name: "Filter the runs" });
    await filter.fill("params.depth = '1' AND ) loss");
    await expect(filter).toHaveAttribute("aria-invalid", "true");
    const mark = page.locator(".filter-mark");
    await expect(mark).toHaveCSS("--place", "23");
    const place = await filter.evaluate((line) => line.getBoundingClientRect().left);
    expect((await mark.boundingBox())!.x, "the mark stands below the wrong character").toBeGreaterThan(place + 100);
    await page.waitForTimeout(1_000);
    expect(await table.names()).toEqual(["run 10", "run 07", "run 04", "run 01"]);
});

test("runs are grouped by data and then by code, with every run in one group", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}`);
    await page.getByRole("button", { name: "Group by", exact: true }).click();
    await page.getByRole("menuitemcheckbox", { name: "Commit" }).click();
    await page.getByRole("menuitemcheckbox", { name: "depth" }).click();
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(/group=commit,params\.depth/);

    await expect(table.grid).toHaveRole("treegrid");
    await expect(table.rows).toHaveCount(2);
    const first = table.row(/9e8d7c6/);
    await expect(first).toHaveAttribute("aria-expanded", "false");
    await expect(first.getByRole("rowheader")).toContainText("6");
    const loss = await table.cell(first, "loss");
    await expect(loss, "the mean of 0.1, 0.3, 0.5, 0.7 and 0.9").toContainText("0.5 ±");
    await expect(loss).toHaveAttribute("title", /5 runs[\s\S]*min 0\.1[\s\S]*max 0\.9/);

    await first.getByRole("rowheader").click();
    await expect(first).toHaveAttribute("aria-expanded", "true");
    await expect(table.rows).toHaveCount(5);
    const inner = table.rows.nth(1);
    await expect(inner).toHaveAttribute("aria-level", "2");
    await inner.getByRole("rowheader").click();
    await expect(table.rows).toHaveCount(7);
    await expect(table.rows.filter({ has: page.getByRole("link", { name: /^run \d\d$/ }) })).toHaveCount(2);
    await expect(page.getByText("12 runs", { exact: true }).first()).toBeVisible();
});

test("a group opens as a filter of its own", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}&group=params.family`);
    await table.row(/tree/).getByRole("link", { name: "Show these runs only" }).click();
    await expect(page.getByRole("combobox", { name: "Filter the runs" })).toHaveValue("params.family = 'tree'");
    await expect(page.getByText("6 runs", { exact: true }).first()).toBeVisible();
    expect(new URL(page.url()).searchParams.get("group")).toBeNull();
});

test("columns are searched, added and put back, and stand in the address", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs?cols=status`);
    await expect(table.heading("loss")).toHaveCount(0);
    await page.getByRole("button", { name: "Columns" }).click();
    const list = page.getByRole("dialog", { name: "Columns" });
    await list.getByRole("searchbox", { name: "Search columns" }).fill("LOSS");
    await expect(list.getByRole("checkbox")).toHaveCount(1);
    await expect(list.getByTitle("11 runs have it")).toBeVisible();
    await list.getByRole("checkbox", { name: /loss/ }).check();
    await expect(table.heading("loss")).toBeVisible();
    await expect(page).toHaveURL(/cols=name,status,metrics\.loss|cols=status,metrics\.loss/);
    await list.getByRole("button", { name: "Reset" }).click();
    await expect(page).not.toHaveURL(/cols=/);
});

test("an address shows the same table to whoever opens it", async ({ page, runs, table, context }) => {
    const address = `/projects/${runs.projectId}/runs?q=metrics.loss%20%3C%200.6&group=params.family&sort=-metrics.loss&${COLUMNS}`;
    await page.goto(address);
    await table.row(/forest/).getByRole("rowheader").click();
    await expect(table.row("run 05")).toBeVisible();
    const other = await context.newPage();
    await other.goto(page.url());
    const there = new RunsTable(other);
    await there.row(/forest/).getByRole("rowheader").click();
    await expect(there.row("run 05")).toBeVisible();
    expect(await there.names()).toEqual(await table.names());
    await expect(other).toHaveURL(address.replaceAll("%20", /%20/.test(page.url()) ? "%20" : "+"));
});

test("a part of an address that cannot be read is passed over alone", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs?q=%FF&group=colour&sort=-,-metrics.loss&cols=metrics.loss`);
    await expect(table.heading("loss")).toHaveAttribute("aria-sort", "descending");
    await expect.poll(async () => (await table.names())[0]).toBe("run 10");
});

test("going back restores the filter, the open groups and the place", async ({ page, runs, table }) => {
    await page.setViewportSize({ width: 1440, height: 480 });
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}&group=params.family`);
    await table.row(/tree/).getByRole("rowheader").click();
    await table.row(/forest/).getByRole("rowheader").click();
    await expect(table.rows).toHaveCount(14);
    await table.row("run 01").getByRole("link").scrollIntoViewIfNeeded();
    const place = () => table.grid.evaluate((grid) => grid.scrollTop);
    await expect.poll(place).toBeGreaterThan(0);
    const before = await place();
    await table.row("run 01").getByRole("link", { name: "run 01" }).click();
    await expect(page.getByRole("heading", { name: "run 01", level: 1 })).toBeVisible();
    await page.goBack();
    await expect(table.row("run 01")).toBeVisible();
    await expect(table.grid).toHaveAttribute("aria-rowcount", "15");
    await expect.poll(place).toBe(before);
});

test("an open table follows what happens elsewhere without losing its place", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}&q=params.family%20%3D%20'live'`);
    await expect(page.getByText("No run matches")).toBeVisible();
    const run = await runs.tracking.run(runs.experiment, { name: "live run", params: { family: "live" }, metrics: { loss: [3] } });
    await expect(await table.cell(table.row("live run"), "Status")).toHaveText("Running");
    await runs.tracking.metric(run, "loss", 2.5, 1);
    await expect(await table.cell(table.row("live run"), "loss")).toHaveText("2.5");
    await runs.tracking.end(run, "FAILED");
    await expect(await table.cell(table.row("live run"), "Status")).toHaveText("Failed");
});

test("rows are ticked one by one, in ranges, and all that match", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}&q=${SAMPLE}`);
    const tick = (name: string) => table.row(name).getByRole("checkbox");
    const bar = page.getByRole("region", { name: "Selected runs" });
    await tick("run 10").click();
    await expect(bar).toContainText("1 selected");
    await tick("run 06").click({ modifiers: ["Shift"] });
    await expect(bar).toContainText("5 selected");
    await table.heading("loss").click();
    await expect.poll(async () => (await table.names())[0]).toBe("run 00");
    await expect(tick("run 08")).toBeChecked();
    await bar.getByRole("button", { name: "Select all 12 runs that match" }).click();
    await tick("run 03").click();
    await expect(bar).toContainText("11 selected");
    await bar.getByRole("button", { name: "Select none" }).click();
    await expect(bar).toHaveCount(0);
});

test("runs stay on top, and columns are moved, kept in view and hidden, which can be taken back", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}&q=${SAMPLE}`);
    await table.row("run 03").getByRole("checkbox").click();
    await page.getByRole("button", { name: "Keep on top" }).click();
    await expect.poll(async () => (await table.names())[0]).toBe("run 03");
    await expect(table.rows).toHaveCount(13);
    await page.getByRole("button", { name: "Release" }).click();
    await expect(table.rows).toHaveCount(12);

    const choose = async (column: string, item: string) => {
        await table.heading(column).hover();
        await page.getByRole("button", { name: `Menu of the column ${column}` }).click();
        await page.getByRole("menu").getByText(item, { exact: true }).click();
        await page.keyboard.press("Escape");
    };
    await choose("depth", "Hide");
    await expect(table.heading("depth")).toHaveCount(0);
    await page.keyboard.press("Control+z");
    await expect(table.heading("depth")).toBeVisible();
    await choose("loss", "Keep in view");
    await expect(page).toHaveURL(/pin=metrics\.loss/);
    expect(await table.heading("loss").getAttribute("aria-colindex")).toBe("3");
    const from = (await table.heading("family").boundingBox())!;
    const to = (await table.heading("Status").boundingBox())!;
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(to.x + 60, to.y + 10, { steps: 5 });
    await page.mouse.move(to.x + 8, to.y + 10);
    await page.mouse.up();
    await expect(page).toHaveURL(/cols=name,params\.family,status/);
    await expect(page).not.toHaveURL(/sort=/);
});

test("rows are as high as a person likes them, and stay so", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}`);
    const height = async () => (await table.row("run 11").boundingBox())!.height;
    await expect(table.row("run 11")).toBeVisible();
    expect(await height()).toBe(32);
    await page.getByRole("button", { name: "Columns" }).click();
    const choose = (name: string) => page.getByRole("dialog", { name: "Columns" }).getByRole("radio", { name }).check({ force: true });
    await choose("Compact");
    await expect.poll(height).toBe(28);
    await page.reload();
    await expect(table.row("run 11")).toBeVisible();
    await expect.poll(height).toBe(28);
    await page.getByRole("button", { name: "Columns" }).click();
    await choose("Comfortable");
    await expect.poll(height).toBe(40);
    await choose("Standard");
    await expect.poll(height).toBe(32);
});

test("only columns that tell the runs apart are shown when that is wished for, and they follow what happens", async ({ page, runs, table }) => {
    const live = { family: "apart", seed: "7" };
    const create = async (name: string, depth: string) => runs.tracking.run(runs.experiment, { name, params: { ...live, depth } });
    const first = await create("apart 1", "4");
    await create("apart 2", "5");
    await page.goto(`/projects/${runs.projectId}/runs?cols=status,model,params.depth,params.seed,metrics.loss&q=params.family%20%3D%20'apart'`);
    await expect(table.rows).toHaveCount(2);
    const headings = () => table.grid.getByRole("columnheader").evaluateAll((heads) => heads.map((head) => head.getAttribute("aria-label")));
    expect(await headings()).toEqual(["Selected", "Name", "Status", "Model", "depth", "seed", "loss"]);

    await page.getByRole("button", { name: "Columns" }).click();
    const list = page.getByRole("dialog", { name: "Columns" });
    await list.getByRole("switch", { name: "Hide empty columns" }).click();
    await expect.poll(headings).toEqual(["Selected", "Name", "Status", "depth", "seed"]);
    await list.getByRole("switch", { name: "Only differing columns" }).click();
    await expect.poll(headings).toEqual(["Selected", "Name", "depth"]);
    await expect(list.locator("label").filter({ hasText: "seed" })).toContainText("same in all");
    await expect(page).toHaveURL(/differ=1&filled=1/);
    await page.reload();
    await expect(table.rows).toHaveCount(2);
    await expect.poll(headings).toEqual(["Selected", "Name", "depth"]);

    await runs.tracking.metric(first, "loss", 0.5, 1);
    await expect.poll(headings).toEqual(["Selected", "Name", "depth", "loss"]);
    await runs.tracking.end(first, "FINISHED");
    await expect.poll(headings).toEqual(["Selected", "Name", "Status", "depth", "loss"]);
});

test("the head of a group stays in view while one scrolls through it, and is no second row", async ({ page, runs, table }) => {
    await page.setViewportSize({ width: 1440, height: 480 });
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}&q=${SAMPLE}&group=params.family`);
    await table.row(/tree/).getByRole("rowheader").click();
    await expect(table.rows).toHaveCount(8);
    const copy = page.locator(".table-heads");
    await expect(copy).toHaveText("");
    await table.grid.evaluate((grid) => grid.scrollTo({ top: 96 }));
    await expect(copy).toContainText("tree");
    await expect(table.row(/tree/), "the head is there once for those who do not see").toHaveCount(1);
    await copy.getByText("tree").click();
    await expect(table.row(/tree/).getByRole("rowheader")).toBeFocused();
    await expect.poll(() => table.grid.evaluate((grid) => grid.scrollTop)).toBeLessThanOrEqual(64);
});

test("the course of a metric is drawn in its column, grows as the run goes on, and stands in the address", async ({ page, runs, table }) => {
    const run = await runs.tracking.run(runs.experiment, { name: "drawn", params: { family: "drawn" }, metrics: { loss: [4, 2, 1] } });
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}&q=params.family%20%3D%20'drawn'`);
    await table.heading("loss").hover();
    await page.getByRole("button", { name: "Menu of the column loss" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Show as sparkline" }).click();
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(/spark=metrics\.loss/);
    const cell = await table.cell(table.row("drawn"), "loss");
    await expect(cell).toHaveText("1");
    const course = async () => (await cell.locator("svg path").getAttribute("d")) ?? "";
    await expect.poll(async () => (await course()).match(/[ML]/g)?.length).toBe(3);
    await runs.tracking.metric(run, "loss", 0.5, 3);
    await expect(cell).toHaveText("0.5");
    await expect.poll(async () => (await course()).match(/[ML]/g)?.length).toBe(4);
    await page.reload();
    await expect.poll(async () => (await course()).match(/[ML]/g)?.length).toBe(4);
});

test("a press on a row shows the run beside the table, and arrows the next one", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}&q=${SAMPLE}`);
    const panel = (name: string) => page.getByRole("complementary", { name });
    await (await table.cell(table.row("run 07"), "depth")).click();
    await expect(panel("run 07")).toBeVisible();
    await expect(table.row("run 07")).toHaveAttribute("aria-current", "true");
    await expect(panel("run 07").getByRole("row", { name: "family forest" })).toBeVisible();
    await expect(panel("run 07").getByRole("definition").filter({ hasText: "sample" }).first()).toBeVisible();
    await expect(page).toHaveURL(/\/runs\?/);

    await page.keyboard.press("ArrowDown");
    await expect(panel("run 06")).toBeVisible();
    await expect(panel("run 06").getByRole("row", { name: "family tree" })).toBeVisible();
    await expect(table.row("run 07")).not.toHaveAttribute("aria-current", /.+/);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("complementary", { name: /^run/ })).toHaveCount(0);
    expect(await table.grid.evaluate((grid) => grid.contains(document.activeElement)), "the focus stays").toBe(true);
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("complementary", { name: /^run/ }), "arrows show nothing by themselves").toHaveCount(0);
    await page.keyboard.press("Space");
    await expect(panel("run 05")).toBeVisible();

    await panel("run 05").getByRole("button", { name: "Close the panel" }).click();
    await expect.poll(() => table.grid.evaluate((grid) => grid.contains(document.activeElement)), "the focus comes back").toBe(true);
    const [tab] = await Promise.all([
        page.context().waitForEvent("page"),
        (await table.cell(table.row("run 04"), "depth")).click({ modifiers: ["ControlOrMeta"] }),
    ]);
    await expect(tab.getByRole("heading", { name: "run 04", level: 1 })).toBeVisible();
    await expect(page.getByRole("complementary", { name: /^run/ })).toHaveCount(0);
    await (await table.cell(table.row("run 03"), "depth")).dblclick();
    await expect(page.getByRole("heading", { name: "run 03", level: 1 })).toBeVisible();
});

test("the run beside the table stands in the address, for links and the way back", async ({ page, runs, table }) => {
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}&q=${SAMPLE}`);
    const panel = page.getByRole("complementary", { name: "run 07" });
    await (await table.cell(table.row("run 07"), "depth")).click();
    await expect(panel).toBeVisible();
    await expect(page).toHaveURL(/#run=[0-9a-f-]+$/);
    await page.reload();
    await expect(panel.getByRole("row", { name: "family forest" })).toBeVisible();
    await page.goBack();
    await expect(panel).toHaveCount(0);
    await page.goForward();
    await expect(panel).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(/runs\?[^#]*$/);
});

test("a run beside the table is shown at once from its row, and follows what happens", async ({ page, runs, table }) => {
    const run = await runs.tracking.run(runs.experiment, { name: "beside", params: { family: "beside" }, metrics: { loss: [0.75] } });
    await page.goto(`/projects/${runs.projectId}/runs?${COLUMNS}&q=params.family%20%3D%20'beside'`);
    await expect(table.row("beside")).toBeVisible();
    let answer: (() => void) | undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    await page.route(`**/api/projects/*/runs/*/data`, async (route) => (await asked, route.continue()));
    await page.route(`**/api/together`, async (route) => (await asked, route.continue()));
    await (await table.cell(table.row("beside"), "family")).click();
    const panel = page.getByRole("complementary", { name: "beside" });
    await expect(panel.getByText("Running")).toBeVisible();
    await expect(panel.getByRole("row", { name: "loss 0.75" })).toBeVisible();
    answer!();
    await expect(panel.getByRole("definition").filter({ hasText: "sample" }).first()).toBeVisible();
    await runs.tracking.metric(run, "loss", 0.25, 1);
    await expect(panel.getByRole("row", { name: "loss 0.25" })).toBeVisible();
    await runs.tracking.end(run, "FINISHED");
    await expect(panel.getByText("Finished")).toBeVisible();
    await page.setViewportSize({ width: 390, height: 844 });
    // It glides in.
    await expect.poll(async () => panel.boundingBox()).toMatchObject({ x: 0, width: 390 });
});
