import { createProject, unique } from "../support/project.ts";
import { expect, test } from "../support/test.ts";
import type { Person } from "../support/person.ts";

async function createRun(person: Person, projectId: string, name: string): Promise<string> {
    const { experimentRepositoryId } = await person.ask<{ experimentRepositoryId: string }>(
        "POST", `/api/projects/${projectId}/experiments`, { name: unique("Experiment") },
    );
    const { runId } = await person.ask<{ runId: string }>("POST", `/api/projects/${projectId}/runs?submit=False`, {
        name, experimentRepositoryId, entryPoint: "train", mlflowParameters: { alpha: 0.5 },
    });
    return runId;
}

test("a run is repeated by itself: scheduled from its page, done now, paused, changed and deleted", async ({ page, ann, faults }) => {
    faults.expect(/status of (404|422)/);
    const { projectId } = await createProject(ann);
    const runId = await createRun(ann, projectId, "nightly training");
    await page.goto(`/projects/${projectId}/runs/${runId}`);
    await page.getByRole("link", { name: "Schedule…" }).click();
    const dialog = page.getByRole("dialog", { name: "New schedule" });
    await expect(dialog.getByLabel("Run name")).toHaveValue("nightly training");
    await expect(dialog.getByLabel("Entry point")).toHaveValue("train");
    await expect(dialog.getByLabel("Parameters")).toHaveValue(/"alpha": 0.5/);
    await dialog.getByLabel("Time zone").selectOption("Europe/Berlin");
    await expect(dialog.getByText("At 02:00 every day, Europe/Berlin")).toBeVisible();
    await dialog.getByRole("radio", { name: "Weekly" }).check();
    await dialog.getByLabel("Day of the week").selectOption("Friday");
    await dialog.getByLabel("Time of day").fill("25:00");
    await expect(dialog.getByText("The next times stand here once the time can be read.")).toBeVisible();
    await dialog.getByLabel("Time of day").fill("6:30");
    await expect(dialog.getByText("At 06:30 every Friday, Europe/Berlin")).toBeVisible();
    await expect(dialog.getByRole("row")).toHaveCount(6);

    // Whoever goes on to cron fields finds there what she has chosen.
    await dialog.getByRole("radio", { name: "Cron" }).check();
    await expect(dialog.getByRole("textbox", { name: "Cron" })).toHaveValue("30 6 * * 5");
    await dialog.getByRole("textbox", { name: "Cron" }).fill("30 6 * * 9");
    await expect(dialog.getByText(/Correct the day of the week/)).toBeVisible();
    await dialog.getByRole("textbox", { name: "Cron" }).fill("30 6 * * 1-5");
    await expect(dialog.getByText("At 06:30 every weekday, Monday to Friday, Europe/Berlin")).toBeVisible();
    const name = unique("Weekdays");
    await dialog.getByLabel("Name", { exact: true }).fill(name);
    await dialog.getByRole("radio", { name: /^Make up for them once/ }).check();
    await dialog.getByRole("button", { name: "New schedule" }).click();
    await expect(page).toHaveURL(/\/schedules\/[0-9a-f-]{36}$/);
    await expect(page.getByRole("heading", { name, level: 2 })).toBeVisible();
    await expect(page.getByRole("region", { name: "When" })).toContainText("Are made up for once");
    await expect(page.getByRole("region", { name: "What is done" })).toContainText("nightly training");

    await page.getByRole("button", { name: "Run now" }).click();
    const history = page.getByRole("region", { name: /History/ });
    await expect(history.getByRole("row").filter({ hasText: "By hand" })).toContainText("Queued");
    await page.getByRole("switch").click();
    await expect(page.getByText("It rests, so there is no next time.")).toBeVisible();

    await page.getByRole("button", { name: "Edit" }).click();
    const edit = page.getByRole("dialog", { name: "Edit schedule" });
    await expect(edit.getByRole("textbox", { name: "Cron" })).toHaveValue("30 6 * * 1-5");
    await edit.getByRole("radio", { name: "Monthly" }).check();
    await edit.getByLabel("Day of the month").selectOption("The last day");
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(/on the last day of the month, Europe\/Berlin/).first()).toBeVisible();

    await page.goto(`/projects/${projectId}/schedules`);
    const row = page.getByRole("row").filter({ hasText: name });
    await expect(row).toContainText("nightly training");
    await row.getByRole("switch").click();
    await expect(row.getByRole("switch")).toHaveAttribute("aria-checked", "true");
    await expect(row).toContainText(/in (a moment|\d+ (min|h|days?|months?))/);
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete", exact: true }).click();
    await page.getByRole("dialog", { name: `Delete ${name}?` }).getByRole("button", { name: "Delete" }).click();
    await expect(page.getByText("No schedules yet")).toBeVisible();
});

test("a schedule is made from nothing, and says what is missing", async ({ page, ann }) => {
    const { projectId } = await createProject(ann);
    const experiment = unique("Tuning");
    await ann.ask("POST", `/api/projects/${projectId}/experiments`, { name: experiment });
    await page.goto(`/projects/${projectId}/schedules`);
    await page.getByRole("button", { name: "New schedule" }).first().click();
    const dialog = page.getByRole("dialog", { name: "New schedule" });
    await dialog.getByRole("button", { name: "New schedule" }).click();
    await expect(dialog.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await expect(dialog.getByLabel("Experiment")).toHaveAttribute("aria-invalid", "true");
    await dialog.getByLabel("Name", { exact: true }).fill("Nightly");
    await dialog.getByLabel("Run name").fill("nightly");
    await dialog.getByLabel("Experiment").selectOption({ label: experiment });
    await dialog.getByRole("button", { name: "New schedule" }).click();
    await expect(page.getByRole("heading", { name: "Nightly", level: 2 })).toBeVisible();
    await expect(page.getByRole("region", { name: "What is done" }).getByRole("link", { name: experiment })).toBeVisible();
});
