import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { Person } from "../support/person.ts";
import { createProject, unique } from "../support/project.ts";
import { type Sample, sample } from "../support/sample.ts";
import { runAddress } from "../support/tracking.ts";
import { expect, test as base } from "../support/test.ts";

interface Places {
    runs: Sample;
    empty: string;
    run: string;
    model: string;
    deployment: string;
}

const test = base.extend<object, { places: Places }>({
    places: [
        async ({ ann }, use) => {
            const runs = await sample(ann);
            const id = await runs.tracking.run(runs.experiment, {
                name: "all of it",
                params: { rate: "0.1" },
                metrics: { "train/loss": [3, 2, 1], accuracy: [0.1, 0.9] },
            });
            await runs.tracking.artifact(runs.experiment, id, "model/weights.bin", "1234");
            const empty = await createProject(ann, { name: unique("Empty") });
            const within = `/projects/${runs.projectId}`;
            const { modelId } = await ann.ask<{ modelId: string }>("POST", `/api${within}/models/trained`, {
                name: "elsewhere", uri: "s3://bucket/model", location: "S3", mlflowParameters: { alpha: 0.5 },
            });
            const { deploymentId } = await ann.ask<{ deploymentId: string }>("POST", `/api${within}/deployments`, {
                modelId, cronString: "0 6 * * 1",
            });
            await use({
                runs,
                empty: empty.projectId,
                run: runAddress(runs.projectId, id),
                model: `${within}/models/trained/${modelId}`,
                deployment: `${within}/deployments/${deploymentId}`,
            });
        },
        { scope: "worker" },
    ],
});

test.describe.configure({ mode: "parallel" });

const SIZES = [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
] as const;

interface State {
    name: string;
    path: (places: Places) => string;
    /** Brings the page from its address into the state. */
    enter?: (page: Page) => Promise<void>;
    /** Something that is there once the page is complete. */
    ready: (page: Page) => Promise<void>;
}

const heading = (name: string | RegExp) => async (page: Page) =>
    expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
const heading2 = (name: RegExp) => async (page: Page) =>
    expect(page.getByRole("heading", { name, level: 2 })).toBeVisible();
const text = (words: string | RegExp) => async (page: Page) => expect(page.getByText(words).first()).toBeVisible();

