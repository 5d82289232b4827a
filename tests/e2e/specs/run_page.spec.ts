import { createProject, unique } from "../support/project.ts";
import { COMMITS } from "../support/sample.ts";
import { Tracking, runAddress } from "../support/tracking.ts";
import { expect, test as base } from "../support/test.ts";

interface Logged {
    projectId: string;
    runId: string;
    address: string;
    tracking: Tracking;
}

const test = base.extend<object, { logged: Logged }>({
    logged: [
        async ({ ann }, use) => {
            const { projectId } = await createProject(ann, { name: unique("Run page") });
            const tracking = await Tracking.into(ann, projectId);
            const experiment = await tracking.experiment("pages");
            const runId = await tracking.run(experiment, {
                name: "a full run",
                status: "FAILED",
                params: { depth: "4", rate: "0.001", "optimizer/lr": "0.5", "optimizer/name": "adam", ...Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`other ${n}`, "x"])) },
                metrics: { "train/loss": [3, 2, 1.234567890123], "test/loss": [4, Number.NaN, 2], alone: [7] },
                tags: { note: "a word", "mlflow.source.git.commit": COMMITS[0], "mlflow.source.git.repoURL": "https://git.example.org/code" },
            });
            await tracking.artifact(experiment, runId, "model/weights.bin", "12345678");
            await tracking.artifact(experiment, runId, "readme.html", "<script>document.title='hacked'</script>");
            await tracking.artifact(experiment, runId, "model/MLmodel", "flavors:\n  sklearn:\n    sklearn_version: 1.5.0\n");
            await tracking.artifact(experiment, runId, "model/requirements.txt", "mlflow==2.14.1\nnumpy>=2\n");
            await tracking.artifact(experiment, runId, "scores.csv", "name,loss\none,0.5\ntwo,0.25\n");
            await tracking.artifact(experiment, runId, "long.log", "a line of the log\n".repeat(8_000));
            await tracking.artifact(experiment, runId, "notes.md", "# Notes\n\nIt **works**.");
            await use({ projectId, runId, address: runAddress(projectId, runId), tracking });
        },
        { scope: "worker" },
    ],
});

test("a run tells what it was made of and what came out", async ({ page, logged }) => {
    await page.goto(logged.address);
    const main = page.getByRole("main");
    await expect(main.getByRole("heading", { name: "a full run", level: 1 })).toBeVisible();
    await expect(page).toHaveTitle(/a full run/);
    await expect(main.getByText("Failed").first()).toBeVisible();
    for (const text of ["pages", COMMITS[0].slice(0, 7), "depth", "rate", "0.001", "train/loss", "alone", "note", "a word"]) {
        await expect(main.getByText(text).first(), text).toBeVisible();
    }
    await expect(main.locator('[data-tip="1.234567890123"]').first(), "all digits on hover").toBeVisible();
    await expect(main.getByText("1.235").first(), "four figures in sight").toBeVisible();
});

test("parameters are found by a search", async ({ page, logged }) => {
    await page.goto(logged.address);
    const search = page.getByRole("searchbox", { name: "Search parameters" });
    await search.fill("RATE");
    await expect(page.getByText("0.001").first()).toBeVisible();
    await expect(page.getByText("depth", { exact: true })).toHaveCount(0);
});

test("the experiment leads to the runs that share it", async ({ page, logged }) => {
    await page.goto(logged.address);
    await page.getByRole("main").getByRole("link", { name: "pages" }).first().click();
    await expect(page).toHaveURL(new RegExp(`/projects/${logged.projectId}/runs\\?q=`));
    await expect(page.getByText("1 run", { exact: true }).first()).toBeVisible();
});

test("metrics are charts by section, say what they leave out, and can be read as a table", async ({ page, logged }) => {
    await page.goto(`${logged.address}/metrics`);
    const chart = page.getByRole("img", { name: /^test\/loss: line chart/ });
    await expect(chart).toBeVisible();
    await expect(page.getByText("1 value is not finite.")).toBeVisible();
    await expect(page.getByRole("img", { name: /^alone: line chart/ })).toBeVisible();

    const figure = page.getByRole("figure").filter({ has: page.getByRole("img", { name: /^train\/loss/ }) });
    await figure.hover();
    await figure.getByRole("button", { name: "Show the values as a table" }).click();
    const table = figure.getByRole("region", { name: "train/loss as a table" });
    await expect(table.getByRole("row")).toHaveCount(4);
    await expect(table.getByRole("cell", { name: "1.235" })).toBeVisible();
});

