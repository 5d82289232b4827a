/** From an empty server, in the browser alone: who sets a project up, and what each role lets others do in it. */
import type { Browser, BrowserContext, Page } from "@playwright/test";

import { PASSWORD, Server } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

const ROLES = ["Guest", "Reporter", "Researcher", "Maintainer", "Owner"] as const;
type Role = (typeof ROLES)[number];

/** A button of the project, and the least role that may press it. */
const DOORS: { path: string; button: string; least: Role }[] = [
    { path: "deployments", button: "Add deployment", least: "Reporter" },
    { path: "code", button: "Add code", least: "Researcher" },
    { path: "experiments", button: "New experiment", least: "Researcher" },
    { path: "models/trained", button: "Add saved model", least: "Researcher" },
    { path: "settings/general", button: "Save", least: "Maintainer" },
    { path: "settings/members", button: "Invite", least: "Owner" },
    { path: "settings/danger", button: "Delete project", least: "Owner" },
];

test.describe.configure({ mode: "serial" });

let empty: Server;
let first: Page;
let project: string;

test.beforeAll(async ({ browser }) => {
    empty = await Server.start();
    first = await (await context(browser)).newPage();
});
test.afterAll(async () => {
    await first?.context().close();
    await empty?.remove();
});

async function context(browser: Browser): Promise<BrowserContext> {
    return await browser.newContext({ baseURL: empty.origin, viewport: { width: 1440, height: 900 } });
}

/** Fills the dialog that a button opens, and sends it by the button of that name in it. */
async function fill(page: Page, button: string, fields: Record<string, string>, send = button): Promise<void> {
    await page.getByRole("main").getByRole("button", { name: button, exact: true }).first().click();
    const dialog = page.getByRole("dialog");
    for (const [label, text] of Object.entries(fields)) {
        // What may be left out says so in its label.
        const field = dialog.getByLabel(new RegExp(`^${label} ?(optional)?$`));
        const isList = (await field.evaluate((element) => element.tagName)) === "SELECT";
        await (isList ? field.selectOption({ label: text }) : field.fill(text));
    }
    await dialog.getByRole("button", { name: send, exact: true }).click();
    await expect(dialog).toBeHidden();
}

test("somebody sets a server up, and a project with all that belongs to it", async () => {
    test.setTimeout(120_000);
    await first.goto(await empty.link());
    await first.getByLabel("User name").fill("first");
    await first.getByLabel("E-mail").fill("first@example.org");
    await first.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await first.getByRole("button", { name: "Create the first user" }).click();
    await expect(first.getByRole("heading", { name: "Home", level: 1 })).toBeVisible();

    for (const [path, one] of [["groups", "group"], ["organizations", "organization"]]) {
        await first.goto(`/${path}`);
        await fill(first, `New ${one}`, { Name: `The ${one}` }, `Create ${one}`);
        await expect(first.getByRole("heading", { name: `The ${one}`, level: 1 })).toBeVisible();
    }
    await first.goto("/projects");
    await fill(first, "New project", { Name: "Rain", Labels: "problem-type: Clustering" }, "Create project");
    await expect(first.getByRole("heading", { name: "Rain", level: 1 })).toBeVisible();
    await expect(first.getByText("Clustering").first()).toBeVisible();
    project = new URL(first.url()).pathname;

    await first.goto("/settings/connections");
    await fill(
        first,
        "New connection",
        { System: "GitLab", Name: "GitLab", Token: "glpat-of-first" },
        "Add connection",
    );
    const https = "https://gitlab.example.org/rain.git";
    const kinds: [string, string, Record<string, string>][] = [
        ["code", "Add code", { Name: "Rain code", Address: https, Labels: "language: Rust" }],
        ["data", "Add data", { Name: "Rain data", Address: "s3://rain/data" }],
        ["experiments", "New experiment", { Name: "Rain tuning" }],
        ["models", "Add model", { Name: "Rain model", Commit: "4f5c6d7" }],
    ];
    for (const [path, button, fields] of kinds) {
        await first.goto(`${project}/${path}`);
        await fill(first, button, fields);
        await expect(first.getByRole("heading", { name: fields["Name"]!, level: 2 })).toBeVisible();
    }
});

for (const role of ROLES) {
    test(`a ${role} is invited, accepts, and sees exactly what the role allows`, async ({ browser, faults }) => {
        test.setTimeout(120_000);
        // Before she belongs to the project it is not there for her.
        faults.expect(/status of 404/);
        const name = role.toLowerCase();
        await first.goto("/admin/users");
        await first.getByRole("button", { name: "Add a person" }).click();
        const added = first.getByRole("dialog", { name: "Add a person" });
        await added.getByLabel("Name", { exact: true }).fill(name);
        await added.getByLabel("E-mail address").fill(`${name}@example.org`);
        await added.getByRole("button", { name: "Add" }).click();
        const link = (await added.getByText(/\/link\?token=/).innerText()).trim();
        await added.getByRole("button", { name: "Done" }).click();
        await first.goto(`${project}/settings/members`);
        await fill(first, "Invite", { "Name or e-mail address": name, Role: role });

        const hers = await context(browser);
        await faults.watch(hers);
        const page = await hers.newPage();
        await page.goto(link);
        await expect(page.getByRole("heading", { name: "Home", level: 1 })).toBeVisible();
        await page.goto(project);
        await expect(page.getByRole("heading", { name: "Rain" }), "it is hidden until she accepts").toHaveCount(0);
        await page.goto("/");
        await page.getByRole("button", { name: /wait.* for you/ }).click();
        await page.getByRole("menuitem", { name: "Accept the invitation to Rain" }).click();
        await expect(page.getByText("You belong to Rain now.")).toBeVisible();

        for (const door of DOORS) {
            await page.goto(`${project}/${door.path}`);
            const button = page.getByRole("main").getByRole("button", { name: door.button, exact: true }).first();
            await expect(button).toBeVisible();
            const may = ROLES.indexOf(role) >= ROLES.indexOf(door.least);
            if (may) {
                await expect(button, `${door.button} for ${role}`).not.toHaveAttribute("aria-disabled", "true");
            } else {
                await expect(button, `${door.button} for ${role}`).toHaveAttribute("aria-disabled", "true");
                await expect(button).toHaveAttribute("data-tip", new RegExp(`needs the role ${door.least}`));
            }
        }
        if (ROLES.indexOf(role) >= ROLES.indexOf("Researcher")) {
            await page.goto(`${project}/experiments`);
            await fill(page, "New experiment", { Name: `Tuning of the ${name}` });
            await expect(page.getByRole("heading", { name: `Tuning of the ${name}`, level: 2 })).toBeVisible();
        }
        await hers.close();
    });
}
