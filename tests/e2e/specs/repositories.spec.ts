import { createProject, unique } from "../support/project.ts";
import { expect, test } from "../support/test.ts";

interface Kind {
    segment: string;
    title: string;
    add: string;
    one: string;
    fill: Record<string, string>;
    /** What a request of a run calls it. */
    asUsed: string;
}

const KINDS: Kind[] = [
    {
        segment: "code",
        title: "Code",
        add: "Add code",
        one: "code repository",
        fill: { Address: "https://gitlab.example.org/team/code.git", Description: "# How to train", Labels: "language: Rust" },
        asUsed: "codeRepositoryId",
    },
    {
        segment: "data",
        title: "Data",
        add: "Add data",
        one: "data repository",
        fill: { Address: "s3://bucket/folder", Versions: "v1 = 4f5c6d7", Labels: "source: ERA5 = 2024" },
        asUsed: "dataRepositoryId",
    },
    { segment: "experiments", title: "Experiments", add: "New experiment", one: "experiment", fill: {}, asUsed: "experimentRepositoryId" },
    { segment: "models", title: "Models", add: "Add model", one: "model", fill: { Commit: "4f5c6d7" }, asUsed: "modelRepositoryId" },
];

for (const kind of KINDS) {
    test(`${kind.title} is added, used, changed and deleted in the browser`, async ({ page, ann, faults }) => {
        // The page that is being left may ask once more for what was just deleted.
        faults.expect(/status of 404/);
        const { projectId } = await createProject(ann);
        const name = unique(kind.title);
        await page.goto(`/projects/${projectId}/${kind.segment}`);
        await page.getByRole("button", { name: kind.add }).first().click();
        const dialog = page.getByRole("dialog", { name: kind.add });
        await dialog.getByRole("button", { name: kind.add }).click();
        await expect(dialog.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
        await dialog.getByLabel("Name", { exact: true }).fill(name);
        for (const [label, text] of Object.entries(kind.fill)) {
            await dialog.getByLabel(label).fill(text);
        }
        await dialog.getByRole("button", { name: kind.add }).click();
        await expect(page).toHaveURL(new RegExp(`/${kind.segment}/[0-9a-f-]{36}$`));
        await expect(page.getByRole("heading", { name, level: 2 })).toBeVisible();
        await expect(page.getByText("No run has used it yet.")).toBeVisible();

        const id = page.url().split("/").at(-1)!;
        await useIn(ann, projectId, { [kind.asUsed]: id });
        await expect(page.getByRole("main").getByText("the run that used it").first(), "it appears by itself").toBeVisible();
        await page.goto(`/projects/${projectId}/${kind.segment}`);
        await expect(page.getByRole("row").filter({ hasText: name })).toContainText("1");

        await page.getByRole("link", { name }).click();
        await page.getByRole("button", { name: "Edit" }).click();
        const edit = page.getByRole("dialog", { name: `Edit ${kind.one}` });
        await edit.getByLabel("Name", { exact: true }).fill(`${name} renamed`);
        await edit.getByRole("button", { name: "Save" }).click();
        await expect(page.getByRole("heading", { name: `${name} renamed`, level: 2 })).toBeVisible();

        await page.getByRole("button", { name: "More" }).click();
        await page.getByRole("menuitem", { name: "Delete" }).click();
        const confirm = page.getByRole("alertdialog").or(page.getByRole("dialog", { name: /Delete/ }));
        await confirm.getByRole("textbox").fill(`${name} renamed`);
        await confirm.getByRole("button", { name: "Delete" }).click();
        await expect(page).toHaveURL(new RegExp(`/${kind.segment}$`));
        await expect(page.getByText(`${name} renamed`)).toHaveCount(0);
    });
}

/** A run of this code, data, experiment or model; an experiment of its own where none is named. */
async function useIn(ann: { ask: <T>(method: string, path: string, body?: unknown) => Promise<T> }, projectId: string, used: Record<string, string>): Promise<void> {
    const experiment =
        used["experimentRepositoryId"] ??
        (await ann.ask<{ experimentRepositoryId: string }>("POST", `/api/projects/${projectId}/experiments`, { name: unique("Experiment") }))
            .experimentRepositoryId;
    await ann.ask("POST", `/api/projects/${projectId}/runs?submit=False`, {
        name: "the run that used it",
        experimentRepositoryId: experiment,
        ...used,
    });
}

test("who may only read sees why she may not add", async ({ bensPage, ann }) => {
    const { projectId } = await createProject(ann, { public: true });
    await bensPage.goto(`/projects/${projectId}/code`);
    const add = bensPage.getByRole("button", { name: "Add code" }).first();
    await expect(add).toHaveAttribute("aria-disabled", "true");
    await add.hover();
    await expect(bensPage.getByText(/needs the role Researcher/).first()).toBeVisible();
});