const STATES: State[] = [
    { name: "home", path: () => "/", ready: heading(/\S/) },
    { name: "projects", path: () => "/projects", ready: async (page) => expect(page.getByRole("main").getByRole("link").first()).toBeVisible() },
    { name: "no project matches", path: () => "/projects?q=zzzzzz", ready: text("No project matches") },
    {
        name: "new project, refused",
        path: () => "/projects",
        enter: async (page) => {
            await page.getByRole("button", { name: "New project" }).first().click();
            await page.getByRole("button", { name: "Create project" }).click();
        },
        ready: text("Some fields need attention"),
    },
    {
        name: "account menu",
        path: () => "/projects",
        enter: async (page) => page.getByRole("button", { name: "ann", exact: true }).click(),
        ready: async (page) => expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible(),
    },
    { name: "dashboard", path: ({ runs }) => `/projects/${runs.projectId}`, ready: text("run 11") },
    { name: "empty dashboard", path: ({ empty }) => `/projects/${empty}`, ready: heading(/Empty/) },
    { name: "runs", path: ({ runs }) => `/projects/${runs.projectId}/runs`, ready: text("run 11") },
    { name: "no runs", path: ({ empty }) => `/projects/${empty}/runs`, ready: text("No runs yet") },
    {
        name: "groups",
        path: ({ runs }) => `/projects/${runs.projectId}/runs?group=commit,params.depth&cols=status,metrics.loss`,
        enter: async (page) => page.getByRole("rowheader").filter({ hasNotText: "Loading" }).first().click(),
        ready: async (page) => expect(page.locator("[aria-level='2']").first()).toBeVisible(),
    },
    {
        name: "columns",
        path: ({ runs }) => `/projects/${runs.projectId}/runs`,
        enter: async (page) => page.getByRole("button", { name: "Columns" }).click(),
        ready: async (page) => expect(page.getByRole("searchbox", { name: "Search columns" })).toBeVisible(),
    },
    {
        name: "a filter that cannot be read",
        path: ({ runs }) => `/projects/${runs.projectId}/runs?q=metrics.loss%20%3C`,
        ready: async (page) => expect(page.getByRole("combobox", { name: "Filter the runs" })).toHaveAttribute("aria-invalid", "true"),
    },
    { name: "run", path: ({ run }) => run, ready: text("all of it") },
    { name: "metrics", path: ({ run }) => `${run}/metrics`, ready: async (page) => expect(page.getByRole("img").first()).toBeVisible() },
    { name: "system metrics", path: ({ run }) => `${run}/system`, ready: async (page) => expect(page.getByText("enable_system_metrics_logging").first()).toBeVisible() },
    { name: "reproduction", path: ({ run }) => `${run}/reproduce`, ready: async (page) => expect(page.getByRole("heading", { name: "Commands" })).toBeVisible() },
    { name: "artifacts", path: ({ run }) => `${run}/artifacts`, ready: async (page) => expect(page.getByRole("main").getByText("model", { exact: true })).toBeVisible() },
    { name: "code", path: ({ runs }) => `/projects/${runs.projectId}/code`, ready: async (page) => expect(page.getByRole("button", { name: "Add code" }).first()).toBeVisible() },
    {
        name: "experiments",
        path: ({ runs }) => `/projects/${runs.projectId}/experiments`,
        ready: async (page) => expect(page.getByRole("columnheader", { name: "Last used" })).toBeVisible(),
    },
    {
        name: "an experiment",
        path: ({ runs }) => `/projects/${runs.projectId}/experiments`,
        enter: async (page) => page.getByRole("rowheader").getByRole("link").first().click(),
        ready: async (page) => expect(page.getByRole("heading", { name: "Used together with" })).toBeVisible(),
    },
    {
        name: "new data, refused",
        path: ({ runs }) => `/projects/${runs.projectId}/data`,
        enter: async (page) => {
            await page.getByRole("button", { name: "Add data" }).first().click();
            await page.getByRole("dialog").getByRole("button", { name: "Add data" }).click();
        },
        ready: text("Some fields need attention"),
    },
    { name: "profile", path: () => "/settings", ready: async (page) => expect(page.getByLabel("E-mail")).toBeVisible() },
    { name: "security", path: () => "/settings/security", ready: text("This browser") },
    { name: "tokens", path: () => "/settings/tokens", ready: async (page) => expect(page.getByRole("button", { name: "New token" }).first()).toBeVisible() },
    {
        name: "new token, refused",
        path: () => "/settings/tokens",
        enter: async (page) => {
            await page.getByRole("button", { name: "New token" }).first().click();
            await page.getByRole("dialog").getByRole("button", { name: "Create token" }).click();
        },
        ready: text("Some fields need attention"),
    },
    {
        name: "project settings",
        path: ({ runs }) => `/projects/${runs.projectId}/settings`,
        ready: async (page) => expect(page.getByRole("heading", { name: "Description as others read it" })).toBeVisible(),
    },
    {
        name: "project members",
        path: ({ runs }) => `/projects/${runs.projectId}/settings/members`,
        ready: text("Owns the project"),
    },
    {
        name: "inviting, refused",
        path: ({ runs }) => `/projects/${runs.projectId}/settings/members`,
        enter: async (page) => {
            await page.getByRole("button", { name: "Invite" }).click();
            await page.getByRole("dialog").getByRole("button", { name: "Invite" }).click();
        },
        ready: text("Some fields need attention"),
    },
    {
        name: "connections",
        path: () => "/settings/connections",
        ready: async (page) => expect(page.getByRole("button", { name: "New connection" }).first()).toBeVisible(),
    },
    {
        name: "new connection, refused",
        path: () => "/settings/connections",
        enter: async (page) => {
            await page.getByRole("button", { name: "New connection" }).first().click();
            await page.getByRole("dialog").getByRole("button", { name: "Add connection" }).click();
        },
        ready: text("Some fields need attention"),
    },
    { name: "payment", path: () => "/settings/payment", ready: async (page) => expect(page.getByLabel("Reference")).toBeVisible() },
    { name: "appearance", path: () => "/settings/appearance", ready: async (page) => expect(page.getByRole("radio", { name: /^Dark/ })).toBeVisible() },
    {
        name: "the end of a project",
        path: ({ runs }) => `/projects/${runs.projectId}/settings/danger`,
        ready: async (page) => expect(page.getByRole("button", { name: "Delete project" })).toBeVisible(),
    },
    { name: "saved models", path: ({ runs }) => `/projects/${runs.projectId}/models/trained`, ready: heading2(/^Saved models \(/) },
    { name: "saved model", path: ({ model }) => model, ready: text("Container image") },
    { name: "no deployments", path: ({ empty }) => `/projects/${empty}/deployments`, ready: text("No deployments yet") },
    { name: "deployments", path: ({ runs }) => `/projects/${runs.projectId}/deployments`, ready: heading2(/^Deployments \(/) },
    { name: "deployment", path: ({ deployment }) => deployment, ready: text("At 06:00 every Monday, UTC") },
    { name: "no schedules", path: ({ empty }) => `/projects/${empty}/schedules`, ready: text("No schedules yet") },
    {
        name: "new schedule, refused",
        path: ({ runs }) => `/projects/${runs.projectId}/schedules`,
        enter: async (page) => {
            await page.getByRole("button", { name: "New schedule" }).first().click();
            const dialog = page.getByRole("dialog", { name: "New schedule" });
            await expect(dialog.getByText("At 02:00 every day")).toBeVisible();
            await dialog.getByRole("button", { name: "New schedule" }).click();
        },
        ready: text("Some fields need attention"),
    },
    {
        name: "search",
        path: () => "/",
        enter: async (page) => {
            await page.getByRole("button", { name: "Search everything" }).click();
            await page.getByRole("combobox", { name: "Search everything" }).fill("e");
        },
        ready: async (page) => expect(page.getByRole("option").nth(5)).toBeVisible(),
    },
    { name: "your groups", path: () => "/groups", ready: heading("Groups") },
    { name: "your organizations", path: () => "/organizations", ready: heading("Organizations") },
    {
        name: "a group",
        path: () => "/groups",
        enter: async (page) => {
            await page.getByRole("button", { name: "New group" }).first().click();
            const dialog = page.getByRole("dialog", { name: "New group" });
            await dialog.getByLabel("Name", { exact: true }).fill(unique("Group"));
            await dialog.getByRole("button", { name: "Create group" }).click();
        },
        ready: text("Nobody has an open invitation."),
    },
    {
        name: "invitations menu",
        path: () => "/projects",
        enter: async (page) => page.getByRole("button", { name: /[Ii]nvitation/ }).click(),
        ready: async (page) => expect(page.getByRole("menuitem", { name: "Your groups" })).toBeVisible(),
    },
    { name: "users, for who is no administrator", path: () => "/admin/users", ready: text("This is for administrators") },
    { name: "not found", path: () => "/nowhere", ready: text("There is no page at this address") },
];

/** What the rules find wrong with the page as it is now; without any named, all rules. */
async function expectNoViolations(page: Page, about: string, rules: string[] = []): Promise<void> {
    const axe = new AxeBuilder({ page });
    const found = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze();
    const told = found.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.html.slice(0, 200)) }));
    expect(told, about).toEqual([]);
}

