/** Work with the table of very many runs. */
import { type Page, test } from "@playwright/test";

import { RunsTable } from "../support/runs_table.ts";
import { heading, median, percentile, print } from "./figures.ts";
import { countElements, frames, goWithin, measured, untilRowsChange, untilThere } from "./page.ts";
import { enter, folders, interactions, onServer, runName } from "./seeded.ts";

const SCROLL_MS = Number(process.env["MANTIK_BENCH_SCROLL_SECONDS"] ?? 20) * 1000;
const ROUNDS = Number(process.env["MANTIK_BENCH_ROUNDS"] ?? 5);

/** Thirty columns. */
const COLUMNS = [
    ...["status", "user", "start_time", "end_time", "duration", "code", "commit", "branch", "data", "data_version", "experiment", "model"],
    ...["run_id", "artifact_uri"],
    ...Array.from({ length: 10 }, (_, n) => `metrics.metric_${n}`),
    ...Array.from({ length: 5 }, (_, n) => `params.parameter_${n}`),
];

test("the table of many runs", async ({ browser }) => {
    await onServer(folders().at(-1)!, async ({ seeded, owner }) => {
        const { context, page } = await enter(browser, owner);
        const cdp = await measured(page);
        const table = new RunsTable(page);
        const address = `/projects/${seeded.projectId}/runs`;
        heading(`the table of ${seeded.runs} runs`);

        await page.goto(`${address}?cols=${COLUMNS.join(",")}`);
        await table.row(runName(seeded.runs - 1)).waitFor();
        const before = await countElements(page);
        const scrolled = await frames(page, cdp, () => scroll(page));
        const after = await countElements(page);
        print(`scrolling over ${COLUMNS.length + 1} columns: frames seen`, scrolled.gaps.length, "");
        print("  from frame to frame, p95", percentile(scrolled.gaps, 95), "ms", { atMost: 17 });
        print("  the main thread for a frame", scrolled.mainThread, "ms", { atMost: 4 });
        print("  a row in sight without content, longest", scrolled.blank, "ms", { atMost: 100 });
        print("elements in the page before scrolling", before, "", { atMost: 3000 });
        print(`elements after ${SCROLL_MS / 1000} s of scrolling`, after, "", { atMost: Math.max(3000, before) });

        await page.goto(address);
        await table.row(runName(seeded.runs - 1)).waitFor();
        const sorted: number[] = [];
        for (let round = 0; round < ROUNDS; round++) {
            sorted.push(await untilRowsChange(page, "click", () => table.heading("metric_0").click()));
        }
        print("sorted by a metric, median", median(sorted), "ms", { atMost: 250 });
        await page.goto(address);
        await table.row(runName(seeded.runs - 1)).waitFor();
        const filter = page.getByRole("combobox", { name: "Filter the runs" });
        const filtered: number[] = [];
        for (let round = 0; round < ROUNDS; round++) {
            await filter.fill(`metrics.metric_4 < 0.${round + 1}`);
            filtered.push(await untilRowsChange(page, "keydown", () => filter.press("Enter")));
        }
        print("filtered by a metric, median", median(filtered), "ms", { atMost: 250 });

        await page.goto(address);
        await table.row(runName(seeded.runs - 1)).waitFor();
        const grouped: number[] = [];
        for (const keys of ["data_version,commit,experiment,model", "experiment,status", "commit,model", "data_version,commit", "model,user"]) {
            await goWithin(page, address);
            await table.row(runName(seeded.runs - 1)).waitFor();
            const go = () => goWithin(page, `${address}?group=${keys}&cols=metrics.metric_0,metrics.metric_1`);
            grouped.push(await untilRowsChange(page, "popstate", go));
        }
        print("the first groups, of four keys, the first time", grouped[0]!, "ms", { atMost: 250 });
        print("the first groups, of two keys, median", median(grouped.slice(1)), "ms", { atMost: 250 });
        await page.goto(`${address}?group=data_version,commit,experiment,model&cols=metrics.metric_0,metrics.metric_1`);
        await page.waitForFunction(() => performance.getEntriesByName("first row").length > 0);
        const cold = await page.evaluate(() => performance.getEntriesByName("first row")[0]!.startTime);
        print("the first groups, with the page loaded anew", cold, "ms", { atMost: 1200 });

        await page.goto(address);
        await table.row(runName(seeded.runs - 1)).waitFor();
        const jumped = await untilJumped(page, table, runName(0));
        print("the last row after a jump to the end", jumped, "ms", { atMost: 250 });
        const opened: number[] = [];
        for (let round = 0; round < ROUNDS; round++) {
            await page.goto(address);
            const row = table.row(runName(seeded.runs - 1 - round));
            await row.waitFor();
            const link = row.getByRole("link", { name: runName(seeded.runs - 1 - round) });
            opened.push(await untilThere(page, "click", ".run-facts", () => link.click()));
        }
        print("a run opened from the table, to its header, median", median(opened), "ms", { atMost: 150 });
        const delays = await interact(page, table, address, runName(seeded.runs - 1));
        print("interaction to next paint, p75", percentile(delays, 75), "ms", { atMost: 100 });
        print(`interaction to next paint, worst of ${delays.length}`, Math.max(...delays), "ms", { atMost: 200 });
        await context.close();
    });
});

/** Scrolls down, back up, and by jumps. */
async function scroll(page: Page): Promise<void> {
    await page.evaluate(async (duration) => {
        const grid = document.querySelector("[role=grid], [role=treegrid]")!;
        const begin = performance.now();
        await new Promise<void>((resolve) => {
            let n = 0;
            const step = (now: number) => {
                n++;
                // Two screens a second, and every five seconds a jump to somewhere else.
                grid.scrollTop = n % 300 === 0 ? ((n * 7919) % 100) / 100 * grid.scrollHeight : grid.scrollTop + 30;
                now - begin < duration ? requestAnimationFrame(step) : resolve();
            };
            requestAnimationFrame(step);
        });
    }, SCROLL_MS);
}

async function untilJumped(page: Page, table: RunsTable, last: string): Promise<number> {
    const begin = await table.grid.evaluate((grid) => {
        grid.scrollTo({ top: grid.scrollHeight });
        return performance.now();
    });
    await page.waitForFunction((name) => [...document.querySelectorAll("[role=rowheader]")].some((cell) => cell.textContent?.includes(name)), last);
    return (await page.evaluate(() => performance.now())) - begin;
}

/** Does what people do, and tells how long each took to be seen. */
async function interact(page: Page, table: RunsTable, address: string, first: string): Promise<number[]> {
    await page.goto(address);
    await table.row(first).waitFor();
    for (let round = 0; round < 4; round++) {
        await table.heading("metric_1").click();
        await page.waitForTimeout(400);
    }
    await page.keyboard.press("/");
    await page.keyboard.type("status = 'FAILED'", { delay: 60 });
    await page.keyboard.press("Enter");
    await page.waitForTimeout(600);
    await table.rows.first().click();
    for (let round = 0; round < 10; round++) {
        await page.keyboard.press("ArrowDown");
        await page.waitForTimeout(60);
    }
    await page.waitForTimeout(300);
    return await interactions(page);
}
