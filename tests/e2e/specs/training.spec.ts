import type { Page } from "@playwright/test";

import { createProject } from "../support/project.ts";
import { Python, TRAINING } from "../support/python.ts";
import { RunsTable } from "../support/runs_table.ts";
import { runAddress } from "../support/tracking.ts";
import { expect, test } from "../support/test.ts";

const EPOCHS = 30;

interface Printed {
    run_id: string;
    metrics: Record<string, number>;
}

/** Computes what train.py computes, with scikit-learn alone: no MLflow, no server. */
const RECOMPUTE = `
import json, sys
import numpy as np
from sklearn.datasets import load_wine
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import accuracy_score, f1_score, log_loss
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
x, y = load_wine(return_X_y=True)
a, b, c, d = train_test_split(x, y, test_size=0.3, random_state=7, stratify=y)
scaler = StandardScaler().fit(a)
a, b = scaler.transform(a), scaler.transform(b)
model = SGDClassifier(loss="log_loss", alpha=0.001, random_state=7)
for _ in range(int(sys.argv[1])):
    model.partial_fit(a, c, classes=np.unique(y))
metrics = {}
for part, features, target in [("train", a, c), ("test", b, d)]:
    predicted = model.predict(features)
    metrics[part + "/accuracy"] = accuracy_score(target, predicted)
    metrics[part + "/f1_macro"] = f1_score(target, predicted, average="macro")
    metrics[part + "/log_loss"] = log_loss(target, model.predict_proba(features), labels=model.classes_)
print(json.dumps(metrics))
`;

/** The last step that a chart says it shows. */
async function lastStep(page: Page, chart: string): Promise<number> {
    const summary = await page.getByRole("img", { name: new RegExp(`^${chart}: line chart`) }).getAttribute("aria-label");
    return Number(/ to ([\d,]+), values/.exec(summary ?? "")?.[1]?.replaceAll(",", "") ?? Number.NaN);
}

test("a training with the ordinary MLflow client is watched live from its first epoch to its exact result", async ({
    page,
    context,
    ann,
}) => {
    test.setTimeout(180_000);
    const { projectId } = await createProject(ann, { name: "Wine" });
    const token = await ann.token(projectId);
    const columns = "status,duration,metrics.test/log_loss,metrics.train/log_loss";
    await page.goto(`/projects/${projectId}/runs?cols=${columns}`);
    await expect(page.getByText("No runs yet")).toBeVisible();
    await page.evaluate(() => Object.assign(window, { neverReloaded: true }));

    const training = new Python([TRAINING, "--epochs", String(EPOCHS), "--pause", "0.6"], ann.server.origin, token);
    try {
        const table = new RunsTable(page);
        const row = table.row("wine-sgd");
        await expect(row).toBeVisible({ timeout: 60_000 });
        await expect(page.getByText("1 run", { exact: true }).first()).toBeVisible();
        const status = await table.cell(row, "Status");
        await expect(status).toHaveText(/^Running/);

        const loss = await table.cell(row, "test/log_loss");
        const seen = new Set<string>();
        await expect
            .poll(async () => seen.add((await loss.getAttribute("title")) ?? "").size, { timeout: 30_000 })
            .toBeGreaterThanOrEqual(4);

        const watcher = await context.newPage();
        const href = await row.getByRole("link", { name: "wine-sgd" }).getAttribute("href");
        await watcher.goto(`${href}/metrics`);
        await expect.poll(() => lastStep(watcher, "test/log_loss")).toBeGreaterThan(0);
        const early = await lastStep(watcher, "test/log_loss");
        await expect.poll(() => lastStep(watcher, "test/log_loss"), "the chart grows").toBeGreaterThan(early);

        const printed = JSON.parse(await training.lastLine()) as Printed;
        await expect(status).toHaveText("Finished");
        expect(href).toBe(runAddress(projectId, printed.run_id));
        for (const metric of ["test/log_loss", "train/log_loss"]) {
            const cell = await table.cell(row, metric);
            await expect.poll(async () => Number(await cell.getAttribute("title")), metric).toBe(printed.metrics[metric]);
        }
        expect(await page.evaluate(() => "neverReloaded" in window), "the page was not loaded anew").toBe(true);

        await expect.poll(() => lastStep(watcher, "test/log_loss")).toBe(EPOCHS - 1);
        await expectFinalMetrics(watcher, printed);
        const alone = new Python(["-c", RECOMPUTE, String(EPOCHS)], ann.server.origin, token);
        expect(JSON.parse(await alone.lastLine())).toEqual(printed.metrics);
    } finally {
        training.stop();
    }
});

/** The run's own page shows each final metric with all its digits. */
async function expectFinalMetrics(page: Page, printed: Printed): Promise<void> {
    await page.getByRole("link", { name: "Overview", exact: true }).last().click();
    await expect(page.getByRole("heading", { name: "wine-sgd", level: 1 })).toBeVisible();
    await expect(page.getByText("Finished").first()).toBeVisible();
    for (const [metric, value] of Object.entries(printed.metrics)) {
        const line = page.locator(".logged tbody tr").filter({ hasText: metric }).first();
        const exact = line.locator(".logged-number [data-tip]").first();
        await expect.poll(async () => Number(await exact.getAttribute("data-tip")), metric).toBe(value);
    }
    for (const parameter of ["alpha", "epochs", "seed", "model"]) {
        await expect(page.getByText(parameter, { exact: true }).first()).toBeVisible();
    }
    await page.getByRole("link", { name: "Artifacts" }).click();
    await page.getByText("evaluation").first().click();
    await expect(page.getByText("report.txt")).toBeVisible();
    await page.getByRole("link", { name: "confusion_matrix.json", exact: true }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("region", { name: "Preview" }).getByRole("link", { name: /^Download/ }).click();
    expect((await download).suggestedFilename()).toBe("confusion_matrix.json");
}
