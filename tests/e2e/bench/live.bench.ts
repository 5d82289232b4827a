/** Trainings that are looked at while they run: ten at once, and, for as long as is asked, one after the other. */
import { test } from "@playwright/test";

import { type Project, createProject } from "../support/project.ts";
import { Python } from "../support/python.ts";
import { RunsTable } from "../support/runs_table.ts";
import { PASSWORD, Server } from "../support/server.ts";
import { Person } from "../support/person.ts";
import { Tracking } from "../support/tracking.ts";
import { heading, percentile, print } from "./figures.ts";
import { megabytes } from "./memory.ts";
import { frames, goWithin, measured } from "./page.ts";
import { enter } from "./seeded.ts";

const MINUTES = Number(process.env["MANTIK_BENCH_SOAK"] ?? "0");
const NAVIGATIONS = Number(process.env["MANTIK_BENCH_NAVIGATIONS"] ?? Math.round((MINUTES / 30) * 1000));

/** Ten runs at once, each with a hundred metrics a step, through the real client. */
const TEN = `
import sys, threading, time
import mlflow
from mlflow.entities import Metric
from mlflow.tracking import MlflowClient
steps, pause = int(sys.argv[1]), float(sys.argv[2])
client = MlflowClient()
experiment = client.create_experiment("ten at once")
sent = []
def train(number):
    run = client.create_run(experiment, run_name=f"run {number}").info.run_id
    for step in range(steps):
        now = int(time.time() * 1000)
        metrics = [Metric(f"metric_{m:02}", 1 / (1 + step) + m / 100 + number / 1000, now, step) for m in range(100)]
        client.log_batch(run, metrics=metrics)
        sent.append(len(metrics))
        time.sleep(pause)
    client.set_terminated(run)
threads = [threading.Thread(target=train, args=(n,)) for n in range(10)]
begin = time.time()
[t.start() for t in threads]
[t.join() for t in threads]
print(sum(sent), time.time() - begin)
`;

/** Makes short runs until it is told to end by the clock, and prints how many. */
const SOAK = `
import sys, time
from mlflow.tracking import MlflowClient
until = time.time() + float(sys.argv[1])
client = MlflowClient()
experiment = client.create_experiment("soak")
n_runs = n_points = 0
while time.time() < until:
    run = client.create_run(experiment, run_name=f"run {n_runs}").info.run_id
    for step in range(20):
        client.log_metric(run, "loss", 1 / (1 + step), step=step)
        n_points += 1
        time.sleep(0.2)
        if time.time() > until:
            break
    client.set_terminated(run)
    n_runs += 1
print(n_runs, n_points)
`;

/** How many runs there are before: as many as the table shows at once, and more, so that what it shows does not grow. */
const EARLIER = 500;

async function earlierRuns(person: Person, project: Project): Promise<void> {
    const tracking = await Tracking.into(person, project.projectId);
    const experiment = await tracking.experiment("earlier");
    for (let number = 0; number < EARLIER; number++) {
        await tracking.run(experiment, { name: `earlier ${number}`, status: "FINISHED", metrics: { loss: [number / EARLIER] } });
    }
}

async function start(): Promise<{ server: Server; ann: Person; project: Project; token: string }> {
    const server = await Server.start({ people: ["ann"] });
    const ann = await Person.signIn(server, "ann", PASSWORD);
    const project = await createProject(ann);
    return { server, ann, project, token: await ann.token(project.projectId) };
}

test("ten runs at once", async ({ browser }) => {
    const { server, ann, project, token } = await start();
    try {
        const { context, page } = await enter(browser, ann);
        const cdp = await measured(page);
        heading("ten runs at once with 100 metrics each, through the mlflow client, looked at live");
        const steps = 30;
        await page.goto(`/projects/${project.projectId}/runs?cols=status,duration,metrics.metric_00,metrics.metric_50,metrics.metric_99`);
        await page.getByText("No runs yet").waitFor();
        const training = new Python(["-c", TEN, String(steps), "0.5"], server.origin, token);
        const table = new RunsTable(page);
        await table.row("run 9").waitFor({ timeout: 120_000 });
        const seen = new Set<string>();
        const inTable = await frames(page, cdp, async () => {
            for (let look = 0; look < 40; look++) {
                seen.add((await table.column("metric_50")).join());
                await page.waitForTimeout(150);
            }
        });
        report("the table", inTable.gaps, inTable.mainThread);
        print("  different states of its rows that were seen in 6 s", seen.size, "", { atLeast: 4 });
        await table.row("run 9").getByRole("link", { name: "run 9" }).click();
        await page.getByRole("link", { name: "Metrics", exact: true }).last().click();
        await page.getByRole("img", { name: /line chart/ }).first().waitFor();
        const inCharts = await frames(page, cdp, async () => page.waitForTimeout(6_000));
        report("the charts", inCharts.gaps, inCharts.mainThread);
        const [points, seconds] = (await training.lastLine()).split(" ").map(Number) as [number, number];
        print("points that were logged", points, "");
        print("points a second", points / seconds, "/s");
        await page.getByRole("img", { name: new RegExp(`^metric_00: line chart.* to ${steps - 1}, values`) }).waitFor();
        await context.close();
    } finally {
        await server.remove();
    }
});

