/** What is measured within a page. */
import type { CDPSession, Page } from "@playwright/test";

/** How a page fared while something went on. */
export interface Frames {
    /** Milliseconds from each frame to the next. */
    gaps: number[];
    /** Milliseconds of the main thread for each frame. */
    mainThread: number;
    /** The longest time for which a row in sight had no content, in milliseconds. */
    blank: number;
}

/** Looks at each frame while `work` goes on. */
export async function frames(page: Page, cdp: CDPSession, work: () => Promise<void>): Promise<Frames> {
    await page.evaluate(() => {
        const gaps: number[] = [];
        let [last, blankSince, blank, goesOn] = [performance.now(), Number.NaN, 0, true];
        const isBlank = () => document.querySelector("[role=rowgroup] .table-skeleton") !== null;
        const step = (now: number) => {
            gaps.push(now - last);
            last = now;
            if (isBlank()) {
                blankSince = Number.isNaN(blankSince) ? now : blankSince;
                blank = Math.max(blank, now - blankSince);
            } else {
                blankSince = Number.NaN;
            }
            if (goesOn) {
                requestAnimationFrame(step);
            }
        };
        requestAnimationFrame(step);
        Object.assign(window, {
            endFrames: () => {
                goesOn = false;
                return { gaps: gaps.slice(1), blank };
            },
        });
    });
    const before = await taskSeconds(cdp);
    await work();
    const spent = (await taskSeconds(cdp)) - before;
    const seen = await page.evaluate(() => (window as unknown as { endFrames: () => { gaps: number[]; blank: number } }).endFrames());
    return { ...seen, mainThread: (spent * 1000) / Math.max(1, seen.gaps.length) };
}

async function taskSeconds(cdp: CDPSession): Promise<number> {
    const { metrics } = await cdp.send("Performance.getMetrics");
    return metrics.find((metric) => metric.name === "TaskDuration")?.value ?? Number.NaN;
}

/** A session with the browser's own measurements. */
export async function measured(page: Page): Promise<CDPSession> {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Performance.enable");
    return cdp;
}

export async function countElements(page: Page): Promise<number> {
    return await page.evaluate(() => document.querySelectorAll("*").length);
}

/** Milliseconds from an event of this kind, that `act` sets off, until what the table shows is another, whole. */
export async function untilRowsChange(page: Page, kind: "click" | "keydown" | "popstate", act: () => Promise<void>): Promise<number> {
    const changed = page.evaluate((kind) => {
        const shown = () => {
            const grid = document.querySelector("[role=grid], [role=treegrid]");
            const rows = [...document.querySelectorAll("[role=rowgroup] [role=row]")].slice(0, 40);
            const isWhole = grid !== null && rows.length > 0 && grid.querySelector("[role=rowgroup] .table-skeleton") === null;
            const text = rows.map((row) => row.getAttribute("aria-rowindex") + row.textContent!.slice(0, 40)).sort();
            return isWhole ? `${grid.getAttribute("aria-rowcount")} ${text.join()}` : undefined;
        };
        const before = shown();
        return new Promise<number>((resolve) => {
            let begin = Number.NaN;
            addEventListener(kind, () => (begin = performance.now()), { capture: true, once: true });
            const look = () => {
                const now = shown();
                if (!Number.isNaN(begin) && now !== undefined && now !== before) {
                    resolve(performance.now() - begin);
                } else {
                    requestAnimationFrame(look);
                }
            };
            requestAnimationFrame(look);
        });
    }, kind);
    // Two frames, so that the page looks already.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await act();
    return await changed;
}

/** Goes to an address within the console, as its own links do. */
export async function goWithin(page: Page, address: string): Promise<void> {
    await page.evaluate((address) => {
        history.pushState(null, "", address);
        dispatchEvent(new PopStateEvent("popstate"));
    }, address);
}

/** Milliseconds from an event that `act` sets off until `selector` is there, drawn. */
export async function untilThere(page: Page, kind: "click" | "keydown" | "popstate", selector: string, act: () => Promise<void>): Promise<number> {
    const there = page.evaluate(
        ([kind, selector]) =>
            new Promise<number>((resolve) => {
                let begin = Number.NaN;
                addEventListener(kind!, () => (begin = performance.now()), { capture: true, once: true });
                const look = () => {
                    if (!Number.isNaN(begin) && document.querySelector(selector!) !== null) {
                        requestAnimationFrame(() => resolve(performance.now() - begin));
                    } else {
                        requestAnimationFrame(look);
                    }
                };
                requestAnimationFrame(look);
            }),
        [kind, selector],
    );
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await act();
    return await there;
}
