/** Takes the pictures of docs/screenshots on a server with demonstration data. */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { type Page, expect, test as base } from "@playwright/test";

import { Person } from "./support/person.ts";
import { shrink } from "./support/png.ts";
import { Server } from "./support/server.ts";

const FOLDER = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
const MOST_BYTES = 300_000;
const SIZES = [
    { name: "desktop", viewport: { width: 1440, height: 900 } },
    { name: "phone", viewport: { width: 390, height: 844 } },
] as const;

interface Demo {
    server: Server;
    empty: Server;
    /** The address of the project with the most runs, and of its run with the most to show. */
    project: string;
    run: string;
    root: Person;
    cookies: Awaited<ReturnType<ReturnType<Page["context"]>["cookies"]>>;
}

interface Project {
    projectId: string;
    runCounts: Record<string, number>;
}

const test = base.extend<object, { demo: Demo }>({
    demo: [
        async ({ browser }, use) => {
            const server = await Server.start({ demo: true });
            const empty = await Server.start();
            const page = await browser.newPage();
            await page.goto(await server.link());
            await expect(page.getByRole("heading", { name: "Home", level: 1 })).toBeVisible();
            const { project, run } = await mostToShow(page, server.origin);
            server.addUser("root", true);
            const root = await Person.signIn(server, "root");
            await use({ server, empty, project, run, root, cookies: await page.context().cookies() });
            await server.remove();
            await empty.remove();
        },
        { scope: "worker" },
    ],
});

async function mostToShow(page: Page, origin: string): Promise<{ project: string; run: string }> {
    const { projects } = (await (await page.request.get(`${origin}/api/projects?pagelength=50`)).json()) as { projects: Project[] };
    const total = ({ runCounts }: Project) => Object.values(runCounts).reduce((sum, count) => sum + count, 0);
    const largest = projects.reduce((one, other) => (total(other) > total(one) ? other : one));
    const found = await page.request.post(`${origin}/api/projects/${largest.projectId}/runs/search`, {
        headers: { "X-Requested-By": "console", Origin: origin },
        data: { query: { filter: "status = 'FINISHED'" }, limit: 1 },
    });
    const { runIds } = (await found.json()) as { runIds: string[] };
    const project = `/projects/${largest.projectId}`;
    return { project, run: `${project}/runs/${runIds[0]}` };
}

interface Screen {
    name: string;
    address: (demo: Demo) => string | Promise<string>;
    /** Brings the page into the state that is shown. */
    enter?: (page: Page) => Promise<void>;
    isPublic?: boolean;
    /** What only administrators see. */
    asRoot?: boolean;
}

const SCREENS: Screen[] = [
    { name: "setup", address: ({ empty }) => empty.link(), isPublic: true },
    { name: "sign-in", address: () => "/login", isPublic: true },
    { name: "home", address: () => "/" },
    { name: "projects", address: () => "/projects" },
    {
        name: "new-project",
        address: () => "/projects",
        enter: async (page) => page.getByRole("button", { name: "New project" }).first().click(),
    },
    { name: "project", address: ({ project }) => project },
    { name: "runs", address: ({ project }) => `${project}/runs` },
    {
        name: "runs-grouped",
        address: ({ project }) => `${project}/runs?group=data,code`,
        enter: async (page) => {
            for (const level of [1, 2]) {
                await page.locator(`[aria-level='${level}']`).first().getByRole("rowheader").click();
                await expect(page.locator(`[aria-level='${level + 1}']`).first()).toBeVisible();
            }
            await page.mouse.move(0, 0);
        },
    },
    { name: "run", address: ({ run }) => run },
    { name: "run-metrics", address: ({ run }) => `${run}/metrics` },
    { name: "run-artifacts", address: ({ run }) => `${run}/artifacts` },
    { name: "data", address: ({ project }) => `${project}/data` },
    {
        name: "data-repository",
        address: ({ project }) => `${project}/data`,
        enter: async (page) => page.getByRole("rowheader").getByRole("link").last().click(),
    },
    { name: "saved-models", address: ({ project }) => `${project}/models/trained` },
    {
        name: "saved-model",
        address: ({ project }) => `${project}/models/trained`,
        enter: async (page) => page.getByRole("rowheader").getByRole("link").first().click(),
    },
    { name: "deployments", address: ({ project }) => `${project}/deployments` },
    {
        name: "deployment",
        address: ({ project }) => `${project}/deployments`,
        enter: async (page) => page.getByRole("rowheader").getByRole("link").first().click(),
    },
    {
        name: "search",
        address: ({ project }) => project,
        enter: async (page) => {
            await page.getByRole("button", { name: "Search everything" }).click();
            await page.getByRole("combobox", { name: "Search everything" }).fill("re");
            await expect(page.getByRole("option").nth(4)).toBeVisible();
        },
    },
    { name: "labels", address: () => "/admin/labels", asRoot: true },
    { name: "users", address: () => "/admin/users", asRoot: true },
    { name: "project-members", address: ({ project }) => `${project}/settings/members` },
    { name: "groups", address: () => "/groups" },
    { name: "tokens", address: () => "/settings/tokens" },
    { name: "connections", address: () => "/settings/connections" },
    { name: "security", address: () => "/settings/security" },
];

for (const { name: size, viewport } of SIZES) {
    for (const theme of ["light", "dark"] as const) {
        for (const screen of SCREENS) {
            test(`${screen.name}-${theme}-${size}`, async ({ browser, demo }, { title }) => {
                const context = await browser.newContext({ baseURL: demo.server.origin, viewport, colorScheme: theme });
                if (screen.asRoot) {
                    await demo.root.enter(context);
                } else if (!screen.isPublic) {
                    await context.addCookies(demo.cookies);
                }
                const page = await context.newPage();
                await page.goto(await screen.address(demo));
                await settle(page);
                await screen.enter?.(page);
                await settle(page);
                const picture = shrink(await page.screenshot({ animations: "disabled", caret: "hide", scale: "css" }));
                expect(picture.length).toBeLessThan(MOST_BYTES);
                mkdirSync(FOLDER, { recursive: true });
                writeFileSync(`${FOLDER}${title}.png`, picture);
                await context.close();
            });
        }
    }
}

/** Waits until nothing is being fetched or drawn any more. */
async function settle(page: Page): Promise<void> {
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
    await expect(page.locator(".skeleton, .table-skeleton, [aria-busy=true]")).toHaveCount(0);
    await page.waitForTimeout(400);
}