test("zooming one chart zooms the others, and zero shows everything again", async ({ page, logged }) => {
    await page.goto(`${logged.address}/metrics`);
    const one = page.getByRole("img", { name: /^train\/loss/ });
    const other = page.getByRole("img", { name: /^test\/loss/ });
    await expect(other).toHaveAttribute("aria-label", / 0 to 2, values/);
    await one.focus();
    await page.keyboard.press("+");
    await expect(other).not.toHaveAttribute("aria-label", / 0 to 2, values/);
    await page.keyboard.press("0");
    await expect(other).toHaveAttribute("aria-label", / 0 to 2, values/);
});

test("artifacts are listed with their sizes and come as downloads, never as pages", async ({ page, logged }) => {
    await page.goto(`${logged.address}/artifacts`);
    await expect(page.getByText("readme.html")).toBeVisible();
    await page.getByText("model", { exact: true }).first().click();
    await expect(page.getByText("weights.bin")).toBeVisible();
    await expect(page.getByText("8 B").first()).toBeVisible();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download readme.html" }).click();
    expect((await download).suggestedFilename()).toBe("readme.html");
    await expect(page).toHaveURL(`${logged.address}/artifacts`);
    const answer = await page.request.get(`/api${logged.address}/file?path=readme.html`);
    expect(answer.headers()["content-disposition"]).toMatch(/^attachment/);
    expect(answer.headers()["content-security-policy"]).toContain("sandbox");
    expect(answer.headers()["content-type"]).not.toContain("text/html");
});

test("names that begin alike stand in branches that fold", async ({ page, logged }) => {
    await page.goto(logged.address);
    const branch = page.getByRole("button", { name: /^optimizer/ });
    await expect(branch).toHaveAttribute("aria-expanded", "true");
    await expect(page.getByText("adam")).toBeVisible();
    await branch.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("adam")).toHaveCount(0);
    await page.getByRole("searchbox", { name: "Search parameters" }).fill("adam");
    await expect(page.getByText("adam")).toBeVisible();
    await expect(page.getByText("1 of 12")).toBeVisible();
});

test("a metric tells its least and its greatest value", async ({ page, logged }) => {
    await page.goto(logged.address);
    const row = page.getByRole("row", { name: /train\/loss/ });
    await expect(row.getByRole("cell")).toHaveText([/1\.235/, /1\.235/, /3/, /2/, /./]);
});

test("a file is read beside the list, and the address leads to it", async ({ page, logged }) => {
    await page.goto(`${logged.address}/artifacts`);
    await page.getByRole("link", { name: "scores.csv", exact: true }).click();
    await expect(page).toHaveURL(/\?file=scores\.csv$/);
    const preview = page.getByRole("region", { name: "Preview" });
    await expect(preview.getByText("2 rows, 2 columns.")).toBeVisible();
    await expect(preview.getByRole("gridcell", { name: "0.25" })).toBeVisible();
    await preview.getByRole("radio", { name: "Text", exact: true }).check();
    await expect(preview.getByText("two,0.25")).toBeVisible();
    await page.goBack();
    await expect(preview).toHaveCount(0);

    await page.goto(`${logged.address}/artifacts?file=model/requirements.txt`);
    await expect(preview.getByText("numpy>=2")).toBeVisible();
    await preview.getByRole("button", { name: "Close the preview" }).click();
    await expect(page.getByRole("link", { name: "requirements.txt", exact: true })).toBeFocused();
    await page.getByRole("link", { name: "notes.md", exact: true }).click();
    await expect(preview.getByRole("heading", { name: "Notes", exact: true })).toBeVisible();
});

test("of a long file the beginning is shown, and more on request", async ({ page, logged }) => {
    const parts: string[] = [];
    page.on("request", (request) => request.url().includes("/file?") && parts.push(request.headers()["range"] ?? "all"));
    await page.goto(`${logged.address}/artifacts?file=long.log`);
    await expect(page.getByText("The first 64 KiB of 141 KiB.")).toBeVisible();
    await page.getByRole("button", { name: "Show more" }).click();
    await expect(page.getByText(/^The first/)).toHaveCount(0);
    expect(parts).toEqual(["bytes=0-65535", "bytes=0-262143"]);
});

test("a page among the files never runs, but its source can be read", async ({ page, logged }) => {
    await page.goto(`${logged.address}/artifacts?file=readme.html`);
    await expect(page.getByText("A page or a script is not run here")).toBeVisible();
    await page.getByRole("button", { name: "Show the source" }).click();
    await expect(page.getByText("document.title='hacked'")).toBeVisible();
    await expect(page).not.toHaveTitle(/hacked/);
});

