import { answerReads, refusal } from "../support/answers.ts";
import { createProject, unique } from "../support/project.ts";
import { RunsTable } from "../support/runs_table.ts";
import { sample } from "../support/sample.ts";
import { Tracking, runAddress } from "../support/tracking.ts";
import { expect, test } from "../support/test.ts";

const isSearch = (path: string): boolean => path.endsWith("/runs/search");
const PROBLEM = { code: "internal", detail: "A defect of the server.", requestId: "request-4711" };

test("without a network the page says so, keeps what it read, and goes on when the network is back", async ({
    page,
    context,
    ann,
    faults,
}) => {
    faults.expect(/ERR_INTERNET_DISCONNECTED/);
    const { projectId } = await sample(ann);
    await page.goto(`/projects/${projectId}/runs`);
    const table = new RunsTable(page);
    await expect(table.row("run 11")).toBeVisible();
    await context.setOffline(true);
    await expect(page.getByRole("status").filter({ hasText: "You are offline" })).toBeVisible({ timeout: 2_000 });
    await expect(table.row("run 11")).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText("You are offline")).toBeHidden();
    await page.getByRole("button", { name: "Read the runs again" }).click();
    await expect(table.row("run 11")).toBeVisible();
});

test("a failure says what failed, names the request, and is tried again in place", async ({ page, ann, faults }) => {
    faults.expect(/status of 500/);
    const { projectId } = await sample(ann);
    let isBroken = true;
    await answerReads(page, (path) => (isBroken && isSearch(path) ? refusal(500, PROBLEM) : undefined));
    await page.goto(`/projects/${projectId}/runs`);
    const failure = page.getByRole("alert").filter({ hasText: "Something went wrong on the server" });
    await expect(failure).toBeVisible();
    await expect(failure).toContainText("request-4711");
    isBroken = false;
    await failure.getByRole("button", { name: "Try again" }).click();
    await expect(new RunsTable(page).row("run 11")).toBeVisible();
});

test("a server that is busy for a moment is asked again, and nobody is bothered", async ({ page, ann, faults }) => {
    faults.expect(/status of 503/);
    const project = await createProject(ann, { name: unique("Patient") });
    let refusals = 2;
    await answerReads(page, (path) => {
        const isRefused = path === `/api/projects/${project.projectId}` && refusals-- > 0;
        return isRefused ? refusal(503, { ...PROBLEM, code: "unavailable" }) : undefined;
    });
    await page.goto(`/projects/${project.projectId}`);
    await expect(page.getByRole("heading", { name: project.name, level: 1 })).toBeVisible();
    expect(refusals).toBeLessThan(0);
});

test("a failed reading anew keeps what was read before", async ({ page, ann, faults }) => {
    faults.expect(/status of 503/);
    const { projectId } = await sample(ann);
    await page.goto(`/projects/${projectId}/runs`);
    const table = new RunsTable(page);
    await expect(table.row("run 11")).toBeVisible();
    const stop = await answerReads(page, (path) => (isSearch(path) ? refusal(503, { ...PROBLEM, code: "unavailable" }) : undefined));
    await page.getByRole("button", { name: "Read the runs again" }).click();
    await expect(page.getByText("What you see was read before.")).toBeVisible({ timeout: 30_000 });
    await expect(table.row("run 11")).toBeVisible();
    await stop();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByText("What you see was read before.")).toBeHidden();
});

test("an answer that is no answer does not break the page", async ({ page, faults }) => {
    faults.expect(/status of 502/);
    const bodies = ["", "<html>proxy</html>", '{"projects": 7}', "[".repeat(100_000), '{"totalRecords": -1, "projects": [{}]}'];
    for (const body of bodies) {
        const stop = await answerReads(page, (path) => (path.startsWith("/api/projects?") ? { status: 200, body } : undefined));
        await page.goto("/projects?q=ann's");
        await expect(page.getByText(/does not understand/), body.slice(0, 40)).toBeVisible({ timeout: 20_000 });
        await stop();
    }
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("link", { name: /ann's project/ })).toBeVisible();
});

test("an address that leads nowhere says so, and leads on", async ({ page }) => {
    for (const path of ["/nowhere", "/projects/x", "/projects/x/runs", "/%F0%9F%92%A5"]) {
        await page.goto(path);
        await expect(page.getByText("There is no page at this address"), path).toBeVisible();
    }
    await page.getByRole("link", { name: "Go home" }).click();
    await expect(page).toHaveURL("/");
});

test("a run that is not there says so", async ({ page, ann, faults }) => {
    faults.expect(/status of 404/);
    const { projectId } = await createProject(ann);
    await page.goto(runAddress(projectId, "0".repeat(12) + "4000" + "8" + "0".repeat(15)));
    await expect(page.getByText("Not here, or not yours to see").first()).toBeVisible();
});

test("hostile names are shown as the texts they are", async ({ page, ann }) => {
    const hostile = `<img src=x onerror="window.hacked=1">"'\`{{7*7}}\${7*7}%00&lt;`;
    const long = "wide".repeat(60);
    const turned = "\u202Eright to left\u202C \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u{1F4A5}";
    const { projectId } = await createProject(ann, { executiveSummary: hostile });
    const tracking = await Tracking.into(ann, projectId);
    const experiment = await tracking.experiment(hostile);
    const id = await tracking.run(experiment, {
        name: hostile,
        params: { "a. -b": hostile, long },
        tags: { note: "javascript:alert(1)", turned },
        metrics: { "__proto__/to string": [0.5] },
    });
    await page.goto(`/projects/${projectId}/runs?group=experiment`);
    const table = new RunsTable(page);
    await expect(table.rows.first()).toContainText(hostile);
    await page.goto(`/projects/${projectId}/runs?cols=${encodeURIComponent("metrics.__proto__/to string,params.a. -b,experiment")}`);
    await expect(table.rows.first()).toContainText(hostile);
    await expect(await table.cell(table.rows.first(), "a. -b")).toHaveText(hostile);
    await expect(await table.cell(table.rows.first(), "__proto__/to string")).toHaveText("0.5");
    await page.goto(runAddress(projectId, id));
    await expect(page.getByRole("heading", { level: 1 })).toContainText(hostile);
    await expect(page.getByText(long).first()).toBeVisible();
    await page.goto(`/projects/${projectId}`);
    await expect(page.getByText(hostile).first()).toBeVisible();
    expect(await page.evaluate(() => "hacked" in window)).toBe(false);
    await expect(page.locator("main img")).toHaveCount(0);
    await page.setViewportSize({ width: 320, height: 700 });
    await page.goto(runAddress(projectId, id));
    await expect(page.getByRole("heading", { level: 1 })).toContainText(hostile);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), "no sideways scrolling").toBeLessThanOrEqual(320);
});