function report(where: string, gaps: number[], mainThread: number): void {
    print(`${where}: frames seen`, gaps.length, "");
    print("  from frame to frame, p95", percentile(gaps, 95), "ms");
    print("  from frame to frame, longest", Math.max(...gaps), "ms", { atMost: 50 });
    print("  frames over 50 ms", gaps.filter((gap) => gap > 50).length, "", { atMost: 0 });
    print("  the main thread for a frame", mainThread, "ms");
}

test("a long time", async ({ browser }) => {
    test.skip(MINUTES === 0, "only with `--soak`");
    test.setTimeout((MINUTES + 10) * 60_000);
    const { server, ann, project, token } = await start();
    try {
        const { context, page } = await enter(browser, ann);
        const cdp = await measured(page);
        heading(`${MINUTES} minutes of training and ${NAVIGATIONS} navigations`);
        let events = 0;
        await cdp.send("Network.enable");
        cdp.on("Network.eventSourceMessageReceived", () => events++);
        const problems: string[] = [];
        page.on("pageerror", (error) => problems.push(String(error)));
        page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
        const runs = `/projects/${project.projectId}/runs`;
        const shown = `${runs}?cols=status,metrics.loss`;
        await earlierRuns(ann, project);
        await page.goto(shown);
        const training = new Python(["-c", SOAK, String(MINUTES * 60)], server.origin, token);
        await new RunsTable(page).row("run 0").waitFor({ timeout: 120_000 });
        const id = (await new RunsTable(page).row("run 0").getByRole("link", { name: "run 0" }).getAttribute("href"))!;
        const addresses = [runs, id, `${id}/metrics`, `${runs}?group=status`, "/projects", `${id}/logs`, `/projects/${project.projectId}`];
        const end = Date.now() + MINUTES * 60_000;
        let navigations = 0;
        const go = async () => {
            await goWithin(page, addresses[navigations++ % addresses.length]!);
            const left = Math.max(1, NAVIGATIONS - navigations);
            await page.waitForTimeout(Math.max(20, Math.min(5_000, (end - Date.now()) / left)));
        };
        /** The memory while the table of runs is shown, so that one look compares with another. */
        const look = async () => {
            await goWithin(page, shown);
            await new RunsTable(page).column("loss");
            await page.waitForTimeout(1_000);
            return await megabytes(page, cdp);
        };
        // Until then the browser compiles what is used often, and fills its records of requests and slow frames: each keeps
        // some hundred entries, and what grows without end grows after it as well.
        for (let warm = 0; warm < NAVIGATIONS / 5; warm++) {
            await go();
        }
        const looks = [await look()];
        while (Date.now() < end && navigations < NAVIGATIONS) {
            await go();
            if (navigations % Math.ceil(NAVIGATIONS / 10) === 0) {
                looks.push(await look());
            }
        }
        const [nRuns, nPoints] = (await training.lastLine()).split(" ").map(Number) as [number, number];
        await goWithin(page, shown);
        await page.getByText(`${(EARLIER + nRuns).toLocaleString("en-GB")} runs`, { exact: true }).first().waitFor();
        await new RunsTable(page).row(`run ${nRuns - 1}`).waitFor();
        print("navigations", navigations, "");
        print("changes that the server was asked for (runs, states, points)", nRuns * 2 + nPoints, "");
        print("events that the page received", events, "");
        print("runs that were made, all of which the table shows at the end", nRuns, "");
        print("errors in the page", problems.length, "", { atMost: 0 });
        problems.slice(0, 5).forEach((problem) => console.log(`  ${problem}`));
        const [first, last] = [looks[0]!, await look()];
        console.log(`  memory on the way: ${looks.map((look) => look.toFixed(2)).join(" ")} MB`);
        print("memory after the first navigations", first, "MB");
        print("memory at the end", last, "MB");
        print("growth", (last / first - 1) * 100, "%", { atMost: 5 });
        await context.close();
    } finally {
        await server.remove();
    }
});
