import type { Page, Request } from "@playwright/test";

import { createProject } from "../support/project.ts";
import { RunsTable } from "../support/runs_table.ts";
import { Tracking } from "../support/tracking.ts";
import { expect, test } from "../support/test.ts";

interface Loaded {
    name: string;
    bytes: number;
}

/** What the browser fetched over the network for the page, with headers, compressed; 0 bytes came from its cache. */
async function transferred(page: Page): Promise<Loaded[]> {
    return await page.evaluate(() =>
        [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].map((entry) => ({
            name: entry.name,
            bytes: (entry as PerformanceResourceTiming).transferSize,
        })),
    );
}

test("the table of runs is there after few requests and few bytes, all from one origin", async ({ page, ann, baseURL }) => {
    const { projectId } = await createProject(ann);
    const tracking = await Tracking.into(ann, projectId);
    const experiment = await tracking.experiment("load");
    for (let number = 0; number < 30; number++) {
        await tracking.run(experiment, { name: `run ${number}`, status: "FINISHED", metrics: { loss: [number] } });
    }
    const requests: Request[] = [];
    page.on("request", (request) => requests.push(request));
    const immutable = new Set<string>();
    page.on("response", (response) => {
        if (response.headers()["cache-control"] === "public, max-age=31536000, immutable") {
            immutable.add(response.url());
        }
    });

    await page.goto(`/projects/${projectId}/runs`);
    await expect(new RunsTable(page).row("run 29")).toBeVisible();
    await page.waitForTimeout(500);

    const origins = new Set(requests.map((request) => new URL(request.url()).origin));
    expect([...origins].filter((origin) => origin !== "null")).toEqual([baseURL]);
    const asked = requests.map((request) => `${request.method()} ${new URL(request.url()).pathname}`);
    expect(asked.length, asked.join("\n")).toBeLessThanOrEqual(12);
    const first = await transferred(page);
    const total = first.reduce((sum, entry) => sum + entry.bytes, 0);
    expect(total, JSON.stringify(first, null, 2)).toBeLessThanOrEqual(600_000);

    const assets = requests.map((request) => request.url()).filter((url) => url.includes("/static/"));
    expect(assets.length).toBeGreaterThanOrEqual(4);
    expect(assets.filter((url) => !immutable.has(url)), "assets that may change under the same name").toEqual([]);

    const again = await page.context().newPage();
    await again.goto(`/projects/${projectId}/runs`);
    await expect(new RunsTable(again).row("run 29")).toBeVisible();
    const second = (await transferred(again)).filter((entry) => entry.name.includes("/static/"));
    expect(second.length).toBeGreaterThanOrEqual(4);
    expect(second.filter((entry) => entry.bytes > 0), "assets that were fetched a second time").toEqual([]);
});
