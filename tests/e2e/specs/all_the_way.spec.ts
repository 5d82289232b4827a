import { dirname } from "node:path";

import type { Page } from "@playwright/test";

import { GitHost } from "../support/git_host.ts";
import { createProject, unique } from "../support/project.ts";
import { Python } from "../support/python.ts";
import { Server } from "../support/server.ts";
import { expect, test as base } from "../support/test.ts";

/** When the model is asked by itself. Every five minutes is what people choose; a test does not wait as long. */
const CRON = process.env["MANTIK_E2E_CRON"] ?? "* * * * *";
/** How long two times of it take at most, in milliseconds. */
const TWO_TIMES = CRON === "* * * * *" ? 150_000 : 630_000;

const ML_PROJECT = `name: wine
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.1}
      epochs: {type: int, default: 6}
    command: "python train.py --alpha {alpha} --epochs {epochs}"
`;

/** Trains as scientists do: it knows MLflow and nothing else. */
const TRAIN = `
import argparse, time
import mlflow, pandas
from mlflow.models import infer_signature
from sklearn.linear_model import Ridge

parser = argparse.ArgumentParser()
parser.add_argument("--alpha", type=float)
parser.add_argument("--epochs", type=int)
options = parser.parse_args()
wine = pandas.DataFrame({"acid": [0.1, 0.4, 0.35, 0.8, 0.6], "sugar": [3.0, 1.5, 2.25, 0.5, 4.0]})
quality = 2 * wine["acid"] - 0.5 * wine["sugar"] + 7
with mlflow.start_run():
    mlflow.log_params({"alpha": options.alpha, "epochs": options.epochs})
    for epoch in range(options.epochs):
        mlflow.log_metric("loss", 1 / (1 + epoch), step=epoch)
        print("epoch", epoch + 1, "of", options.epochs, flush=True)
        time.sleep(0.5)
    model = Ridge(alpha=options.alpha).fit(wine, quality)
    signature = infer_signature(wine, model.predict(wine))
    mlflow.sklearn.log_model(model, name="model", signature=signature, serialization_format="cloudpickle",
                             pip_requirements=["mlflow-skinny"])
    print("the model is logged", flush=True)
`;

/** What the model itself says of a wine. */
const ASK = `
import json, sys
import mlflow, pandas
model = mlflow.sklearn.load_model(f"runs:/{sys.argv[1]}/model")
print(json.dumps(model.predict(pandas.DataFrame({"acid": [0.5], "sugar": [2.5]})).tolist()))
`;

/** A server that executes runs and serves models on its own machine, and a host of git that it may ask. */
const test = base.extend<object, { git: GitHost; server: Server }>({
    git: [
        async ({}, use) => {
            const git = await GitHost.start();
            await use(git);
            git.stop();
        },
        { scope: "worker" },
    ],
    server: [
        async ({ git }, use) => {
            const options = { people: ["root", "ann", "ben", "cleo"], allowEgress: [git.place], localExecutor: true };
            const server = await Server.start(options);
            await use(server);
            await server.remove();
        },
        { scope: "worker" },
    ],
});

/** The folder of the virtual environment with MLflow and scikit-learn in it. */
const environment = (): string => dirname(dirname(process.env["MANTIK_E2E_PYTHON"] ?? "/usr/bin/python3"));

/** The state that the head of a run's page tells. */
const state = (page: Page) => page.locator(".page-header");

/** Adds a thing to a project by the dialog on its list. */
async function add(page: Page, list: string, title: string, fields: Record<string, string>): Promise<void> {
    await page.goto(list);
    await page.getByRole("button", { name: title }).first().click();
    const dialog = page.getByRole("dialog", { name: title });
    for (const [label, text] of Object.entries(fields)) {
        await dialog.getByLabel(label, { exact: label === "Name" }).fill(text);
    }
    await dialog.getByRole("button", { name: title }).click();
    await expect(page.getByRole("heading", { name: fields["Name"]!, level: 2 })).toBeVisible();
}

/** Fills the form for a run in, starts it, and follows its log to the end. */
async function train(page: Page, project: string): Promise<void> {
    await page.goto(`${project}/runs/new`);
    await page.getByLabel("Code", { exact: true }).selectOption("wine");
    await expect(page.getByRole("textbox", { name: /^alpha/ })).toBeVisible({ timeout: 20_000 });
    await page.getByRole("combobox", { name: /^Data/ }).selectOption("cellar");
    await page.getByRole("combobox", { name: "Version, branch or commit" }).fill("2023");
    await page.getByLabel("Experiment", { exact: true }).selectOption("tasting");
    await page.getByRole("radio", { name: /This server/ }).check({ force: true });
    await page.getByRole("radio", { name: "Python environment" }).check({ force: true });
    await page.getByLabel("Folder of the environment").fill(environment());
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/, { timeout: 20_000 });
    await page.getByRole("link", { name: "Logs", exact: true }).click();
    await expect(page.getByText("epoch 2 of 6"), "the log comes by itself").toBeVisible({ timeout: 60_000 });
    await page.getByRole("link", { name: "Metrics", exact: true }).last().click();
    await expect(page.getByRole("img", { name: /^loss: line chart/ })).toBeVisible();
    await expect(state(page)).toContainText("Finished", { timeout: 60_000 });
    await expect(page.getByRole("img", { name: /^loss: line chart.* to 5, / })).toBeVisible();
}

