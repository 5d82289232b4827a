import type { Locator, Page } from "@playwright/test";

import type { Person } from "../support/person.ts";
import { createProject, unique } from "../support/project.ts";
import { ScoringHost } from "../support/scoring_host.ts";
import { Server } from "../support/server.ts";
import { expect, test as base } from "../support/test.ts";
import { Tracking } from "../support/tracking.ts";

const ML_MODEL = `artifact_path: model
flavors:
  python_function: {loader_module: mlflow.sklearn}
saved_input_example_info:
  artifact_path: input_example.json
  serving_input_path: serving_input_example.json
signature:
  inputs: '[{"type": "long", "name": "age", "required": true}, {"type": "double", "name": "depth", "required": false},
    {"type": "boolean", "name": "wet", "required": true}]'
  outputs: '[{"type": "double", "required": true}]'
  params: '[{"name": "top", "type": "integer", "default": 3, "shape": null}]'
`;
const EXAMPLE = '{"dataframe_split": {"columns": ["age", "depth", "wet"], "data": [[7, 1.5, true]]}}';

interface Deployed {
    projectId: string;
    /** The page of the deployment. */
    page: string;
}

const test = base.extend<{ deployed: Deployed }, { scoring: ScoringHost }>({
    scoring: [
        async ({}, use) => {
            const scoring = await ScoringHost.start();
            await use(scoring);
            scoring.stop();
        },
        { scope: "worker" },
    ],
    server: [
        async ({ scoring }, use) => {
            const server = await Server.start({ people: ["root", "ann", "ben", "cleo"], allowEgress: [scoring.place] });
            await use(server);
            await server.remove();
        },
        { scope: "worker" },
    ],
    deployed: async ({ ann, scoring }, use) => use(await deploy(ann, scoring, { MLmodel: ML_MODEL, "serving_input_example.json": EXAMPLE })),
});

/** A deployment of a model with these files. */
async function deploy(person: Person, scoring: ScoringHost, files: Record<string, string>): Promise<Deployed> {
    const { projectId } = await createProject(person);
    const tracking = await Tracking.into(person, projectId);
    const experiment = await tracking.experiment("rain");
    const runId = await tracking.run(experiment, { name: "the run that trained it", status: "FINISHED" });
    for (const [path, text] of Object.entries(files)) {
        await tracking.artifact(experiment, runId, `model/${path}`, text);
    }
    const { modelId } = await person.ask<{ modelId: string }>("POST", `/api/projects/${projectId}/models/trained`, {
        name: unique("Rain"), uri: `runs:/${runId}/model`, location: "MLFLOW",
    });
    const mode = { name: "Endpoint", values: { protocol: "MLflow" } };
    const { deploymentId } = await person.ask<{ deploymentId: string }>("POST", `/api/projects/${projectId}/deployments`, {
        modelId, endpointUri: `http://${scoring.place}`, mode,
    });
    return { projectId, page: `/projects/${projectId}/deployments/${deploymentId}` };
}

const panel = (page: Page) => page.getByRole("region", { name: "Predict", exact: true });
const field = (page: Page, name: string) => panel(page).getByRole("textbox", { name });
const answer = (page: Page) => panel(page).getByRole("region", { name: "Answer" });
const history = (page: Page) => page.getByRole("region", { name: "Asked before" });

/** Pastes a text as a browser does when somebody presses Ctrl and V. */
async function paste(field: Locator, text: string): Promise<void> {
    await field.focus();
    await field.evaluate((element, text) => {
        const data = new DataTransfer();
        data.setData("text/plain", text);
        element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }, text);
}

test("the signature gives the fields, and the history keeps what was asked", async ({ page, deployed, scoring }) => {
    await page.goto(deployed.page);
    const [age, depth] = [field(page, "age"), field(page, "depth")];
    await expect(age, "the example is filled in").toHaveValue("7");
    await expect(depth).toHaveValue("1.5");
    await expect(panel(page).getByRole("combobox", { name: "wet" })).toHaveValue("true");
    await age.fill("seven");
    await panel(page).getByRole("button", { name: "Predict" }).click();
    await expect(panel(page).getByText("Use a whole number.")).toBeVisible();
    await expect(age).toHaveAttribute("aria-invalid", "true");
    await age.fill("40");
    await field(page, "top").fill("5");
    await panel(page).getByRole("button", { name: "Predict" }).click();
    await expect(answer(page).getByRole("cell", { name: "41.5" })).toBeVisible();
    const asked = scoring.asked.at(-1)!;
    expect(asked.body).toEqual({ dataframe_split: { columns: ["age", "depth", "wet"], data: [[40, 1.5, true]] }, params: { top: 5 } });
    expect(Object.keys(asked.headers).sort()).toEqual(["accept", "content-length", "content-type", "host"]);

    await answer(page).getByRole("radio", { name: "JSON" }).check();
    await expect(answer(page).getByText('"predictions"')).toBeVisible();
    await expect(history(page).getByRole("row")).toHaveCount(2);
    await page.reload();
    await expect(age).toHaveValue("7");
    await expect(history(page).getByRole("row").nth(1)).toContainText("ann");
    await expect(history(page).getByRole("row").nth(1)).toContainText("Answered");
    await history(page).getByRole("button", { name: "Open" }).click();
    await expect(age).toHaveValue("40");
    await expect(field(page, "top")).toHaveValue("5");
    await expect(answer(page)).toContainText("41.5");
});