/** A page in both themes and both sizes. The themes differ in their colours alone, and both sizes have the same colours. */
async function expectAccessible(page: Page): Promise<void> {
    const [desktop, phone] = SIZES;
    await expectNoViolations(page, "desktop, light");
    await page.emulateMedia({ colorScheme: "dark" });
    await expectNoViolations(page, "desktop, dark", ["color-contrast"]);
    await page.setViewportSize(phone);
    await page.mouse.move(0, 0); // something else may stand under the pointer now, and would tell what it is for
    await expectNoViolations(page, "phone, dark");
    for (const size of [phone, desktop]) {
        await page.setViewportSize(size);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, "the page does not scroll sideways").toBeLessThanOrEqual(size.width);
    }
}

async function prepare(page: Page): Promise<void> {
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.setViewportSize(SIZES[0]);
}

for (const state of STATES) {
    test(`${state.name}: no accessibility violation`, async ({ page, places }) => {
        await prepare(page);
        await page.goto(state.path(places));
        await state.enter?.(page);
        await state.ready(page);
        await expectAccessible(page);
    });
}

test("signing in: no accessibility violation", async ({ visitor }) => {
    await prepare(visitor);
    await visitor.goto("/login");
    await expect(visitor.getByRole("heading", { name: "Sign in to Mantik" })).toBeVisible();
    await expectAccessible(visitor);
});

test("administration: no accessibility violation", async ({ visitor, server, ann }) => {
    await ann.ask("POST", "/api/labels", { scope: "kind", name: unique("label"), color: "#1f77b4" });
    const root = await Person.signIn(server, "root");
    await root.enter(visitor.context());
    await prepare(visitor);
    for (const [path, words] of [["/admin/users", /^Users \(/], ["/admin/labels", /^Labels \(/]] as const) {
        await visitor.goto(path);
        await expect(visitor.getByRole("heading", { name: words })).toBeVisible();
        await expectAccessible(visitor);
    }
});
