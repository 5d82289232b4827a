/** A project with all that a run needs, and the form that starts one. */
import type { Page } from "@playwright/test";

import { GitHost } from "./git_host.ts";
import type { Person } from "./person.ts";
import { createProject, unique } from "./project.ts";
import { Server } from "./server.ts";
import { test as base } from "./test.ts";

const ML_PROJECT = `name: wine
python_env: python_env.yaml
entry_points:
  main:
    parameters:
      alpha: float
      depth: {type: int, default: 4}
      deep: {type: bool, default: false}
      table: {type: path, default: data/wine.csv}
    command: "python train.py --alpha {alpha} --depth {depth}"
  evaluate:
    command: "python evaluate.py"
`;

/** A project with code, an experiment and two sets of data. */
export interface Place {
    projectId: string;
    code: string;
    red: string;
    white: string;
}

export const test = base.extend<object, { git: GitHost; repository: string; place: Place }>({
    git: [
        async ({}, use) => {
            const git = await GitHost.start();
            await use(git);
            git.stop();
        },
        { scope: "worker" },
    ],
    server: [
        async ({ git }, use) => {
            const server = await Server.start({ people: ["root", "ann", "ben", "cleo"], allowEgress: [git.place] });
            await use(server);
            await server.remove();
        },
        { scope: "worker" },
    ],
    repository: [async ({ git }, use) => use(git.add("wine", { MLproject: ML_PROJECT })), { scope: "worker" }],
    place: [async ({ ann, repository }, use) => use(await furnished(ann, repository)), { scope: "worker" }],
});

async function furnished(ann: Person, repository: string): Promise<Place> {
    const { projectId } = await createProject(ann, { name: unique("Wine") });
    const add = async (kind: string, body: object): Promise<Record<string, string>> =>
        await ann.ask<Record<string, string>>("POST", `/api/projects/${projectId}/${kind}`, body);
    const code = await add("code", { codeRepositoryName: "wine", uri: repository });
    await add("experiments", { name: "tasting" });
    const data = async (name: string): Promise<string> =>
        (await add("data", { dataRepositoryName: name, uri: `s3://bucket/${name}`, versions: { v1: "main" } }))["dataRepositoryId"]!;
    const [red, white] = [await data("red"), await data("white")];
    await ann.ask("POST", `/api/users/${ann.userId}/settings/connections`, {
        connectionName: unique("JUWELS"), connectionProvider: "UNICORE", authMethod: "TOKEN", token: "hush",
        uri: "https://unicore.invalid/rest/core",
    });
    return { projectId, code: code["codeRepositoryId"]!, red, white };
}

/** Types in all that a run needs. */
export async function fill(page: Page): Promise<void> {
    await page.getByLabel("Code", { exact: true }).selectOption("wine");
    await page.getByLabel("alpha", { exact: true }).fill("1e-3");
    await page.getByRole("combobox", { name: /^Data/ }).selectOption("red");
    await page.getByLabel("Experiment", { exact: true }).selectOption("tasting");
    await page.getByRole("radio", { name: /UNICORE/ }).check({ force: true });
    await page.getByLabel("API address").fill("https://unicore.invalid/rest/core");
    await page.getByLabel("Queue").fill("devel");
    await page.getByLabel("Nodes").first().fill("2");
}

export const launch = (place: Place): string => `/projects/${place.projectId}/runs/new`;
export const run = (page: Page) => page.getByRole("button", { name: "Run", exact: true });
