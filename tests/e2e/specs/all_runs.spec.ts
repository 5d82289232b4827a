/** The runs of all projects that one may see, in one table. */
import { readFileSync } from "node:fs";

import type { Locator } from "@playwright/test";

import type { Person } from "../support/person.ts";
import { createProject, unique } from "../support/project.ts";
import { RunsTable } from "../support/runs_table.ts";
import { Tracking } from "../support/tracking.ts";
import { expect, test } from "../support/test.ts";

interface Two {
    /** A word that stands in the names of these runs alone. */
    word: string;
    projects: { projectId: string; name: string }[];
}

/** Two projects with three runs each: number `n` of project `p` has the loss `p + n / 10`. */
async function twoProjects(person: Person): Promise<Two> {
    const word = unique("across").replace(" ", "-");
    const projects = [];
    for (const place of [0, 1]) {
        const { projectId, name } = await createProject(person, { name: unique(place === 0 ? "Rain" : "Snow") });
        const tracking = await Tracking.into(person, projectId);
        const experiment = await tracking.experiment("across");
        for (const number of [0, 1, 2]) {
            await tracking.run(experiment, {
                name: `${word} ${place}.${number}`,
                status: "FINISHED",
                startTime: Date.now() - 600_000 + place * 60_000 + number * 1_000,
                metrics: { loss: [9, place + number / 10] },
            });
        }
        projects.push({ projectId, name });
    }
    return { word, projects };
}

function address(word: string, more = ""): string {
    return `/runs?q=${encodeURIComponent(`name LIKE '${word}%'`)}${more}`;
}

