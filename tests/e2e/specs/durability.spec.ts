import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { createProject } from "../support/project.ts";
import { Person } from "../support/person.ts";
import { RunsTable } from "../support/runs_table.ts";
import { Server } from "../support/server.ts";
import { Tracking } from "../support/tracking.ts";
import { expect, test } from "../support/test.ts";

const KILL = fileURLToPath(new URL("../../durability/kill.py", import.meta.url));
const KILLS = process.env["MANTIK_E2E_KILLS"] ?? "10";

test("no acknowledged write is lost when the server is killed again and again", async ({ server }) => {
    test.setTimeout(180_000);
    test.skip(server.storage.databaseUrl !== undefined, "PostgreSQL is not killed here");
    const python = process.env["MANTIK_E2E_PYTHON"] ?? "python3";
    const words = [KILL, "--server", Server.program, "--kills", KILLS, "--writers", "4"];
    const { stdout } = await promisify(execFile)(python, words);
    const verdict = stdout.trimEnd().split("\n").at(-1);
    expect(verdict, stdout).toMatch(new RegExp(`^0 lost of \\d{2,} acknowledged writes after ${KILLS} kill -9$`));
});

test("a page outlives the server's sudden end, and hears again once it is back", async ({ browser, faults }) => {
    const own = await Server.start({ people: ["ann"] });
    try {
        const ann = await Person.signIn(own, "ann");
        const { projectId } = await createProject(ann);
        const tracking = await Tracking.into(ann, projectId);
        const experiment = await tracking.experiment("sudden");
        const run = await tracking.run(experiment, { name: "steady", metrics: { loss: [1] } });
        const context = await browser.newContext({ baseURL: own.origin });
        faults.expect(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|ERR_SOCKET/);
        await faults.watch(context);
        await ann.enter(context);
        const page = await context.newPage();
        await page.goto(`/projects/${projectId}/runs?cols=status,metrics.loss`);
        const table = new RunsTable(page);
        const loss = await table.cell(table.row("steady"), "loss");
        await expect(loss).toHaveText("1");

        await own.kill();
        await expect(page.getByText("Reconnecting")).toBeVisible();
        await expect(loss, "what was read stays").toHaveText("1");
        await own.start();
        await tracking.metric(run, "loss", 0.25, 1);
        await expect(loss).toHaveText("0.25", { timeout: 45_000 });
        await expect(page.getByText("Reconnecting")).toBeHidden();
        await context.close();
    } finally {
        await own.remove();
    }
});
