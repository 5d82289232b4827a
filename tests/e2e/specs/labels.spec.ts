import { Person } from "../support/person.ts";
import { createProject, unique } from "../support/project.ts";
import { expect, test } from "../support/test.ts";

test("labels are given to a project, renamed, merged and deleted for all", async ({ page, visitor, ann, server }) => {
    const project = await createProject(ann);
    const [one, two] = [unique("one"), unique("two")];
    await page.goto(`/projects/${project.projectId}/settings/general`);
    const labels = page.getByLabel("Labels");
    await labels.fill("no colon");
    await labels.press("Enter");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(/a colon and a name/)).toBeVisible();
    await page.getByRole("button", { name: "Remove no colon" }).click();
    await labels.fill(`kind: ${one}`);
    await labels.press("Enter");
    await labels.fill(`kind: ${two}`);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("The project was saved.")).toBeVisible();
    const read = async (): Promise<string[]> => {
        const { labels } = await ann.ask<{ labels: { name: string }[] }>("GET", `/api/projects/${project.projectId}`);
        return labels.map((label) => label.name).sort();
    };
    expect(await read()).toEqual([one, two].sort());

    const root = await Person.signIn(server, "root");
    await root.enter(visitor.context());
    await visitor.goto(`/admin/labels?q=${encodeURIComponent(one)}`);
    await visitor.getByRole("button", { name: `Actions for kind: ${one}` }).click();
    await visitor.getByRole("menuitem", { name: "Edit" }).click();
    const edit = visitor.getByRole("dialog", { name: "Edit label" });
    await edit.getByLabel("Colour").fill("red");
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(edit.getByLabel("Colour")).toHaveAttribute("aria-invalid", "true");
    await edit.getByLabel("Colour").fill("#1f77b4");
    await edit.getByLabel("Name", { exact: true }).fill(`${one} renamed`);
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(visitor.getByRole("button", { name: `Actions for kind: ${one} renamed` })).toBeVisible();

    await visitor.getByRole("button", { name: `Actions for kind: ${one} renamed` }).click();
    await visitor.getByRole("menuitem", { name: "Merge into another" }).click();
    const merge = visitor.getByRole("dialog", { name: "Merge labels" });
    await merge.getByLabel("Label that stays").selectOption({ label: `kind: ${two}` });
    await merge.getByRole("button", { name: "Merge" }).click();
    await expect(merge).toBeHidden();
    expect(await read()).toEqual([two]);

    await visitor.goto(`/admin/labels?q=${encodeURIComponent(two)}`);
    await visitor.getByRole("button", { name: `Actions for kind: ${two}` }).click();
    await visitor.getByRole("menuitem", { name: "Delete" }).click();
    await visitor.getByRole("dialog", { name: `Delete ${two}?` }).getByRole("button", { name: "Delete label" }).click();
    await expect(visitor.getByText("No label matches")).toBeVisible();
    expect(await read()).toEqual([]);
});

test("of two who change a label the second sees what the first did, and keeps what she typed", async ({ visitor, server, faults }) => {
    faults.expect(/status of 412/);
    const name = unique("shared");
    const root = await Person.signIn(server, "root");
    const label = await root.ask<{ labelId: string }>("POST", "/api/labels", { scope: "kind", name });
    await root.enter(visitor.context());
    await visitor.goto(`/admin/labels?q=${encodeURIComponent(name)}`);
    await visitor.getByRole("button", { name: `Actions for kind: ${name}` }).click();
    await visitor.getByRole("menuitem", { name: "Edit" }).click();
    const edit = visitor.getByRole("dialog", { name: "Edit label" });
    await edit.getByLabel("Colour").fill("#1f77b4");
    await root.ask("PUT", `/api/labels/${label.labelId}`, { value: "2.6" }, { "If-Match": '"v1"' });
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(edit.getByText("The value is now “2.6”.")).toBeVisible();
    await expect(edit.getByLabel("Colour")).toHaveValue("#1f77b4");
    await edit.getByRole("button", { name: "Take theirs instead" }).click();
    await expect(edit.getByLabel("Value")).toHaveValue("2.6");
    await edit.getByLabel("Colour").fill("#ff7f0e");
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(edit).toBeHidden();
});