test("runs of several projects stand in one table, are grouped by project, and lead into it", async ({ page, ann }) => {
    const { word, projects } = await twoProjects(ann);
    const table = new RunsTable(page);
    await page.goto("/");
    await page.getByRole("link", { name: "All runs", exact: true }).first().click();
    await expect(page.getByRole("heading", { name: "All runs" })).toBeVisible();
    await page.getByLabel("Filter the runs").fill(`name LIKE '${word}%' AND metrics.loss >= 0.2`);
    await expect(table.rows).toHaveCount(4);
    expect(await table.column("Project")).toEqual([projects[1], projects[1], projects[1], projects[0]].map((project) => project!.name));

    await page.getByRole("button", { name: "Group by" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Project" }).click();
    await page.keyboard.press("Escape");
    await expect(table.rows).toHaveCount(2);
    await expect(page).toHaveURL(/group=project/);
    await table.row(projects[0]!.name).click();
    await expect(table.rows).toHaveCount(3);
    await table.row(`${word} 0.2`).getByRole("link", { name: `${word} 0.2` }).click();
    await expect(page).toHaveURL(new RegExp(`/projects/${projects[0]!.projectId}/runs/`));
    await expect(page.getByRole("heading", { name: `${word} 0.2` })).toBeVisible();
    await page.goBack();
    await expect(table.rows).toHaveCount(3);
});

test("the table follows runs of any of the projects by itself", async ({ page, ann }) => {
    const { word, projects } = await twoProjects(ann);
    const table = new RunsTable(page);
    await page.goto(address(word, "&cols=project,metrics.loss&sort=metrics.loss"));
    await expect(table.rows).toHaveCount(6);
    const tracking = await Tracking.into(ann, projects[1]!.projectId);
    const experiment = await tracking.experiment("later");
    await tracking.run(experiment, { name: `${word} later`, metrics: { loss: [-1] } });
    await expect(table.rows).toHaveCount(7);
    await expect(table.rows.first()).toContainText(`${word} later`);
    // A project that did not exist when the page was opened.
    const more = await createProject(ann, { name: unique("Hail") });
    const there = await Tracking.into(ann, more.projectId);
    await there.run(await there.experiment("new"), { name: `${word} new`, metrics: { loss: [-2] } });
    await expect(table.rows).toHaveCount(8);
    await expect(table.rows.first()).toContainText(more.name);
});

test("courses are drawn, and columns that tell nothing are left out, across projects too", async ({ page, ann }) => {
    const { word, projects } = await twoProjects(ann);
    const table = new RunsTable(page);
    await page.goto(address(word, "&cols=project,status,metrics.loss,params.none&spark=metrics.loss&sort=metrics.loss"));
    await expect(table.rows).toHaveCount(6);
    await expect(table.rows.locator("svg.sparkline")).toHaveCount(6);
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("switch", { name: "Only differing columns" }).click();
    await page.keyboard.press("Escape");
    await expect(table.grid.getByRole("columnheader", { name: "Status" })).toHaveCount(0);
    await expect(table.grid.getByRole("columnheader", { name: "Project" })).toHaveCount(1);
    expect(await table.column("Project")).toEqual([0, 0, 0, 1, 1, 1].map((place) => projects[place]!.name));
});

test("one sees the runs of one's projects alone, and changes only what one may", async ({ page, bensPage, ann, ben }) => {
    const { word, projects } = await twoProjects(ann);
    const bens = new RunsTable(bensPage);
    await bensPage.goto(address(word));
    await expect(bensPage.getByText("No run matches")).toBeVisible();
    const give = async (place: number, role: string) =>
        ann.ask("PUT", `/api/projects/${projects[place]!.projectId}/members/${ben.userId}`, { role });
    await give(0, "RESEARCHER");
    // What is opened to him shows up by itself.
    await expect(bens.rows).toHaveCount(3);
    await give(1, "GUEST");
    await expect(bens.rows).toHaveCount(6);

    for (const name of [`${word} 0.0`, `${word} 1.0`]) await bens.row(name).getByRole("checkbox").click();
    const bar = bensPage.getByRole("region", { name: "Selected runs" });
    await expect(bar.getByRole("button", { name: "Compare" })).toHaveAttribute("data-tip", /Only runs of one project/);
    await bar.getByRole("button", { name: "Move to the bin" }).click();
    await expect(bensPage.getByText("1 run moved to the bin.")).toBeVisible();
    await expect(bensPage.getByText(/1 run could not be changed.*needs the role Researcher/)).toBeVisible();
    await expect(bens.rows).toHaveCount(5);

    const table = new RunsTable(page);
    await page.goto(address(word));
    await expect(table.rows).toHaveCount(5);
    for (const name of [`${word} 1.1`, `${word} 1.2`]) await table.row(name).getByRole("checkbox").click();
    await page.getByRole("region", { name: "Selected runs" }).getByRole("link", { name: "Compare" }).click();
    await expect(page).toHaveURL(new RegExp(`/projects/${projects[1]!.projectId}/compare`));
});

test("all that match is taken along as a file that names the projects", async ({ page, ann }) => {
    const { word, projects } = await twoProjects(ann);
    const table = new RunsTable(page);
    await page.goto(address(word, "&cols=project,metrics.loss&sort=-metrics.loss"));
    await expect(table.rows).toHaveCount(6);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export all matching runs" }).click();
    await page.getByRole("menuitem", { name: "Export as CSV" }).click();
    const lines = readFileSync(await (await download).path(), "utf8").trim().split(/\r?\n/);
    expect(lines).toHaveLength(7);
    expect(lines[0]).toBe("run_id,name,project,metrics.loss");
    expect(lines[1]).toContain(`${word} 1.2,${projects[1]!.name},1.2`);
    expect(lines[6]).toContain(`${word} 0.0,${projects[0]!.name},0`);
});

test("a window of a phone's width has all of it, and the keyboard reaches a run", async ({ page, ann }) => {
    const { word } = await twoProjects(ann);
    const table = new RunsTable(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(address(word));
    await expect(table.rows).toHaveCount(6);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(wider, "nothing is wider than the window").toBe(false);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await expect(page).toHaveURL(/\/projects$/);
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await expect(page).toHaveURL(/\/runs$/);
    await expect(page.getByRole("heading", { name: "All runs" })).toBeFocused();
});

test("runs of all projects are edited in their rows where one may", async ({ bensPage: page, ann, ben }) => {
    const { word, projects } = await twoProjects(ann);
    await ann.ask("PUT", `/api/projects/${projects[0]!.projectId}/members/${ben.userId}`, { role: "GUEST" });
    await ann.ask("PUT", `/api/projects/${projects[1]!.projectId}/members/${ben.userId}`, { role: "RESEARCHER" });
    const table = new RunsTable(page);
    const editor = page.locator(".table-editor");
    await page.goto(address(word, "&cols=project,note"));
    await expect(table.rows).toHaveCount(6);
    const note = async (run: string): Promise<Locator> => await table.cell(table.row(`${word} ${run}`), "Note");
    await (await note("1.0")).dblclick();
    await editor.getByRole("textbox").fill("snow all over");
    await editor.getByRole("textbox").press("Enter");
    await expect(await note("1.0")).toHaveText("snow all over");
    await page.reload();
    await expect(await note("1.0"), "it was saved").toHaveText("snow all over");

    await (await note("0.0")).dblclick();
    await expect(editor.getByRole("alert")).toContainText(/needs the role/);
    await editor.getByRole("button", { name: "Close" }).click();
    await expect(editor).toBeHidden();
    await expect(table.row(`${word} 0.0`)).toBeVisible();
});
