import { createProject, readProject, unique } from "../support/project.ts";
import { expect, test } from "../support/test.ts";

test("somebody is invited to a project, accepts, gets another role and is removed", async ({ page, bensPage, ann }) => {
    const project = await createProject(ann, { name: unique("Shared") });
    await page.goto(`/projects/${project.projectId}/settings/members`);
    await page.getByRole("button", { name: "Invite" }).click();
    const dialog = page.getByRole("dialog", { name: "Invite somebody" });
    await dialog.getByRole("button", { name: "Invite" }).click();
    const who = dialog.getByLabel("Name or e-mail address");
    await expect(who).toHaveAttribute("aria-invalid", "true");
    await who.fill("ben");
    await dialog.getByLabel("Role").selectOption({ label: "Reporter" });
    await dialog.getByRole("button", { name: "Invite" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("button", { name: "Withdraw" })).toBeVisible();

    await bensPage.goto(`/projects?q=${encodeURIComponent(project.name)}`);
    await bensPage.getByRole("button", { name: /wait.* for you/ }).click();
    await bensPage.getByRole("menuitem", { name: `Accept the invitation to ${project.name}` }).click();
    await expect(bensPage.getByText(`You belong to ${project.name} now.`)).toBeVisible();
    await expect(bensPage.getByRole("link", { name: project.name })).toBeVisible();

    const role = page.getByLabel("Role of ben");
    await expect(role, "he appears by himself").toHaveValue("REPORTER");
    await expect(page.getByText("Reporter, given to the person")).toBeVisible();
    await role.selectOption({ label: "Maintainer" });
    await expect(page.getByText("Maintainer, given to the person")).toBeVisible();
    await role.focus();
    await role.selectOption({ label: "Researcher" });
    await role.selectOption({ label: "Guest" });
    await expect(page.getByText("Guest, given to the person"), "the last choice counts").toBeVisible();
    await expect(role, "the row stays").toBeFocused();

    await page.getByRole("button", { name: "Remove ben" }).click();
    await page.getByRole("dialog", { name: "Remove ben?" }).getByRole("button", { name: "Remove" }).click();
    await expect(page.getByLabel("Role of ben")).toHaveCount(0);
    await expect(page.getByText("Owns the project")).toBeVisible();
});

test("an invitation is withdrawn", async ({ page, ann }) => {
    const project = await createProject(ann);
    await ann.ask("POST", `/api/projects/${project.projectId}/invitations`, { email: "somebody@example.org", role: "REPORTER" });
    await page.goto(`/projects/${project.projectId}/settings/members`);
    await expect(page.getByText("somebody@example.org")).toBeVisible();
    await page.getByRole("button", { name: "Withdraw" }).click();
    await expect(page.getByText("Nobody has an open invitation.")).toBeVisible();
});

test("a project is handed over to one of its members", async ({ page, ann, ben, faults }) => {
    // What only owners may read is asked for once more before the page knows that she is none any longer.
    faults.expect(/status of 403/);
    const project = await createProject(ann);
    await ann.ask("PUT", `/api/projects/${project.projectId}/members/${ben.userId}`, { role: "RESEARCHER" });
    await page.goto(`/projects/${project.projectId}/settings/members`);
    await page.getByRole("button", { name: "Hand over" }).click();
    const dialog = page.getByRole("dialog", { name: `Hand ${project.name} over?` });
    await dialog.getByLabel("To whom").selectOption({ label: "ben" });
    await dialog.getByRole("button", { name: "Hand over" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("button", { name: "Invite" })).toHaveAttribute("data-tip", /needs the role Owner/);
    expect(await ben.ask<{ owner: { name: string } }>("GET", `/api/projects/${project.projectId}`)).toMatchObject({ owner: { name: "ben" } });
});

test("a project is described while one sees what others will read", async ({ page, ann }) => {
    const project = await createProject(ann);
    await page.goto(`/projects/${project.projectId}`);
    await page.getByRole("main").getByRole("link", { name: "Settings" }).click();
    await expect(page).toHaveURL(`/projects/${project.projectId}/settings`);
    await page.getByRole("textbox", { name: "Description" }).fill("# Aim\n\n- first");
    await expect(page.getByRole("heading", { name: "Aim" })).toBeVisible();
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Danger" }).click();
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "General" }).click();
    await expect(page.getByRole("textbox", { name: "Description" }), "what was typed stays").toHaveValue("# Aim\n\n- first");
    await page.getByLabel("Summary").fill("In short.");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("The project was saved.")).toBeVisible();
    expect((await readProject(ann, project.projectId)).executiveSummary).toBe("In short.");
    await page.getByLabel("Summary").fill("In shorter.");
    await page.getByRole("button", { name: "Save" }).click();
    await expect.poll(async () => (await readProject(ann, project.projectId)).executiveSummary).toBe("In shorter.");
});

test("a project is deleted from its settings", async ({ page, ann }) => {
    const project = await createProject(ann, { name: unique("Doomed") });
    await page.goto(`/projects/${project.projectId}/settings/danger`);
    await page.getByRole("button", { name: "Delete project" }).click();
    const dialog = page.getByRole("dialog", { name: `Delete ${project.name}?` });
    await dialog.getByRole("textbox").fill(project.name);
    await dialog.getByRole("button", { name: "Delete project" }).click();
    await expect(page).toHaveURL("/projects");
});
