import { dirname } from "node:path";

import { createProject, unique } from "../support/project.ts";
import { Python } from "../support/python.ts";
import { Server } from "../support/server.ts";
import { expect, test as base } from "../support/test.ts";

/** Trains a model, logs it with the ordinary MLflow client, and predicts with it. */
const TRAIN = `
import json, mlflow, sys
from sklearn.datasets import load_wine
from sklearn.linear_model import Ridge
x, y = load_wine(return_X_y=True, as_frame=True)
model = Ridge().fit(x, y)
mlflow.set_experiment("wine")
with mlflow.start_run() as run:
    mlflow.sklearn.log_model(model, name="wine", serialization_format="cloudpickle", pip_requirements=["mlflow-skinny"])
some = x.head(5)
print(json.dumps({"run": run.info.run_id, "split": json.loads(some.to_json(orient="split")), "predictions": model.predict(some).tolist()}))
`;

interface Trained {
    run: string;
    split: { columns: string[]; index: number[]; data: number[][] };
    predictions: number[];
}

/** A server that serves models on its own machine. */
const test = base.extend<object, { server: Server }>({
    server: [
        async ({}, use) => {
            const server = await Server.start({ people: ["root", "ann", "ben", "cleo"], localExecutor: true });
            await use(server);
            await server.remove();
        },
        { scope: "worker" },
    ],
});

/** The folder of the virtual environment with MLflow in it. */
const environment = (): string => dirname(dirname(process.env["MANTIK_E2E_PYTHON"] ?? "/usr/bin/python3"));

test("a model that the MLflow client logged is served, predicts as in Python, and is stopped", async ({ page, ann, server }) => {
    test.setTimeout(240_000);
    const { projectId } = await createProject(ann, { name: unique("Wine") });
    const python = new Python(["-c", TRAIN], server.origin, await ann.token(projectId));
    const trained = JSON.parse(await python.lastLine()) as Trained;
    const runId = trained.run.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    const name = unique("Wine");
    await ann.ask("POST", `/api/projects/${projectId}/models/trained`, { name, runId });

    await page.goto(`/projects/${projectId}/deployments`);
    await page.getByRole("button", { name: "Add deployment" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Add deployment" });
    await dialog.getByLabel("Saved model").selectOption({ label: name });
    await dialog.getByLabel("Served by").selectOption({ label: "This server, on its own machine" });
    await dialog.getByLabel("Python environment").selectOption("path");
    await dialog.getByLabel("Path", { exact: true }).fill("relative");
    await dialog.getByRole("button", { name: "Add deployment" }).click();
    await expect(dialog.getByLabel("Path", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await dialog.getByLabel("Path", { exact: true }).fill(environment());
    await dialog.getByRole("button", { name: "Add deployment" }).click();
    await expect(page.getByRole("heading", { name, level: 2 })).toBeVisible();
    const deployment = `/api/projects/${projectId}/deployments/${page.url().split("/").at(-1)!}`;

    await page.getByRole("button", { name: "Start", exact: true }).click();
    const heading = page.locator(".thing-heading");
    await expect(heading.getByText("Starting")).toBeVisible();
    await expect(heading.getByText("Running"), "it appears by itself").toBeVisible({ timeout: 120_000 });
    await expect(page.getByRole("region", { name: "Log", exact: true }).first()).toContainText("Uvicorn running");
    await expect(page.getByRole("region", { name: /^History/ })).toContainText("The server");
    const answer = await ann.ask<{ predictions: number[] }>("POST", `${deployment}/predict`, { dataframe_split: trained.split });
    expect(answer.predictions).toEqual(trained.predictions);

    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await expect(heading.getByText("Stopped")).toBeVisible({ timeout: 30_000 });
    const refused = await ann.send("POST", `${deployment}/predict`, { dataframe_split: trained.split });
    expect(refused.status).toBe(409);
    await expect(page.getByRole("button", { name: "Start", exact: true })).toBeVisible();
});

test("a model that cannot be served says why", async ({ page, ann, faults }) => {
    faults.expect(/status of 409/);
    const { projectId } = await createProject(ann);
    const { experimentRepositoryId } = await ann.ask<{ experimentRepositoryId: string }>(
        "POST", `/api/projects/${projectId}/experiments`, { name: "empty" },
    );
    const { runId } = await ann.ask<{ runId: string }>("POST", `/api/projects/${projectId}/runs?submit=False`, {
        name: "without a model", experimentRepositoryId,
    });
    const { modelId } = await ann.ask<{ modelId: string }>("POST", `/api/projects/${projectId}/models/trained`, { name: "Nothing", runId });
    const { deploymentId } = await ann.ask<{ deploymentId: string }>("POST", `/api/projects/${projectId}/deployments`, {
        modelId, mode: { name: "Local", values: {} },
    });
    await page.goto(`/projects/${projectId}/deployments/${deploymentId}`);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await expect(page.getByRole("alert").getByText(/no folder with a file MLmodel/)).toBeVisible();
});
