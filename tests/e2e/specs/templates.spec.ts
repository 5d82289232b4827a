import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { fill, launch, test } from "../support/launching.ts";
import type { Person } from "../support/person.ts";
import { expect } from "../support/test.ts";

/** The templates of the form, as a person finds her way among them. */
class Templates {
    constructor(readonly page: Page) {}

    /** The button that says which template filled the form. */
    named(name: string) {
        return this.page.getByRole("group", { name: "Template" }).getByRole("button", { name, exact: true });
    }

    async fillWith(from: string, name: string | RegExp): Promise<void> {
        await this.named(from).click();
        await this.page.getByRole("menuitemradio", { name }).click();
    }

    async choose(action: string): Promise<void> {
        await this.page.getByRole("button", { name: "What to do with the template" }).click();
        await this.page.getByRole("menu").getByText(action, { exact: true }).click();
    }

    async save(name: string, isShared = false): Promise<void> {
        await this.named("Templates").click();
        await this.page.getByRole("menuitem", { name: "Save as template…" }).click();
        const dialog = this.page.getByRole("dialog", { name: "Save as template" });
        await dialog.getByLabel("Name").fill(name);
        if (isShared) {
            await dialog.getByLabel("Share with the project").check();
        }
        await dialog.getByRole("button", { name: "Save template" }).click();
        await expect(this.named(name)).toBeVisible();
    }
}

interface Kept {
    templateId: string;
    name: string;
    version: number;
    isShared: boolean;
    draft: Record<string, unknown>;
}

async function kept(ann: Person, projectId: string): Promise<Kept[]> {
    return (await ann.ask<{ templates: Kept[] }>("GET", `/api/projects/${projectId}/run-templates`)).templates;
}

const alpha = (page: Page) => page.getByLabel("alpha", { exact: true });
const data = (page: Page) => page.getByRole("combobox", { name: /^Data/ });

test("a template is saved without secrets, fills the form anew, and gives back what was typed", async ({ page, ann, place }) => {
    const templates = new Templates(page);
    await page.goto(launch(place));
    await fill(page);
    await page.getByRole("combobox", { name: /^Version/ }).fill("v1");
    await page.getByRole("button", { name: "Add parameter" }).click();
    await page.getByLabel("Name", { exact: true }).first().fill("api_token");
    await page.getByLabel("Value", { exact: true }).fill("hush-hush");
    await templates.named("Templates").click();
    await expect(page.getByText("Save what the form holds, to begin with it the next time.")).toBeVisible();
    await page.keyboard.press("Escape");
    await templates.save("Nightly");
    const [saved] = await kept(ann, place.projectId);
    expect(saved).toMatchObject({
        name: "Nightly",
        isShared: false,
        draft: {
            codeRepositoryId: place.code, branch: "main", commit: "", entryPoint: "main", dataRepositoryId: place.red, dataVersion: "v1",
            mlflowParameters: { alpha: "1e-3", api_token: "" },
            backendConfigYaml: "UnicoreApiUrl: https://unicore.invalid/rest/core\nResources:\n  Queue: devel\n  Nodes: 2\n",
        },
    });
    expect(JSON.stringify(saved)).not.toContain("hush-hush");

    await page.evaluate(() => sessionStorage.clear());
    await page.goto(launch(place));
    await page.getByLabel("Code", { exact: true }).selectOption("wine");
    await alpha(page).fill("7");
    await data(page).selectOption("white");
    await page.getByLabel("Name", { exact: true }).last().fill("my own name");
    await templates.fillWith("Templates", "Nightly");
    await expect(templates.named("Nightly")).toBeVisible();
    await expect(alpha(page)).toHaveValue("1e-3");
    await expect(data(page)).toHaveValue(place.red);
    await expect(page.getByRole("combobox", { name: /^Version/ })).toHaveValue("v1");
    await expect(page.getByRole("combobox", { name: "Branch, tag or commit" })).toHaveValue("main");
    await expect(page.getByLabel("Queue")).toHaveValue("devel");
    await expect(page.getByLabel("Value", { exact: true }), "its name is kept").toHaveValue("");
    await expect(page.getByLabel("Name", { exact: true }).last(), "a run has its own name").toHaveValue("my own name");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(alpha(page)).toHaveValue("7");
    await expect(data(page)).toHaveValue(place.white);
    await expect(page.getByLabel("Value", { exact: true })).toHaveCount(0);
    await expect(templates.named("Templates")).toBeVisible();
    await templates.fillWith("Templates", "Nightly");
    await page.getByRole("link", { name: "Experiments" }).first().click();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("heading", { name: "New run" }), "there is no form any more").toHaveCount(0);

    await page.evaluate(() => sessionStorage.clear());
    await page.goto(`${launch(place)}?template=${saved!.templateId}`);
    await expect(templates.named("Nightly")).toBeVisible();
    await expect(alpha(page)).toHaveValue("1e-3");
    await expect(data(page)).toHaveValue(place.red);
    await alpha(page).fill("0.25");
    await templates.choose("Update template");
    await expect(page.getByText("The template was updated.")).toBeVisible();
    expect((await kept(ann, place.projectId))[0]!.draft["mlflowParameters"]).toEqual({ alpha: "0.25", api_token: "" });
});

