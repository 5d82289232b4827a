import { createProject, unique } from "../support/project.ts";
import { expect, test } from "../support/test.ts";
import type { Person } from "../support/person.ts";

async function createRun(person: Person, projectId: string): Promise<string> {
    const { experimentRepositoryId } = await person.ask<{ experimentRepositoryId: string }>(
        "POST", `/api/projects/${projectId}/experiments`, { name: unique("Experiment") },
    );
    const { runId } = await person.ask<{ runId: string }>("POST", `/api/projects/${projectId}/runs?submit=False`, {
        name: "the run that trained it", experimentRepositoryId,
    });
    return runId;
}

test("a model is saved from its run, leads back to it, is changed and deleted", async ({ page, ann, faults }) => {
    // The page that is being left may ask once more for what was just deleted.
    faults.expect(/status of 404/);
    const { projectId } = await createProject(ann);
    const runId = await createRun(ann, projectId);
    const name = unique("Rain");
    await page.goto(`/projects/${projectId}/runs/${runId}`);
    await page.getByRole("button", { name: "Save model" }).click();
    const dialog = page.getByRole("dialog", { name: "Save model" });
    await dialog.getByLabel("Name", { exact: true }).fill(" ");
    await dialog.getByRole("button", { name: "Save model" }).click();
    await expect(dialog.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await dialog.getByLabel("Name", { exact: true }).fill(name);
    await dialog.getByRole("button", { name: "Save model" }).click();
    await expect(page).toHaveURL(/\/models\/trained\/[0-9a-f-]{36}$/);
    await expect(page.getByRole("heading", { name, level: 2 })).toBeVisible();
    await expect(page.getByRole("region", { name: "Lineage" }).getByRole("link", { name: "the run that trained it" })).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Project" }).locator("[aria-current]")).toHaveText("Saved models");

    await page.getByRole("button", { name: "Edit" }).click();
    const edit = page.getByRole("dialog", { name: "Edit saved model" });
    await edit.getByLabel("Parameters").fill("[1]");
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(edit.getByText(/Write a JSON object/)).toBeVisible();
    await edit.getByLabel("Parameters").fill('{"alpha": 0.5}');
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("region", { name: "Parameters" })).toContainText("0.5");

    await page.goto(`/projects/${projectId}/models/trained`);
    await expect(page.getByRole("row").filter({ hasText: name })).toContainText("No image yet");
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete", exact: true }).click();
    await page.getByRole("dialog", { name: `Delete ${name}?` }).getByRole("button", { name: "Delete" }).click();
    await expect(page.getByText("No saved models yet")).toBeVisible();
});

test("a model that lies elsewhere is added, its image asked for, uploaded and downloaded", async ({ page, ann, server }) => {
    const { projectId } = await createProject(ann);
    const name = unique("Elsewhere");
    await page.goto(`/projects/${projectId}/models/trained`);
    await page.getByRole("button", { name: "Add saved model" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Add saved model" });
    await dialog.getByLabel("Name", { exact: true }).fill(name);
    await dialog.getByLabel("Address").fill("s3://rain/model");
    await dialog.getByRole("button", { name: "Add saved model" }).click();
    await expect(dialog.getByText(/Say which storage/)).toBeVisible();
    await dialog.getByLabel("Storage").selectOption("S3");
    await dialog.getByRole("button", { name: "Add saved model" }).click();
    await expect(page.getByRole("heading", { name, level: 2 })).toBeVisible();
    const modelId = page.url().split("/").at(-1)!;

    const image = page.getByRole("region", { name: "Container image" });
    await expect(image.getByRole("button", { name: "Download" })).toHaveAttribute("aria-disabled", "true");
    await image.getByRole("button", { name: "Ask for an image" }).click();
    await expect(image.getByText("No image yet")).toBeVisible();
    const uploaded = await page.request.put(`${server.origin}/api/projects/${projectId}/models/trained/${modelId}/docker`, {
        headers: { "X-Requested-By": "console", Origin: server.origin, "Content-Type": "application/gzip" },
        data: Buffer.from("an image"),
    });
    expect(uploaded.status()).toBe(204);
    await expect(image.getByText("Image is ready"), "it appears by itself").toBeVisible();
    const download = page.waitForEvent("download");
    await image.getByRole("button", { name: "Download" }).click();
    expect((await download).suggestedFilename()).toMatch(/\.tar\.gz$/);
});

test("a deployment is described, scheduled, changed by two and deleted", async ({ page, ann, faults }) => {
    faults.expect(/status of (404|412)/);
    const { projectId } = await createProject(ann);
    const model = unique("Model");
    await ann.ask("POST", `/api/projects/${projectId}/models/trained`, { name: model, uri: "s3://rain/model", location: "S3" });
    await page.goto(`/projects/${projectId}/deployments`);
    await page.getByRole("button", { name: "Add deployment" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Add deployment" });
    await dialog.getByRole("button", { name: "Add deployment" }).click();
    await expect(dialog.getByLabel("Saved model")).toHaveAttribute("aria-invalid", "true");
    await dialog.getByLabel("Saved model").selectOption({ label: model });
    await dialog.getByLabel("Schedule").fill("every day");
    await dialog.getByRole("button", { name: "Add deployment" }).click();
    await expect(dialog.getByLabel("Schedule")).toHaveAttribute("aria-invalid", "true");
    await dialog.getByLabel("Schedule").fill("0 6 * * 1");
    await dialog.getByLabel("Time zone").fill("Europe/Berlin");
    await dialog.getByRole("button", { name: "Add deployment" }).click();
    await expect(page.getByRole("heading", { name: model, level: 2 })).toBeVisible();
    await expect(page.getByRole("region", { name: "Schedule" })).toContainText("0 6 * * 1");
    await expect(page.getByRole("region", { name: "Schedule" })).toContainText("Europe/Berlin");
    const deploymentId = page.url().split("/").at(-1)!;

    await page.getByRole("button", { name: "Edit" }).click();
    const edit = page.getByRole("dialog", { name: "Edit deployment" });
    await edit.getByLabel("Name", { exact: false }).fill("what she typed");
    await ann.ask("PUT", `/api/projects/${projectId}/deployments/${deploymentId}`, { name: "what somebody else typed" }, { "If-Match": '"v1"' });
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(edit.getByText("The name is now “what somebody else typed”.")).toBeVisible();
    await expect(edit.getByLabel("Name", { exact: false })).toHaveValue("what she typed");
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { name: "what she typed", level: 2 })).toBeVisible();

    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete", exact: true }).click();
    await page.getByRole("dialog", { name: /Delete/ }).getByRole("button", { name: "Delete" }).click();
    await expect(page.getByText("No deployments yet")).toBeVisible();
});
