import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { fill, launch, run, test } from "../support/launching.ts";
import type { Person } from "../support/person.ts";
import { createProject } from "../support/project.ts";
import { expect } from "../support/test.ts";

interface Launched {
    name: string;
    branch: string;
    commit: string;
    entryPoint: string;
    mlflowParameters: Record<string, unknown>;
    backendConfig: Record<string, unknown>;
    dataRepository: { dataRepositoryId: string } | null;
    status: string;
}

/** The run that the page shows, as the server knows it. */
async function shownRun(page: Page, ann: Person): Promise<Launched> {
    await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
    return await ann.ask<Launched>("GET", `/api${new URL(page.url()).pathname}`);
}

test("a run is started from its entry point, checked before, and told as a command", async ({ page, ann, place }) => {
    await page.goto(`/projects/${place.projectId}/runs`);
    await page.getByRole("link", { name: "New run" }).click();
    await expect(page.getByRole("heading", { name: "New run" })).toBeVisible();
    await run(page).click();
    await expect(page.getByLabel("Code", { exact: true })).toBeFocused();
    await expect(page.getByText("Choose the code that is executed.").first()).toBeVisible();

    await fill(page);
    await page.getByLabel("alpha", { exact: true }).fill("much");
    await page.getByRole("button", { name: "Check" }).click();
    await expect(page.getByLabel("alpha", { exact: true })).toBeFocused();
    await expect(page.getByText("Enter a number, such as 0.5 or 1e-3.").first()).toBeVisible();
    await page.getByLabel("alpha", { exact: true }).fill("1e-3");
    await page.getByRole("switch", { name: /deep/ }).click();
    await page.getByRole("button", { name: "Add parameter" }).click();
    await page.getByLabel("Name", { exact: true }).first().fill("seed");
    await page.getByLabel("Value", { exact: true }).fill("7");
    await page.getByRole("button", { name: "Check" }).click();
    await expect(page.getByText("Checked: this run can be started.")).toBeVisible();
    await expect(page.getByText("it gets `--seed` behind its command")).toBeVisible();
    await expect(page.getByRole("region", { name: "Shell" })).toContainText("-P alpha=0.001");

    await run(page).click();
    const started = await shownRun(page, ann);
    expect(started).toMatchObject({
        name: "wine",
        branch: "main",
        commit: expect.stringMatching(/^[0-9a-f]{40}$/),
        entryPoint: "main",
        mlflowParameters: { alpha: 0.001, deep: true, seed: 7 },
        backendConfig: { UnicoreApiUrl: "https://unicore.invalid/rest/core", Resources: { Queue: "devel", Nodes: 2 } },
        dataRepository: { dataRepositoryId: place.red },
        status: "SCHEDULED",
    });
});

test("a run is started again with other data from the page of the data", async ({ page, ann, place }) => {
    await page.goto(launch(place));
    await fill(page);
    await run(page).click();
    const before = await shownRun(page, ann);

    await page.goto(`/projects/${place.projectId}/data/${place.white}`);
    await page.getByRole("link", { name: "Run with this data" }).click();
    await expect(page.getByText("Changed from red")).toBeVisible();
    await expect(page.getByLabel("alpha", { exact: true })).toHaveValue("0.001");
    await run(page).click();
    await expect(page).toHaveURL(/\/compare\?runs=[0-9a-f]{32},[0-9a-f]{32}$/);
    const differing = page.getByRole("region", { name: "Runs side by side" }).getByRole("rowheader");
    await expect(differing.filter({ hasText: "Repository" }), "the data").toHaveCount(1);
    for (const same of ["Entry point", "Queue", "Nodes", "alpha", "Experiment"]) {
        await expect(differing.filter({ hasText: same })).toHaveCount(0);
    }
    await page.getByRole("columnheader").getByRole("link").last().click();
    const after = await shownRun(page, ann);
    expect(after.dataRepository?.dataRepositoryId).toBe(place.white);
    expect(after.name).not.toBe(before.name);
    expect([after.commit, after.mlflowParameters, after.backendConfig]).toEqual([before.commit, before.mlflowParameters, before.backendConfig]);

    await page.getByRole("button", { name: "Run again" }).click();
    await page.getByRole("menuitem", { name: "With other parameters" }).click();
    await expect(page.getByLabel("alpha", { exact: true })).toBeFocused();
    await page.getByLabel("alpha", { exact: true }).fill("0.5");
    await expect(page.getByText("Changed from 0.001")).toBeVisible();
    await page.getByRole("button", { name: /Take back/ }).click();
    await expect(page.getByLabel("alpha", { exact: true })).toHaveValue("0.001");
});

