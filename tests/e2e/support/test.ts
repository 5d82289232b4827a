/** What every specification starts from: a server for each worker, people, a watched browser context. */
import { type BrowserContext, type Page, expect, test as base } from "@playwright/test";

import { Faults } from "./faults.ts";
import { Person } from "./person.ts";
import { Server } from "./server.ts";

interface ForEachWorker {
    /** A server that the tests of a worker share. Its people are `root`, an administrator, `ann`, `ben` and `cleo`. */
    server: Server;
    /** Signed in; owns what the tests make. */
    ann: Person;
    /** Signed in; a member of nothing. */
    ben: Person;
}

interface ForEachTest {
    /** What went wrong in the test's pages; it must be empty at the end. */
    faults: Faults;
    /** Pages of nobody. */
    visitor: Page;
    /** A page that is signed in as Ann. */
    page: Page;
    /** A page that is signed in as Ben, in a context of its own. */
    bensPage: Page;
}

export const test = base.extend<ForEachTest, ForEachWorker>({
    server: [
        async ({}, use) => {
            const server = await Server.start({ people: ["root", "ann", "ben", "cleo"] });
            await use(server);
            await server.remove();
        },
        { scope: "worker" },
    ],
    ann: [async ({ server }, use) => use(await Person.signIn(server, "ann")), { scope: "worker" }],
    ben: [async ({ server }, use) => use(await Person.signIn(server, "ben")), { scope: "worker" }],
    baseURL: async ({ server }, use) => use(server.origin),
    faults: [
        async ({}, use) => {
            const faults = new Faults();
            await use(faults);
            expect(faults.unexpected, "errors in the browser's console").toEqual([]);
        },
        { auto: true },
    ],
    context: async ({ context, faults }, use) => {
        await faults.watch(context);
        await use(context);
    },
    page: async ({ context, ann }, use) => {
        await ann.enter(context);
        await use(await context.newPage());
    },
    visitor: async ({ browser, baseURL, faults }, use) => {
        await withContext(await browser.newContext({ baseURL: baseURL! }), faults, use);
    },
    bensPage: async ({ browser, baseURL, faults, ben }, use) => {
        const context = await browser.newContext({ baseURL: baseURL! });
        await ben.enter(context);
        await withContext(context, faults, use);
    },
});

async function withContext(context: BrowserContext, faults: Faults, use: (page: Page) => Promise<void>): Promise<void> {
    await faults.watch(context);
    await use(await context.newPage());
    await context.close();
}

export { expect };