test("from a repository to a model that is asked by itself, in the browser alone", async ({ page, ann, git, server }) => {
    test.setTimeout(300_000 + TWO_TIMES);
    const { projectId } = await createProject(ann, { name: unique("Wine") });
    const project = `/projects/${projectId}`;
    await add(page, `${project}/code`, "Add code", { Name: "wine", Address: git.add("wine", { MLproject: ML_PROJECT, "train.py": TRAIN }) });
    await add(page, `${project}/data`, "Add data", { Name: "cellar", Address: "s3://cellar/bottles", Versions: "2023 = 4f5c6d7\n2024 = 8a9b0c1" });
    await add(page, `${project}/experiments`, "New experiment", { Name: "tasting" });
    await train(page, project);
    const run = new URL(page.url()).pathname.split("/")[4]!;

    // The same run with other data differs from it by their version alone.
    await page.goto(`${project}/data`);
    await page.getByRole("link", { name: "cellar" }).first().click();
    await page.getByRole("link", { name: "Run with this data" }).click();
    await page.getByRole("combobox", { name: "Version, branch or commit" }).fill("2024");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await expect(page).toHaveURL(/\/compare\?runs=/, { timeout: 20_000 });
    // When each was executed differs in any case, and as long as the second is, so does what it has logged.
    const ofTime = ["Run", "Started", "Duration"];
    const headers = page.getByRole("region", { name: "Runs side by side" }).getByRole("rowheader");
    const differing = async () => (await headers.allTextContents()).filter((name) => !ofTime.includes(name));
    await expect.poll(differing, { timeout: 90_000 }).toEqual(["Data", "Branch"]);

    await page.goto(`${project}/runs/${run}`);
    await page.getByRole("button", { name: "Save model" }).click();
    const saving = page.getByRole("dialog", { name: "Save model" });
    await saving.getByLabel("Name", { exact: true }).fill("taster");
    await saving.getByRole("button", { name: "Save model" }).click();
    await expect(page.getByRole("heading", { name: "taster", level: 2 })).toBeVisible();

    await page.goto(`${project}/deployments`);
    await page.getByRole("button", { name: "Add deployment" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Add deployment" });
    await dialog.getByLabel("Saved model").selectOption({ label: "taster" });
    await dialog.getByLabel("Served by").selectOption({ label: "This server, on its own machine" });
    await dialog.getByLabel("Python environment").selectOption("path");
    await dialog.getByLabel("Path", { exact: true }).fill(environment());
    await dialog.getByRole("button", { name: "Add deployment" }).click();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await expect(page.locator(".thing-heading").getByText("Running")).toBeVisible({ timeout: 120_000 });

    const panel = page.getByRole("region", { name: "Predict", exact: true });
    await panel.getByRole("textbox", { name: "acid" }).fill("0.5");
    await panel.getByRole("textbox", { name: "sugar" }).fill("2.5");
    await panel.getByRole("button", { name: "Predict" }).click();
    const answer = panel.getByRole("region", { name: "Answer" });
    await expect(answer).toBeVisible({ timeout: 30_000 });
    await answer.getByRole("radio", { name: "JSON" }).check();
    const asked = new Python(["-c", ASK, run.replaceAll("-", "")], server.origin, await ann.token(projectId));
    const [expected] = JSON.parse(await asked.lastLine()) as number[];
    await expect(answer).toContainText(String(expected));

    await page.getByRole("button", { name: "Edit" }).click();
    const edit = page.getByRole("dialog", { name: "Edit deployment" });
    await edit.getByRole("textbox", { name: /^Schedule/ }).fill(CRON);
    await edit.getByLabel("What it is asked").fill('{"dataframe_split": {"columns": ["acid", "sugar"], "data": [[0.5, 2.5]]}}');
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("region", { name: "Schedule" })).toContainText(CRON);
    const history = page.getByRole("region", { name: "Asked before" });
    await expect(history.getByRole("row").filter({ hasText: /schedule/i })).toHaveCount(2, { timeout: TWO_TIMES });
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await expect(page.locator(".thing-heading").getByText("Stopped")).toBeVisible({ timeout: 30_000 });
});
