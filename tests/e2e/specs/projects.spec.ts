import { createProject, readProject, unique } from "../support/project.ts";
import { expect, test } from "../support/test.ts";

test("a project is made from a form that says what is wrong, where it is wrong", async ({ page }) => {
    const name = unique("Weather");
    await page.goto("/projects");
    await page.getByRole("button", { name: "New project" }).first().click();
    const dialog = page.getByRole("dialog", { name: "New project" });
    await dialog.getByRole("button", { name: "Create project" }).click();
    const nameField = dialog.getByLabel("Name", { exact: true });
    await expect(nameField).toHaveAttribute("aria-invalid", "true");
    await expect(nameField).toBeFocused();
    await expect(nameField).toHaveAccessibleDescription(/\S/);

    await nameField.fill("x".repeat(300));
    await dialog.getByRole("button", { name: "Create project" }).click();
    await expect(nameField).toHaveAttribute("aria-invalid", "true");
    await expect(nameField, "what was typed stays").toHaveValue("x".repeat(300));

    await nameField.fill(name);
    await dialog.getByLabel("Summary").fill("Rain and shine.");
    await dialog.getByLabel("Description").fill("# About\n\n- first\n- <script>alert(1)</script>\n\n[site](https://example.org)");
    await dialog.getByRole("radio", { name: /Public/ }).check();
    await dialog.getByRole("button", { name: "Create project" }).click();
    await expect(page).toHaveURL(/\/projects\/[0-9a-f-]{36}$/);
    await expect(page).toHaveTitle(new RegExp(name));
    const main = page.getByRole("main");
    await expect(main.getByRole("heading", { name, level: 1 })).toBeVisible();
    await expect(main.getByText("Rain and shine.")).toBeVisible();
    await expect(main.getByRole("heading", { name: "About" })).toBeVisible();
    await expect(main.getByText("<script>alert(1)</script>")).toBeVisible();
    await expect(main.getByRole("link", { name: "site" })).toHaveAttribute("rel", /noopener/);
});

test("a form that was closed by mistake opens with what was typed", async ({ page }) => {
    await page.goto("/projects");
    await page.getByRole("button", { name: "New project" }).first().click();
    await page.getByLabel("Name", { exact: true }).fill("Half a name");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog", { name: "New project" })).toBeHidden();
    await expect(page.getByRole("button", { name: "New project" }).first()).toBeFocused();
    await page.getByRole("button", { name: "New project" }).first().click();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Half a name");
});

test("impatient clicks make one project", async ({ page, ann }) => {
    const name = unique("Once");
    await page.goto("/projects");
    await page.getByRole("button", { name: "New project" }).first().click();
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByRole("button", { name: "Create project" }).evaluate((button: HTMLElement) => {
        for (let click = 0; click < 5; click++) {
            button.click();
        }
    });
    await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
    const found = await ann.ask<{ totalRecords: number }>("GET", `/api/projects?searchString=${encodeURIComponent(name)}`);
    expect(found.totalRecords).toBe(1);
});

test("projects are searched and filtered, and the address tells it", async ({ page, ann, ben }) => {
    const mark = unique("Findable").replace(" ", "");
    await createProject(ann, { name: `${mark} mine`, executiveSummary: "a summary" });
    await createProject(ben, { name: `${mark} theirs`, public: true });
    await createProject(ben, { name: `${mark} hidden` });
    await page.goto("/projects");
    await page.getByRole("searchbox", { name: "Search projects" }).fill(mark.toUpperCase());
    await expect(page.getByRole("link", { name: new RegExp(mark) })).toHaveCount(2);
    await expect(page).toHaveURL(new RegExp(`q=${mark.toUpperCase()}`));
    await page.getByRole("radio", { name: "Mine" }).check();
    await expect(page.getByRole("link", { name: new RegExp(mark) })).toHaveCount(1);
    await page.getByRole("radio", { name: "Public" }).check();
    await expect(page.getByRole("link", { name: `${mark} theirs` })).toBeVisible();
    await expect(page.getByRole("link", { name: new RegExp(mark) })).toHaveCount(1);
    await page.getByRole("radio", { name: "Shared with me" }).check();
    await expect(page.getByText("No project matches")).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("link", { name: `${mark} theirs` })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("searchbox", { name: "Search projects" })).toHaveValue(mark.toUpperCase());
    await expect(page.getByRole("link", { name: new RegExp(mark) })).toHaveCount(1);
});

