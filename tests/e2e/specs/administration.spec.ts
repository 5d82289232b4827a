import { Person } from "../support/person.ts";
import { unique } from "../support/project.ts";
import { expect, test } from "../support/test.ts";

test("an administrator adds a person, keeps her out and lets her in again", async ({ visitor, server }) => {
    const root = await Person.signIn(server, "root");
    await root.enter(visitor.context());
    const name = unique("dora").replace(" ", "-");
    await visitor.goto("/admin/users");
    await visitor.getByRole("button", { name: "Add a person" }).click();
    const dialog = visitor.getByRole("dialog", { name: "Add a person" });
    await dialog.getByRole("button", { name: "Add" }).click();
    await expect(dialog.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await dialog.getByLabel("Name", { exact: true }).fill(name);
    await dialog.getByLabel("E-mail address").fill(`${name}@example.org`);
    await dialog.getByRole("button", { name: "Add" }).click();
    await expect(dialog.getByText(/\/link\?token=/)).toBeVisible();
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(dialog).toBeHidden();
    await expect(visitor.getByText(/\/link\?token=/), "the link is shown once").toHaveCount(0);

    await visitor.getByRole("searchbox", { name: "Search users" }).fill(name);
    const row = visitor.getByRole("main").getByRole("listitem").filter({ hasText: name });
    await expect(visitor.getByRole("main").getByRole("listitem"), "the search has an answer").toHaveCount(1);
    await row.getByRole("button", { name: `Actions for ${name}` }).click();
    await visitor.getByRole("menuitem", { name: "Disable", exact: true }).click();
    await visitor.getByRole("dialog", { name: `Keep ${name} out?` }).getByRole("button", { name: "Disable" }).click();
    await expect(row.getByText("Disabled")).toBeVisible();
    await row.getByRole("button", { name: `Actions for ${name}` }).click();
    await visitor.getByRole("menuitem", { name: "Enable", exact: true }).click();
    await expect(row.getByText("Disabled")).toHaveCount(0);
});

test("who is no administrator is told so", async ({ page }) => {
    await page.goto("/admin/users");
    await expect(page.getByText("This is for administrators")).toBeVisible();
});
