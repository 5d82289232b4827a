/** Measures the table of runs in a browser, with few runs and with many. It prints figures and judges none. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type Browser, type Page, test } from "@playwright/test";

import { Person } from "./support/person.ts";
import { RunsTable } from "./support/runs_table.ts";
import { Server } from "./support/server.ts";

const ROUNDS = 7;

/** What `mantik-server bench` notes about a folder that it filled. */
interface Seeded {
    projectId: string;
    username: string;
    password: string;
    runs: number;
}

interface Figures {
    /** From the address to the first row, with an empty cache; milliseconds, like the others. */
    firstRow: number;
    /** From the click on a metric's heading to the rows in that order. */
    sorted: number;
    /** From the address with two group keys to the first group. */
    firstGroup: number;
    /** From the jump to the end of the table to its last row. */
    lastRow: number;
    elements: number;
    requests: number;
    kilobytes: number;
}

test("the table of runs", async ({ browser }) => {
    const measured: [number, Figures][] = [];
    for (const folder of folders()) {
        const seeded = JSON.parse(readFileSync(join(folder, "bench.json"), "utf8")) as Seeded;
        const server = await Server.start({ folder });
        try {
            const owner = await Person.signIn(server, seeded.username, seeded.password);
            const rounds: Figures[] = [];
            for (let round = 0; round < ROUNDS; round++) {
                rounds.push(await measure(browser, owner, seeded));
            }
            measured.push([seeded.runs, medians(rounds)]);
        } finally {
            await server.remove();
        }
    }
    print(measured);
});

/** The filled folders, one with few and one with many runs; one alone when they are the same. */
function folders(): string[] {
    const [data, few, many] = ["MANTIK_BENCH_DATA", "MANTIK_BENCH_FEW", "MANTIK_BENCH_MANY"].map((name) => process.env[name]);
    if (data === undefined || few === undefined || many === undefined) {
        throw new Error("start this by `cargo xtask bench`, which fills the folders that are measured");
    }
    return [...new Set([few, many])].map((name) => join(data, name));
}

async function measure(browser: Browser, owner: Person, { projectId, runs }: Seeded): Promise<Figures> {
    const context = await browser.newContext({ baseURL: owner.server.origin, viewport: { width: 1600, height: 1000 } });
    await owner.enter(context);
    await context.addInitScript(noteFirstRow);
    const page = await context.newPage();
    let requests = 0;
    page.on("request", () => requests++);
    const address = `/projects/${projectId}/runs`;
    await page.goto(address);
    const firstRow = await firstRowAt(page);
    const table = new RunsTable(page);
    await table.row(runName(runs - 1)).waitFor();
    const [asked, kilobytes, elements] = [requests, await transferred(page), await countElements(page)];

    const sorted = await timed(async () => {
        await table.heading("metric_0").click();
        await table.row(runName(runs - 1)).waitFor({ state: "detached" });
    });
    await page.goto(address);
    await table.row(runName(runs - 1)).waitFor();
    const lastRow = await timed(async () => {
        await table.grid.evaluate((grid) => grid.scrollTo({ top: grid.scrollHeight }));
        await table.row(runName(0)).waitFor();
    });
    await page.goto(`${address}?group=data,commit`);
    const firstGroup = await firstRowAt(page);
    await context.close();
    return { firstRow, sorted, firstGroup, lastRow, elements, requests: asked, kilobytes };
}

function runName(number: number): string {
    return `run-${String(number).padStart(7, "0")}`;
}

/** Runs in the page: notes when the first row with a name is drawn. */
function noteFirstRow(): void {
    const noted = new MutationObserver(() => {
        if (document.querySelector("[role=rowgroup] [role=rowheader]:not(:has(.table-skeleton))")) {
            noted.disconnect();
            requestAnimationFrame(() => performance.mark("first row"));
        }
    });
    noted.observe(document, { childList: true, subtree: true });
}

async function firstRowAt(page: Page): Promise<number> {
    await page.waitForFunction(() => performance.getEntriesByName("first row").length > 0);
    return await page.evaluate(() => performance.getEntriesByName("first row")[0]!.startTime);
}

async function transferred(page: Page): Promise<number> {
    return await page.evaluate(() => {
        const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
        return entries.reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).transferSize, 0) / 1_000;
    });
}

async function countElements(page: Page): Promise<number> {
    return await page.evaluate(() => document.querySelectorAll("*").length);
}

async function timed(work: () => Promise<void>): Promise<number> {
    const start = performance.now();
    await work();
    return performance.now() - start;
}

function medians(rounds: Figures[]): Figures {
    const median = (key: keyof Figures): number => rounds.map((round) => round[key]).sort((a, b) => a - b)[rounds.length >> 1]!;
    const keys = Object.keys(rounds[0]!) as (keyof Figures)[];
    return Object.fromEntries(keys.map((key) => [key, median(key)])) as unknown as Figures;
}

function print(measured: [number, Figures][]): void {
    const titles: Record<keyof Figures, string> = {
        firstRow: "first row, cold cache (ms)",
        sorted: "sorted by a metric (ms)",
        firstGroup: "first group of two keys (ms)",
        lastRow: "last row after a jump (ms)",
        elements: "elements in the page",
        requests: "requests of the first load",
        kilobytes: "transferred by the first load (kB)",
    };
    console.log(`\n${"medians of ".concat(String(ROUNDS)).padEnd(38)}${measured.map(([size]) => `${size} runs`.padStart(14)).join("")}`);
    for (const [key, title] of Object.entries(titles) as [keyof Figures, string][]) {
        console.log(title.padEnd(38) + measured.map(([, figures]) => figures[key].toFixed(0).padStart(14)).join(""));
    }
}