test("a run says how it is done again, and what nobody logged", async ({ page, logged }) => {
    await page.goto(`${logged.address}/reproduce`);
    await expect(page.getByText(`git checkout ${COMMITS[0]}`)).toBeVisible();
    await expect(page.getByText("How the program was called was not logged.")).toBeVisible();
    await expect(page.getByText("sklearn 1.5.0")).toBeVisible();
    await expect(page.getByRole("heading", { name: "Packages (2)" })).toBeVisible();
    await expect(page.getByRole("row", { name: /^numpy/ })).toContainText(">=2");
});

test("system metrics have charts of their own", async ({ page, logged }) => {
    await page.goto(`${logged.address}/system`);
    await expect(page.getByText("enable_system_metrics_logging").first()).toBeVisible();
    const experiment = await logged.tracking.experiment("machine");
    const metrics = { "system/cpu_utilization_percentage": [10, 90], loss: [1] };
    const id = await logged.tracking.run(experiment, { name: "busy", metrics });
    await page.goto(`${runAddress(logged.projectId, id)}/system`);
    await expect(page.getByRole("img", { name: /^CPU utilization \(%\): line chart/ })).toBeVisible();
    await expect(page.getByText("1 metrics", { exact: true })).toHaveCount(0);
});

test("a whole lists its parts, and a part leads back to it", async ({ page, logged }) => {
    const experiment = await logged.tracking.experiment("sweep");
    const parent = await logged.tracking.run(experiment, { name: "the sweep", status: "FINISHED" });
    for (const [name, loss] of [["one", 0.5], ["two", 0.25]] as const) {
        const tags = { "mlflow.parentRunId": parent };
        await logged.tracking.run(experiment, { name, status: "FINISHED", metrics: { "val/loss": [loss] }, tags });
    }
    await page.goto(runAddress(logged.projectId, parent));
    await expect(page.getByRole("heading", { name: "Child runs (2)" })).toBeVisible();
    await expect(page.getByRole("row", { name: /^two/ })).toContainText("0.25");
    await page.getByRole("link", { name: "two", exact: true }).click();
    await expect(page.getByRole("heading", { name: "two", level: 1 })).toBeVisible();
    await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "the sweep" }).click();
    await page.getByRole("link", { name: "Open in the table" }).click();
    await expect(page.getByText("2 runs", { exact: true }).first()).toBeVisible();
});

test("a run without metrics or artifacts says how they get there", async ({ page, logged }) => {
    const experiment = await logged.tracking.experiment("bare");
    const address = runAddress(logged.projectId, await logged.tracking.run(experiment, { name: "bare" }));
    await page.goto(`${address}/metrics`);
    await expect(page.getByText("log_metric").first()).toBeVisible();
    await page.goto(`${address}/artifacts`);
    await expect(page.getByText("log_artifact").first()).toBeVisible();
});

test("a running run is followed: its state is announced, its chart grows", async ({ page, logged }) => {
    const experiment = await logged.tracking.experiment("followed");
    const id = await logged.tracking.run(experiment, { name: "followed", metrics: { loss: [5] } });
    await page.goto(`${runAddress(logged.projectId, id)}/metrics`);
    const chart = page.getByRole("img", { name: /^loss: line chart/ });
    await expect(chart).toBeVisible();
    await logged.tracking.metric(id, "loss", 1, 40);
    await expect(chart).toHaveAttribute("aria-label", /0 to 40, values/);
    await logged.tracking.end(id, "FINISHED");
    await expect(page.getByRole("status").filter({ hasText: /Finished/ }).first()).toBeAttached();
    await expect(page.getByRole("main").getByText("Finished").first()).toBeVisible();
});

test("a run is renamed in place", async ({ page, logged }) => {
    const experiment = await logged.tracking.experiment("renamed");
    const id = await logged.tracking.run(experiment, { name: "old name", status: "FINISHED" });
    await page.goto(runAddress(logged.projectId, id));
    await page.getByRole("button", { name: "Rename the run" }).click();
    const field = page.getByRole("textbox", { name: "Name of the run" });
    await expect(field).toBeFocused();
    await field.fill("new name");
    await field.press("Enter");
    await expect(page.getByRole("heading", { name: "new name", level: 1 })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("heading", { name: "new name", level: 1 })).toBeVisible();
});
