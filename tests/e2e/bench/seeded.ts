/** Servers on folders that `mantik-server bench` has filled. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Browser, BrowserContext, Page } from "@playwright/test";

import { Person } from "../support/person.ts";
import { Server } from "../support/server.ts";

/** What `mantik-server bench` notes about a folder that it filled. */
export interface Seeded {
    projectId: string;
    username: string;
    password: string;
    token: string;
    runs: number;
    histories: { projectId: string; runId: string; curves: string[]; wide: string };
}

/** A server on a filled folder, and who owns what is in it. */
export interface Filled {
    seeded: Seeded;
    server: Server;
    owner: Person;
}

/** The filled folders, that with fewest runs first. */
export function folders(): string[] {
    const [data, names] = ["MANTIK_BENCH_DATA", "MANTIK_BENCH_FOLDERS"].map((name) => process.env[name]);
    if (data === undefined || names === undefined) {
        throw new Error("start this by `cargo xtask bench`, which fills the folders that are measured");
    }
    return names.split(",").map((name) => join(data, name));
}

/** Has a server run on a folder while something is done with it. */
export async function onServer<T>(folder: string, work: (filled: Filled) => Promise<T>): Promise<T> {
    const seeded = JSON.parse(readFileSync(join(folder, "bench.json"), "utf8")) as Seeded;
    const server = await Server.start({ folder });
    try {
        return await work({ seeded, server, owner: await Person.signIn(server, seeded.username, seeded.password) });
    } finally {
        await server.stop();
    }
}

/** A browser without a cache, in which the owner is signed in. */
export async function enter(browser: Browser, owner: Person): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext({ baseURL: owner.server.origin, viewport: { width: 1600, height: 1000 } });
    await owner.enter(context);
    await context.addInitScript(watch);
    return { context, page: await context.newPage() };
}

/** Runs in each page: notes when the first row with a name is drawn, how long interactions take, and WebAssembly's memory. */
function watch(): void {
    const noted = new MutationObserver(() => {
        if (document.querySelector("[role=rowgroup] [role=rowheader]:not(:has(.table-skeleton))")) {
            noted.disconnect();
            requestAnimationFrame(() => performance.mark("first row"));
        }
    });
    noted.observe(document, { childList: true, subtree: true });
    const delays = new Map<number, number>();
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEventTiming & { interactionId: number })[]) {
            if (entry.interactionId > 0) {
                delays.set(entry.interactionId, Math.max(entry.duration, delays.get(entry.interactionId) ?? 0));
            }
        }
    }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
    Object.assign(window, { interactionDelays: delays });
    for (const name of ["instantiate", "instantiateStreaming"] as const) {
        const original = WebAssembly[name] as (...given: unknown[]) => Promise<WebAssembly.WebAssemblyInstantiatedSource | WebAssembly.Instance>;
        const noting = async (...given: unknown[]) => {
            const made = await original.apply(WebAssembly, given);
            const { memory } = ("instance" in made ? made.instance : made).exports;
            if (memory instanceof WebAssembly.Memory) {
                Object.assign(window, { codeMemory: memory });
            }
            return made;
        };
        Object.assign(WebAssembly, { [name]: noting });
    }
}

/** How long the interactions with a page took until the next paint, in milliseconds; those under 16 are not told. */
export async function interactions(page: Page): Promise<number[]> {
    return await page.evaluate(() => [...(window as unknown as { interactionDelays: Map<number, number> }).interactionDelays.values()]);
}

/** The name of the run with this number. */
export function runName(number: number): string {
    return `run-${String(number).padStart(7, "0")}`;
}