test("a shared template serves others, and one that was deleted comes back", async ({ page, bensPage, ann, ben, place }) => {
    await ann.ask("PUT", `/api/projects/${place.projectId}/members/${ben.userId}`, { role: "RESEARCHER" });
    const [mine, bens] = [new Templates(page), new Templates(bensPage)];
    await page.goto(launch(place));
    await fill(page);
    await bensPage.goto(launch(place));
    await expect(bens.named("Templates")).toBeVisible();
    await mine.save("Ours", true);

    await bens.named("Templates").click();
    await expect(bensPage.getByRole("menuitemradio", { name: /Ours.*ann/ }), "it shows by itself").toBeVisible();
    await bensPage.getByRole("menuitemradio", { name: /Ours/ }).click();
    await expect(alpha(bensPage)).toHaveValue("1e-3");
    await expect(bensPage.getByText("Not among those that you may use"), "the connection stays ann's").toHaveCount(0);
    await bensPage.getByRole("button", { name: "What to do with the template" }).click();
    await expect(bensPage.getByRole("menuitem", { name: /Delete….*ann shares this template/ })).toBeVisible();
    await bensPage.keyboard.press("Escape");

    await mine.choose("Rename…");
    const rename = page.getByRole("dialog", { name: "Rename the template" });
    await rename.getByLabel("Name").fill("Everybody's");
    await rename.getByRole("button", { name: "Save" }).click();
    await expect(mine.named("Everybody's")).toBeVisible();
    await expect(bens.named("Everybody's")).toBeVisible();

    await mine.choose("Delete…");
    const sure = page.getByRole("dialog", { name: "Delete the template “Everybody's”?" });
    await sure.getByRole("button", { name: "Delete template" }).click();
    await expect(mine.named("Templates")).toBeVisible();
    await expect(alpha(page), "the form stays").toHaveValue("1e-3");
    await expect(bens.named("Templates")).toBeVisible();
    await expect(alpha(bensPage)).toHaveValue("1e-3");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("The template is there again.")).toBeVisible();
    await expect(mine.named("Everybody's")).toBeVisible();
    await bens.fillWith("Templates", /Everybody's/);
    await expect(bens.named("Everybody's"), "it is shared as before").toBeVisible();
});

test("a template that somebody else has changed is not overwritten unasked", async ({ page, ann, place, faults }) => {
    faults.expect(/status of 412/);
    const templates = new Templates(page);
    await page.goto(launch(place));
    await fill(page);
    await templates.save("Contested");
    const theirs = async (value: string): Promise<void> => {
        const [template] = await kept(ann, place.projectId);
        const draft = { ...template!.draft, mlflowParameters: { alpha: value } };
        const path = `/api/projects/${place.projectId}/run-templates/${template!.templateId}`;
        await ann.ask("PUT", path, { draft }, { "If-Match": `"v${template!.version}"` });
    };
    const stored = async () => (await kept(ann, place.projectId))[0]!.draft["mlflowParameters"];
    const conflict = page.getByRole("dialog", { name: "Somebody else has changed this template" });

    await alpha(page).fill("0.25");
    await theirs("0.75");
    await templates.choose("Update template");
    await expect(conflict.getByText("The choice of parameters is now “alpha = 0.75”.")).toBeVisible();
    expect(await stored(), "nothing is overwritten").toEqual({ alpha: "0.75" });
    await conflict.getByRole("button", { name: "Take theirs" }).click();
    await expect(conflict).toBeHidden();
    await expect(alpha(page)).toHaveValue("0.75");
    await page.getByRole("button", { name: "Undo" }).last().click();
    await expect(alpha(page), "what was typed comes back").toHaveValue("0.25");

    await theirs("0.9");
    await templates.choose("Update template");
    await conflict.getByRole("button", { name: "Update all the same" }).click();
    await expect(conflict).toBeHidden();
    await expect(page.getByText("The template was updated.")).toBeVisible();
    expect(await stored()).toEqual({ alpha: "0.25" });

    await alpha(page).fill("0.5");
    await templates.choose("Update template");
    await expect(page.getByText("The template was updated.").last()).toBeVisible();
    await expect.poll(stored, "the next update is made to one's own").toEqual({ alpha: "0.5" });
    await expect(conflict).toBeHidden();
});

test("an address with a template that is not there says so, and the form begins empty", async ({ page, place }) => {
    await page.goto(`${launch(place)}?template=0190a5b2-c3d4-4e5f-8a9b-cdef01234567`);
    await expect(page.getByText("This template was deleted, or is not shared with you.")).toBeVisible();
    await expect(page.getByLabel("Code", { exact: true })).toHaveValue("");
});

test("templates are accessible, and reached by the keyboard", async ({ page, place }) => {
    const templates = new Templates(page);
    await page.goto(launch(place));
    await fill(page);
    await templates.save("By keyboard");
    for (const [scheme, size] of [["light", { width: 1440, height: 900 }], ["dark", { width: 390, height: 844 }]] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize(size);
        await templates.named("By keyboard").focus();
        await page.keyboard.press("Enter");
        await expect(page.getByRole("menuitemradio", { name: "By keyboard" })).toBeFocused();
        const { violations } = await new AxeBuilder({ page }).include(".page").analyze();
        expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html.slice(0, 200)) })), scheme).toEqual([]);
        await page.keyboard.press("Enter");
        await expect(page.getByText("“By keyboard” fills the form.").last()).toBeVisible();
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, "the page does not scroll sideways").toBeLessThanOrEqual(size.width);
    }
});