test("many projects come in pages, each project on one of them", async ({ page, ann }) => {
    const mark = unique("Paged").replace(" ", "");
    for (let number = 0; number < 30; number++) {
        await createProject(ann, { name: `${mark} ${String(number).padStart(2, "0")}` });
    }
    await page.goto(`/projects?q=${mark}`);
    const cards = page.getByRole("main").getByRole("link", { name: new RegExp(`^${mark}`) });
    await expect(cards).toHaveCount(24);
    const first = await cards.allTextContents();
    await expect(page.getByText(/of 30/)).toBeVisible();
    await page.getByRole("button", { name: "Next" }).click();
    await expect(cards).toHaveCount(6);
    const all = new Set([...first, ...(await cards.allTextContents())]);
    expect(all.size).toBe(30);
});

test("a change that somebody else was faster with shows both, and loses neither", async ({ page, ann, faults }) => {
    faults.expect(/status of 412/);
    const project = await createProject(ann, { name: unique("Contested"), executiveSummary: "before" });
    await page.goto(`/projects/${project.projectId}`);
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Edit project" });
    await dialog.getByLabel("Summary").fill("my words");
    await ann.ask("PUT", `/api/projects/${project.projectId}`, { executiveSummary: "their words" }, { "If-Match": `"v${project.version}"` });
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog.getByText("The summary is now “their words”.")).toBeVisible();
    await expect(dialog.getByLabel("Summary")).toHaveValue("my words");
    expect((await readProject(ann, project.projectId)).executiveSummary).toBe("their words");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText("my words")).toBeVisible();
    expect((await readProject(ann, project.projectId)).executiveSummary).toBe("my words");
});

test("a project is deleted only by its name", async ({ page, ann }) => {
    const project = await createProject(ann, { name: unique("Doomed") });
    await page.goto(`/projects/${project.projectId}`);
    await page.getByRole("main").getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete project" }).click();
    const dialog = page.getByRole("dialog", { name: `Delete ${project.name}?` });
    const remove = dialog.getByRole("button", { name: "Delete project" });
    await expect(remove).toHaveAttribute("aria-disabled", "true");
    await dialog.getByRole("textbox").fill("something else");
    await expect(remove).toHaveAttribute("aria-disabled", "true");
    await dialog.getByRole("textbox").fill(project.name);
    await remove.click();
    await expect(page).toHaveURL("/projects");
    expect((await ann.send("GET", `/api/projects/${project.projectId}`)).status).toBe(404);
});

test("a guest reads a public project, and each control that is not hers says why", async ({ bensPage, ann }) => {
    const project = await createProject(ann, { name: unique("Open"), public: true });
    await bensPage.goto(`/projects/${project.projectId}`);
    await expect(bensPage.getByRole("heading", { name: project.name, level: 1 })).toBeVisible();
    const edit = bensPage.getByRole("button", { name: "Edit", exact: true });
    await expect(edit).toHaveAttribute("aria-disabled", "true");
    await expect(edit).toHaveAttribute("data-tip", /needs the role Maintainer.*yours is Guest/);
    await edit.click({ force: true });
    await expect(bensPage.getByRole("dialog").filter({ visible: true })).toHaveCount(0);
});

test("a project that is not hers to see looks like one that never was", async ({ bensPage, ann, faults }) => {
    faults.expect(/status of 404/);
    const hidden = await createProject(ann, { name: unique("Hidden") });
    const read = async (id: string): Promise<string> => {
        await bensPage.goto(`/projects/${id}`);
        await expect(bensPage.getByText("Not here, or not yours to see")).toBeVisible();
        return (await bensPage.getByRole("main").innerText()).trim();
    };
    expect(await read(hidden.projectId)).toBe(await read("00000000-0000-4000-8000-000000000000"));
    await expect(bensPage).not.toHaveTitle(new RegExp(hidden.name));
});
