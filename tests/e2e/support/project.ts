/** Projects, and what the API makes in them. */
import { randomBytes } from "node:crypto";

import type { Person } from "./person.ts";

export interface Project {
    projectId: string;
    name: string;
    version: number;
    executiveSummary: string;
}

export interface NewProject {
    name?: string;
    executiveSummary?: string;
    detailedDescription?: string;
    public?: boolean;
}

/** A name that no other test uses. */
export function unique(words: string): string {
    return `${words} ${randomBytes(4).toString("hex")}`;
}

export async function createProject(person: Person, wanted: NewProject = {}): Promise<Project> {
    const { projectId } = await person.ask<Project>("POST", "/api/projects", { name: unique("Project"), ...wanted });
    return await readProject(person, projectId);
}

export async function readProject(person: Person, projectId: string): Promise<Project> {
    return await person.ask<Project>("GET", `/api/projects/${projectId}`);
}
