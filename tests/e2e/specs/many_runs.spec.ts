import { createProject } from "../support/project.ts";
import { RunsTable } from "../support/runs_table.ts";
import { Tracking } from "../support/tracking.ts";
import { expect, test } from "../support/test.ts";

const RUNS = 600;
const MOST_NODES = 3_000;

test("a table of many runs mounts few elements, wherever it is scrolled to, and finds each run", async ({ page, ann }) => {
    test.setTimeout(180_000);
    const { projectId } = await createProject(ann);
    const tracking = await Tracking.into(ann, projectId);
    const experiment = await tracking.experiment("many");
    const start = Date.now() - RUNS * 1_000;
    const create = async (number: number) =>
        tracking.run(experiment, {
            name: `run ${number}`,
            startTime: start + number * 1_000,
            params: { depth: String(number % 7) },
            metrics: { loss: [number] },
        });
    for (let first = 0; first < RUNS; first += 20) {
        await Promise.all(Array.from({ length: 20 }, (_, place) => create(first + place)));
    }

    await page.goto(`/projects/${projectId}/runs?sort=-metrics.loss&cols=status,params.depth,metrics.loss`);
    const table = new RunsTable(page);
    await expect(page.getByText("600 runs", { exact: true }).first()).toBeVisible();
    await expect(table.row(`run ${RUNS - 1}`)).toBeVisible();
    const nodes = () => page.evaluate(() => document.querySelectorAll("*").length);
    expect(await nodes()).toBeLessThanOrEqual(MOST_NODES);

    await table.grid.evaluate((grid) => grid.scrollTo({ top: grid.scrollHeight }));
    await expect(table.row(/^run 0$/)).toBeVisible();
    await expect(await table.cell(table.row(/^run 0$/), "loss")).toHaveText("0");
    expect(await nodes()).toBeLessThanOrEqual(MOST_NODES);
    for (let step = 0; step < 40; step++) {
        await table.grid.evaluate((grid, step) => grid.scrollTo({ top: (grid.scrollHeight * ((step * 7) % 40)) / 40 }), step);
        await page.waitForTimeout(25);
    }
    expect(await nodes(), "scrolling does not pile up elements").toBeLessThanOrEqual(MOST_NODES);
    await table.grid.evaluate((grid) => grid.scrollTo({ top: 0 }));
    await expect(table.row(`run ${RUNS - 1}`)).toBeVisible();

    await page.goto(`/projects/${projectId}/runs?group=params.depth&spark=metrics.loss&cols=status,user,code,data,experiment,model,params.depth,metrics.loss`);
    await table.rows.filter({ hasText: "depth" }).first().getByRole("rowheader").click();
    await expect(table.rows.filter({ has: page.locator("svg.sparkline") }).first()).toBeVisible();
    await table.grid.evaluate((grid) => grid.scrollTo({ top: 400 }));
    await expect(page.locator(".table-heads")).toContainText("depth");
    await table.rows.filter({ hasText: "Running" }).last().getByRole("gridcell").nth(2).click();
    await expect(page.getByRole("complementary", { name: /^run/ })).toBeVisible();
    expect(await nodes(), "with courses, a head in view and a run beside the table").toBeLessThanOrEqual(MOST_NODES);
});
