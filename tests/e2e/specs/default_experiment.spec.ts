import { createProject } from "../support/project.ts";
import { Python } from "../support/python.ts";
import { RunsTable } from "../support/runs_table.ts";
import { expect, test } from "../support/test.ts";

const NAMES_NO_EXPERIMENT = `
import mlflow
with mlflow.start_run(run_name="unnamed place") as run:
    mlflow.log_metric("loss", 0.125)
experiment = mlflow.get_experiment(run.info.experiment_id)
print(experiment.experiment_id, experiment.name)
`;

test("a client that names no experiment logs into the default one of its token's project", async ({ page, ann }) => {
    const { projectId } = await createProject(ann);
    const program = new Python(["-c", NAMES_NO_EXPERIMENT], ann.server.origin, await ann.token(projectId));
    expect(await program.lastLine()).toBe("0 Default");

    await page.goto(`/projects/${projectId}/runs?cols=status,experiment,metrics.loss`);
    const table = new RunsTable(page);
    const row = table.row("unnamed place");
    await expect(await table.cell(row, "Experiment")).toHaveText("Default");
    await expect(await table.cell(row, "loss")).toHaveText("0.125");
});

test("with a token of no project it logs into the personal project", async ({ page, ann }) => {
    const program = new Python(["-c", NAMES_NO_EXPERIMENT], ann.server.origin, await ann.token());
    await program.lastLine();
    await page.goto("/projects?show=mine&q=ann's");
    await page.getByRole("link", { name: /^ann's project/ }).click();
    await page.getByRole("link", { name: "Runs", exact: true }).last().click();
    await expect(new RunsTable(page).row("unnamed place").first()).toBeVisible();
});