test("on a phone the form opens at the part that is to be changed", async ({ page, ann, place }) => {
    await page.goto(launch(place));
    await fill(page);
    await run(page).click();
    await shownRun(page, ann);
    const address = page.url();
    await page.setViewportSize({ width: 390, height: 844 });
    for (const [item, part, field] of [
        ["With other data", "[data-leg=data]", page.getByRole("combobox", { name: /^Data/ })],
        ["With other code", "[data-leg=code]", page.getByLabel("Code", { exact: true })],
        ["With other parameters", "#launch-parameters", page.getByLabel("alpha", { exact: true })],
        ["With other resources", "[data-leg=resources]", page.locator("[data-leg=resources] input").first()],
    ] as const) {
        await page.goto(address);
        await page.getByRole("button", { name: "Run again" }).click();
        await page.getByRole("menuitem", { name: item }).click();
        await expect(field, item).toBeFocused();
        // What stands above comes in late, and a new page is scrolled to its top.
        await page.waitForTimeout(1_800);
        await expect(field, item).toBeInViewport();
        const { y } = (await page.locator(part).boundingBox())!;
        expect(y, `${item}: below the bar`).toBeGreaterThan(40);
        expect(y, `${item}: at the top`).toBeLessThan(160);
    }
});

test("fields and YAML say the same, and neither loses what was typed", async ({ page, place }) => {
    await page.goto(launch(place));
    await fill(page);
    const view = (name: string) => page.getByRole("radio", { name, exact: true });
    await view("YAML").check({ force: true });
    const yaml = page.getByLabel("Backend config in YAML");
    await expect(yaml).toHaveValue("UnicoreApiUrl: https://unicore.invalid/rest/core\nResources:\n  Queue: devel\n  Nodes: 2\n");
    await yaml.fill(`# Ours\n${await yaml.inputValue()}  Runtime`);
    await expect(page.getByText("Line 6: write a key, a colon and a value, such as `Nodes: 2`.")).toBeVisible();
    await view("Form").check({ force: true });
    await expect(page.getByLabel("Queue")).toBeDisabled();
    await page.getByRole("button", { name: "Mend the YAML" }).click();
    await yaml.fill(`${await yaml.inputValue()}: 12h # long\n`);
    await view("Form").check({ force: true });
    await expect(page.getByLabel("Runtime")).toHaveValue("12h");
    await page.getByLabel("Queue").fill("booster");
    await view("YAML").check({ force: true });
    await expect(yaml).toHaveValue(
        "# Ours\nUnicoreApiUrl: https://unicore.invalid/rest/core\nResources:\n  Queue: booster\n  Nodes: 2\n  Runtime: 12h # long\n",
    );
});

test("a draft survives a reload until it is discarded", async ({ page, place }) => {
    await page.goto(launch(place));
    await fill(page);
    await page.getByRole("button", { name: "Add parameter" }).click();
    await page.getByLabel("Name", { exact: true }).first().fill("api_token");
    await page.getByLabel("Value", { exact: true }).fill("hush-hush");
    await expect.poll(async () => page.evaluate(() => JSON.stringify({ ...sessionStorage }))).toContain("api_token");
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain("hush-hush");
    await page.reload();
    await expect(page.getByText("This is your draft")).toContainText("looked like a secret was not kept");
    await expect(page.getByLabel("alpha", { exact: true })).toHaveValue("1e-3");
    await expect(page.getByLabel("Queue")).toHaveValue("devel");
    await page.getByRole("button", { name: "Discard the draft" }).click();
    await expect(page.getByLabel("Code", { exact: true })).toHaveValue("");
    await page.reload();
    await expect(page.getByLabel("Code", { exact: true })).toBeVisible();
    await expect(page.getByText("This is your draft")).toHaveCount(0);
});

test("who may not start runs sees why", async ({ bensPage, ann }) => {
    const { projectId } = await createProject(ann, { public: true });
    await bensPage.goto(`/projects/${projectId}/runs/new`);
    await expect(bensPage.getByText(/needs the role Researcher/).first()).toBeVisible();
    await expect(run(bensPage)).toHaveAttribute("aria-disabled", "true");
});

test("the form is accessible", async ({ page, place }) => {
    await page.goto(launch(place));
    await fill(page);
    await page.getByLabel("alpha", { exact: true }).fill("much");
    await page.getByRole("button", { name: "Check" }).click();
    await expect(page.getByText("Enter a number, such as 0.5 or 1e-3.").first()).toBeVisible();
    for (const [scheme, size] of [["light", { width: 1440, height: 900 }], ["dark", { width: 390, height: 844 }]] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize(size);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html.slice(0, 200)) })), scheme).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, "the page does not scroll sideways").toBeLessThanOrEqual(size.width);
    }
});
