import { createProject, unique } from "../support/project.ts";
import { expect, test } from "../support/test.ts";

test("everything is found by its name, from everywhere, with the keyboard alone", async ({ page, ann }) => {
    const { projectId } = await createProject(ann, { name: unique("Rainfall") });
    const code = unique("rain models");
    await ann.ask("POST", `/api/projects/${projectId}/code`, { codeRepositoryName: code, uri: "https://example.org/rain.git" });
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "Home", level: 1 })).toBeVisible();
    await page.keyboard.press("Control+k");
    const line = page.getByRole("combobox", { name: "Search everything" });
    await expect(line).toBeFocused();
    await page.keyboard.type(code);
    const hit = page.getByRole("option", { name: code });
    await expect(hit).toBeVisible();
    await expect(hit).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/projects/${projectId}/code/[0-9a-f-]{36}$`));
    await expect(page.getByRole("heading", { name: code, level: 2 })).toBeVisible();
});

test("what one may not see is not found", async ({ page, bensPage, ann }) => {
    const project = await createProject(ann, { name: unique("Secret plan") });
    for (const [of, expected] of [[page, 1], [bensPage, 0]] as const) {
        await of.goto("/");
        await of.getByRole("button", { name: "Search everything" }).click();
        await of.getByRole("combobox", { name: "Search everything" }).fill(project.name);
        await expect(of.getByText("Nothing of that name that you may see.").or(of.getByRole("option", { name: project.name }))).toBeVisible();
        await expect(of.getByRole("option", { name: project.name })).toHaveCount(expected);
    }
});
