/** The memory of the console: with the table of many runs, and after many pages. */
import { test } from "@playwright/test";

import { RunsTable } from "../support/runs_table.ts";
import { heading, print } from "./figures.ts";
import { megabytes } from "./memory.ts";
import { goWithin, measured } from "./page.ts";
import { enter, folders, onServer, runName } from "./seeded.ts";

test("memory", async ({ browser }) => {
    await onServer(folders().at(-1)!, async ({ seeded, owner }) => {
        const { context, page } = await enter(browser, owner);
        const cdp = await measured(page);
        const table = new RunsTable(page);
        const runs = `/projects/${seeded.projectId}/runs`;
        const histories = `/projects/${seeded.histories.projectId}`;
        heading("memory of the page: objects, elements and WebAssembly");
        await page.goto(runs);
        await table.row(runName(seeded.runs - 1)).waitFor();
        // Ten thousand rows pass by.
        await table.grid.evaluate(async (grid) => {
            for (let place = 0; place <= 100; place++) {
                grid.scrollTop = (Math.min(grid.scrollHeight, 36 * 10_000) * place) / 100;
                await new Promise((resolve) => setTimeout(resolve, 60));
            }
        });
        print("after 10,000 rows", await megabytes(page, cdp), "MB", { atMost: 60 });
        const addresses = [
            runs,
            `${runs}?group=experiment,model`,
            `${histories}/runs`,
            `${histories}/runs/${seeded.histories.runId}`,
            `${histories}/runs/${seeded.histories.runId}/metrics`,
            `${histories}/runs/${seeded.histories.runId}/logs`,
            `${histories}/compare?runs=${seeded.histories.curves.join(",")}`,
            "/projects",
            `/projects/${seeded.projectId}`,
            runs,
        ];
        const round = async () => {
            for (const address of addresses) {
                await goWithin(page, address);
                await page.waitForTimeout(500);
            }
            return await megabytes(page, cdp);
        };
        const first = await round();
        const second = await round();
        const third = await round();
        print(`after ten routes (${first.toFixed(1)} MB), ten more and ten more: growth`, (third / second - 1) * 100, "%", { atMost: 5 });
        print("after thirty routes", third, "MB", { atMost: 60 });
        await context.close();
    });
});
