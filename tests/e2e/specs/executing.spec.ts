import type { Page } from "@playwright/test";

import { GitHost } from "../support/git_host.ts";
import { createProject, unique } from "../support/project.ts";
import { Server } from "../support/server.ts";
import { expect, test as base } from "../support/test.ts";

const ML_PROJECT = `name: walk
entry_points:
  main:
    parameters:
      steps: {type: int, default: 3}
    command: "python3 walk.py --steps {steps}"
  wait:
    command: "python3 -u wait.py"
  fail:
    command: "python3 fail.py"
`;

/** Prints, and logs a metric as any client of MLflow's API does. */
const WALK = `
import argparse, json, os, time, urllib.request
parser = argparse.ArgumentParser()
parser.add_argument("--steps", type=int)
steps = parser.parse_args().steps
def log(step):
    body = {"run_id": os.environ["MLFLOW_RUN_ID"], "key": "distance", "value": step * 1.5, "step": step, "timestamp": int(time.time() * 1000)}
    request = urllib.request.Request(
        os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/runs/log-metric",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": "Bearer " + os.environ["MLFLOW_TRACKING_TOKEN"]},
    )
    urllib.request.urlopen(request).read()
for step in range(1, steps + 1):
    log(step)
    print("step", step, "of", steps, flush=True)
`;

const WAIT = `
import time
print("waiting")
while True:
    time.sleep(1)
`;

const FAIL = `
import sys
print("ERROR no wine left", flush=True)
sys.exit(3)
`;

/** A project whose code is executed by the server itself. */
const test = base.extend<{ project: string }, { git: GitHost; repository: string }>({
    git: [
        async ({}, use) => {
            const git = await GitHost.start();
            await use(git);
            git.stop();
        },
        { scope: "worker" },
    ],
    repository: [
        async ({ git }, use) =>
            use(git.add("walk", { MLproject: ML_PROJECT, "walk.py": WALK, "wait.py": WAIT, "fail.py": FAIL })),
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
    project: async ({ ann, repository }, use) => {
        const { projectId } = await createProject(ann, { name: unique("Walk") });
        await ann.ask("POST", `/api/projects/${projectId}/code`, { codeRepositoryName: "walk", uri: repository });
        await ann.ask("POST", `/api/projects/${projectId}/experiments`, { name: "walking" });
        await use(projectId);
    },
});

/** Starts an entry point by the form, and waits for the page of its run. */
async function launch(page: Page, project: string, entryPoint: string): Promise<void> {
    await page.goto(`/projects/${project}/runs/new`);
    await page.getByLabel("Code", { exact: true }).selectOption("walk");
    await page.getByRole("combobox", { name: "Entry point" }).selectOption(entryPoint);
    await page.getByLabel("Experiment", { exact: true }).selectOption("walking");
    await page.getByRole("radio", { name: /This server/ }).check({ force: true });
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/, { timeout: 20_000 });
}

/** The state that the head of the page tells. */
const state = (page: Page) => page.locator(".page-header");

test("a run that is started in the browser is executed, and its log and metrics are seen", async ({ page, project }) => {
    await launch(page, project, "main");
    await expect(state(page)).toContainText("Finished", { timeout: 60_000 });
    await page.getByRole("link", { name: "Logs", exact: true }).click();
    await expect(page.getByText("step 3 of 3")).toBeVisible();
    await page.getByRole("link", { name: "Metrics", exact: true }).last().click();
    await expect(page.getByRole("img", { name: /^distance: line chart/ })).toBeVisible();
});

test("a failure says how it ended, and shows the error that was printed", async ({ page, project }) => {
    await launch(page, project, "fail");
    await expect(state(page)).toContainText("Failed", { timeout: 60_000 });
    await expect(page.locator(".run-failure .run-note")).toHaveText("Exit code 3.");
    await expect(page.locator(".run-errors")).toContainText("ERROR no wine left");
});

test("a run is cancelled from its page", async ({ page, project }) => {
    await launch(page, project, "wait");
    await expect(state(page)).toContainText("Running", { timeout: 60_000 });
    await page.getByRole("button", { name: "Cancel run…" }).click();
    await page.getByRole("button", { name: "Cancel the run" }).click();
    await expect(state(page)).toContainText("Cancelled", { timeout: 30_000 });
    await expect(page.getByText("Cancelled.", { exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "Cancel run…" })).toHaveCount(0);
});
