/** Charts of long histories, many charts, and a long log. */
import { type Page, test } from "@playwright/test";

import { heading, median, percentile, print } from "./figures.ts";
import { frames, measured, untilThere } from "./page.ts";
import { enter, folders, onServer, type Filled } from "./seeded.ts";

const ROUNDS = Number(process.env["MANTIK_BENCH_ROUNDS"] ?? 5);

test("charts and logs", async ({ browser }) => {
    await onServer(folders().at(-1)!, async (filled) => {
        await curves(browser, filled);
        await wide(browser, filled);
        await log(browser, filled);
    });
});

type Browser = Parameters<typeof enter>[0];

/** One chart of ten runs, each with a tenth of the points. */
async function curves(browser: Browser, { seeded, owner }: Filled): Promise<void> {
    const { context, page } = await enter(browser, owner);
    const cdp = await measured(page);
    const bytes = countBytes(page);
    heading("a chart of ten histories of a tenth of the points each (of a million with `--points 1000000`)");
    const ids = seeded.histories.curves.map((id) => id.replaceAll("-", "")).join(",");
    await page.goto(`/projects/${seeded.histories.projectId}/compare?runs=${ids}`);
    const chart = page.getByRole("img", { name: /^curve: line chart/ });
    await showChart(page, chart);
    await page.waitForTimeout(300);
    print("its answer, compressed", (await bytes.ofCharts()) / 1000, "kB", { atMost: 120 });
    const redraws: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
        const seen = await frames(page, cdp, async () => {
            await page.setViewportSize({ width: 1600 - 10 * ((round % 2) + 1), height: 1000 });
            await page.waitForTimeout(250);
        });
        redraws.push(Math.max(...seen.gaps));
    }
    print("drawn anew at another width, longest frame, median", median(redraws), "ms", { atMost: 30 + 17 });
    const label = () => chart.getAttribute("aria-label");
    const zooms: number[] = [];
    await chart.focus();
    for (let round = 0; round < ROUNDS; round++) {
        const before = await label();
        const begin = await page.evaluate(() => performance.now());
        await page.keyboard.press("+");
        await page.waitForFunction((before) => document.querySelector("[role=img][aria-label^='curve: line chart']")?.getAttribute("aria-label") !== before, before);
        zooms.push((await page.evaluate(() => performance.now())) - begin);
        await page.waitForTimeout(400);
    }
    print("zoomed by a key, to the new section, median", median(zooms), "ms", { atMost: 200 });
    const box = (await chart.boundingBox())!;
    const panned = await frames(page, cdp, async () => {
        await page.keyboard.press("0");
        for (let step = 0; step < 120; step++) {
            await page.mouse.move(box.x + 40 + ((step * 9) % (box.width - 80)), box.y + box.height / 2);
        }
        for (let step = 0; step < 20; step++) {
            await page.keyboard.press(step % 2 === 0 ? "+" : "ArrowRight");
        }
    });
    print("reading, zooming and moving: frame to frame, p95", percentile(panned.gaps, 95), "ms", { atMost: 17 });
    await context.close();
}

/** Counts what comes for charts. */
function countBytes(page: Page): { ofCharts: () => Promise<number> } {
    const sizes: Promise<number>[] = [];
    page.on("requestfinished", (request) => {
        if (/metrics|series|together|comparison|history/.test(request.url()) && request.method() === "POST") {
            sizes.push(request.sizes().then((size) => size.responseBodySize));
        }
    });
    return { ofCharts: async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) };
}

/** Charts are drawn once they are seen; until then there may be none to scroll to. */
async function showChart(page: Page, chart: ReturnType<Page["getByRole"]>): Promise<void> {
    for (let step = 0; step < 100 && (await chart.count()) === 0; step++) {
        await page.mouse.move(800, 600);
        await page.mouse.wheel(0, 400);
        await page.waitForTimeout(100);
    }
    await chart.first().scrollIntoViewIfNeeded();
    await chart.first().waitFor();
}

