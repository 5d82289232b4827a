/** The first load of the table of runs, with few runs and with many. */
import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { type Browser, test } from "@playwright/test";

import { RunsTable } from "../support/runs_table.ts";
import { heading, median, percentile, print } from "./figures.ts";
import { type Filled, enter, folders, onServer, runName } from "./seeded.ts";

const ROUNDS = Number(process.env["MANTIK_BENCH_ROUNDS"] ?? 9);

interface Load {
    requests: number;
    kilobytes: number;
    fontKilobytes: number;
    /** Of the answer with the first rows, compressed. */
    rowKilobytes: number;
    rowRequests: number;
    thirdParty: number;
    firstPaint: number;
    firstRow: number;
    warmPaint: number;
}

test("the first load", async ({ browser }) => {
    const firstRows: number[] = [];
    for (const folder of folders()) {
        await onServer(folder, async (filled) => {
            const rounds: Load[] = [];
            for (let round = 0; round < ROUNDS; round++) {
                rounds.push(await load(browser, filled));
            }
            const middle = (key: keyof Load) => median(rounds.map((load) => load[key]));
            const slow = (key: keyof Load) => percentile(rounds.map((load) => load[key]), 75);
            heading(`the first load of the table, ${filled.seeded.runs} runs, ${ROUNDS} times`);
            print("transferred, compressed", middle("kilobytes"), "kB", { atMost: 600 });
            print("requests", middle("requests"), "", { atMost: 12 });
            print("of it fonts", middle("fontKilobytes"), "kB", { atMost: 60 });
            print("requests to others", middle("thirdParty"), "", { atMost: 0 });
            print("the rows of the first page", middle("rowKilobytes"), "kB", { atMost: 30 });
            print("requests for them", middle("rowRequests"), "", { atMost: 1 });
            print("first paint with content, cold, p75", slow("firstPaint"), "ms", { atMost: 600 });
            print("first row, cold, p75", slow("firstRow"), "ms", { atMost: 1200 });
            print("first paint with content, warm, p75", slow("warmPaint"), "ms", { atMost: 400 });
            firstRows.push(middle("firstRow"));
        });
    }
    const growth = (Math.max(...firstRows) / Math.min(...firstRows) - 1) * 100;
    print(`first row, medians of all sizes (${firstRows.map((ms) => ms.toFixed(0)).join(", ")} ms): spread`, growth, "%", { atMost: 15 });
    print("all parts of the console together, compressed", kilobytesOfParts(), "kB", { atMost: 1500 });
});

async function load(browser: Browser, { owner, seeded }: Filled): Promise<Load> {
    const { context, page } = await enter(browser, owner);
    const address = `/projects/${seeded.projectId}/runs`;
    await page.goto(address);
    const row = new RunsTable(page).row(runName(seeded.runs - 1));
    await row.waitFor();
    await page.waitForTimeout(300);
    const cold = await page.evaluate(read);
    const again = await context.newPage();
    await again.goto(address);
    await new RunsTable(again).row(runName(seeded.runs - 1)).waitFor();
    const warm = await again.evaluate(read);
    await context.close();
    return { ...cold, warmPaint: warm.firstPaint };
}

/** Runs in the page. */
function read(): Omit<Load, "warmPaint"> {
    const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")] as PerformanceResourceTiming[];
    const sum = (some: PerformanceResourceTiming[], size: (entry: PerformanceResourceTiming) => number) =>
        some.reduce((sum, entry) => sum + size(entry), 0) / 1000;
    const fonts = entries.filter((entry) => entry.name.includes(".woff2"));
    const rows = entries.filter((entry) => /\/runs\/(search|groups)$/.test(entry.name));
    return {
        requests: entries.length,
        kilobytes: sum(entries, (entry) => entry.transferSize),
        fontKilobytes: sum(fonts, (entry) => entry.transferSize),
        rowKilobytes: sum(rows, (entry) => entry.encodedBodySize),
        rowRequests: rows.length,
        thirdParty: entries.filter((entry) => new URL(entry.name).origin !== location.origin).length,
        firstPaint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
        firstRow: performance.getEntriesByName("first row")[0]?.startTime ?? Number.NaN,
    };
}

function kilobytesOfParts(): number {
    const dist = fileURLToPath(new URL("../../../dist", import.meta.url));
    const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".br"));
    return files.reduce((sum, name) => sum + statSync(`${dist}/${name}`).size, 0) / 1000;
}