test("a batch is pasted from a spreadsheet, and JSON is kept in step", async ({ page, deployed, scoring, faults }) => {
    faults.expect(/status of 424/);
    await page.goto(deployed.page);
    await paste(field(page, "age"), "depth\tage\twet\r\n0.5\t1\ttrue\r\n\t2\tfalse\r\n2.5\t3\tTRUE\r\n");
    await expect(field(page, "age, row 3")).toHaveValue("3");
    await expect(field(page, "depth, row 2")).toHaveValue("");
    await paste(field(page, "age, row 3"), "30\t3.5\n40\t4.5");
    await expect(field(page, "depth, row 4")).toHaveValue("4.5");
    await panel(page).getByRole("button", { name: "Predict" }).click();
    await expect(panel(page).getByText("Enter a value."), "nobody said whether the fourth is wet").toBeVisible();
    await panel(page).getByRole("button", { name: "Remove row 4" }).click();
    await panel(page).getByRole("button", { name: "Predict" }).click();
    await expect(answer(page).getByRole("row").nth(3)).toContainText("33.5");
    const split = { columns: ["age", "depth", "wet"], data: [[1, 0.5, true], [2, null, false], [30, 3.5, true]] };
    expect(scoring.asked.at(-1)?.body).toEqual({ dataframe_split: split });

    await panel(page).getByRole("radio", { name: "JSON" }).first().check();
    const json = field(page, "Request");
    expect(JSON.parse(await json.inputValue())).toEqual({ dataframe_split: split });
    await json.fill('{"age": {"0": 5, "1": 6}, "wet": {"0": true, "1": false}}');
    await panel(page).getByRole("radio", { name: "Fields" }).click();
    await expect(field(page, "age, row 2")).toHaveValue("6");
    await panel(page).getByRole("radio", { name: "JSON" }).first().check();
    await json.fill('{"age": ');
    await panel(page).getByRole("radio", { name: "Fields" }).click();
    await expect(panel(page).getByText(/This is no JSON: see line 1/)).toBeVisible();
    await json.fill('{"instances": [[1]]}');
    await panel(page).getByRole("button", { name: "Predict" }).click();
    await expect(panel(page).getByRole("alert")).toContainText("status 400. {\"message\":\"a table is wanted\"}");
    await expect(history(page).getByText("No answer")).toBeVisible();
});

test("a prediction is asked for with the keyboard alone", async ({ page, deployed }) => {
    await page.goto(deployed.page);
    const age = field(page, "age");
    await expect(age).toHaveValue("7");
    await panel(page).getByRole("radio", { name: "Fields" }).focus();
    await page.keyboard.press("Tab");
    await expect(age).toBeFocused();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("9");
    await page.keyboard.press("Enter");
    await expect(answer(page).getByRole("cell", { name: "10.5" })).toBeVisible();
    await panel(page).getByRole("button", { name: "Add row" }).focus();
    await page.keyboard.press("Enter");
    await expect(field(page, "age, row 2")).toBeVisible();
    await panel(page).getByRole("radio", { name: "Fields" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(panel(page).getByText("Enter a value.").first(), "what is wrong is said in the fields").toBeVisible();
    await panel(page).getByRole("button", { name: "Remove row 2" }).focus();
    await page.keyboard.press("Enter");
    await panel(page).getByRole("radio", { name: "Fields" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(field(page, "Request")).toHaveValue(/"dataframe_split"/);
});

test("a model without a signature is asked in JSON, and a program gets a snippet without a secret", async ({ page, ann, scoring }) => {
    const deployed = await deploy(ann, scoring, { MLmodel: "flavors: {}\n" });
    await page.goto(deployed.page);
    await expect(panel(page).getByText("logged without a signature")).toBeVisible();
    await field(page, "Request").fill('{"x": {"0": 1, "1": 2}}');
    await panel(page).getByRole("button", { name: "Predict" }).click();
    await expect(answer(page).getByRole("row")).toHaveCount(3);
    await panel(page).getByText("Ask from a program").click();
    const snippet = panel(page).getByRole("region", { name: /^(Shell|Python)/ });
    await expect(snippet).toContainText('"Authorization: Bearer $MANTIK_TOKEN"');
    await expect(snippet).toContainText(`{"x":{"0":1,"1":2}}`);
    await panel(page).getByRole("radio", { name: "Python" }).check();
    await expect(snippet).toContainText('os.environ["MANTIK_TOKEN"]');
});

test("who may not ask is told why, and learns nothing", async ({ bensPage, ann, ben, deployed }) => {
    await ann.ask("PUT", `/api/projects/${deployed.projectId}/members/${ben.userId}`, { role: "GUEST" });
    await bensPage.goto(deployed.page);
    await expect(panel(bensPage).getByText(/needs the role Reporter/)).toBeVisible();
    await expect(panel(bensPage).getByRole("button", { name: "Predict" })).toHaveAttribute("aria-disabled", "true");
    await expect(history(bensPage)).toHaveCount(0);
});