/** A page of two hundred charts. */
async function wide(browser: Browser, { seeded, owner }: Filled): Promise<void> {
    const { context, page } = await enter(browser, owner);
    const cdp = await measured(page);
    heading("a run with 200 metrics");
    const run = `/projects/${seeded.histories.projectId}/runs/${seeded.histories.wide}`;
    await page.goto(run);
    await page.locator("main h1").waitFor();
    const tab = page.getByRole("link", { name: "Metrics", exact: true }).last();
    const six = "[role=img][aria-label*='line chart']:nth-of-type(1)";
    const first = await untilThere(page, "click", six, () => tab.click());
    print("the first chart after a click on the tab", first, "ms", { atMost: 1000 });
    await page.waitForFunction(() => document.querySelectorAll("[role=img][aria-label*='line chart']").length >= 6);
    print("charts that are mounted", await page.getByRole("img", { name: /line chart/ }).count(), "", { atMost: 40 });
    const scrolled = await frames(page, cdp, async () => {
        await page.mouse.move(800, 500);
        for (let step = 0; step < 60; step++) {
            await page.mouse.wheel(0, 120);
            await page.waitForTimeout(16);
        }
    });
    print("scrolling over charts: frame to frame, p95", percentile(scrolled.gaps, 95), "ms", { atMost: 17 });
    print("  the main thread for a frame", scrolled.mainThread, "ms", { atMost: 4 });
    await context.close();
}

/** A log of as many lines as the longest history has points. */
async function log(browser: Browser, filled: Filled): Promise<void> {
    const { seeded, owner } = filled;
    const { context, page } = await enter(browser, owner);
    const run = `/projects/${seeded.histories.projectId}/runs/${seeded.histories.runId}`;
    heading("a log of as many lines as the longest history has points");
    await page.goto(run);
    await page.locator("main h1").waitFor();
    const tab = page.getByRole("link", { name: "Logs", exact: true }).last();
    print("its first screen after a click on the tab", await untilThere(page, "click", ".log-line", () => tab.click()), "ms", { atMost: 300 });
    const field = page.getByRole("searchbox", { name: "Search the log" });
    await field.fill("ERROR");
    await page.locator(".log-line mark").first().waitFor();
    const next = page.getByRole("button", { name: "Next match" });
    const found: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
        const at = await page.locator(".log-line[aria-current=location]").first().getAttribute("data-line");
        const other = `.log-line[aria-current=location]:not([data-line="${at}"])`;
        found.push(await untilThere(page, "click", other, () => next.click()));
    }
    print("from one match to the next, median", median(found), "ms", { atMost: 200 });
    print("lines that are mounted", await page.locator(".log-line").count(), "", { atMost: 200 });
    await context.close();
    await follow(browser, filled);
}

/** A log that grows by thousands of lines while its end is followed. */
async function follow(browser: Browser, { seeded, owner }: Filled): Promise<void> {
    const { context, page } = await enter(browser, owner);
    const run = `/projects/${seeded.histories.projectId}/runs/${seeded.histories.wide}`;
    const append = (first: number, n: number) => {
        const text = Array.from({ length: n }, (_, line) => `line ${first + line} is printed while somebody looks\n`).join("");
        return owner.ask("POST", `/api${run}/logs/append`, text, { "Content-Type": "text/plain" });
    };
    const [n, steps] = [2_500, 20];
    await append(1, 1);
    await page.goto(`${run}/logs`);
    await page.locator(".log-line").first().waitFor();
    const marker = Date.now();
    const begin = performance.now();
    for (let step = 0; step < steps; step++) {
        await append(marker + step * n, n);
    }
    const lines = (n * steps * 1000) / (performance.now() - begin);
    await page.getByRole("button", { name: "Jump to end" }).click({ timeout: 2_000 }).catch(() => undefined);
    await page.getByText(`line ${marker + n * steps - 1} is printed`).waitFor();
    const all = (n * steps * 1000) / (performance.now() - begin);
    print("lines a second that were appended", lines, "/s");
    print("lines a second until the last one was in sight", all, "/s", { atLeast: 5000 });
    await context.close();
}
