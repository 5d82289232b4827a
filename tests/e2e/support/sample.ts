/** A project whose runs differ in code, data and results, so that a test knows every count. */
import type { Person } from "./person.ts";
import { createProject } from "./project.ts";
import { Tracking } from "./tracking.ts";

export interface Sample {
    projectId: string;
    tracking: Tracking;
    experiment: string;
    /** The names of the runs, the newest first. */
    names: string[];
}

const REPOSITORY = "https://git.example.org/sample";
export const COMMITS = ["1f0c3ab4d5e6f708192a3b4c5d6e7f8091a2b3c4", "9e8d7c6b5a49382716f5e4d3c2b1a0998877665f"] as const;
const STATUSES = ["FINISHED", "FINISHED", "FINISHED", "FAILED"] as const;

/**
 * Twelve runs, one a minute: number `n` has depth `n % 3`, loss `n / 10` and the commit `n % 2`; every fourth failed.
 * Number 11 has logged no loss.
 */
export async function sample(person: Person): Promise<Sample> {
    const { projectId } = await createProject(person);
    const tracking = await Tracking.into(person, projectId);
    const experiment = await tracking.experiment("sample");
    const start = Date.now() - 3_600_000;
    const names: string[] = [];
    for (let number = 0; number < 12; number++) {
        const name = `run ${String(number).padStart(2, "0")}`;
        await tracking.run(experiment, {
            name,
            status: STATUSES[number % 4]!,
            startTime: start + number * 60_000,
            endTime: start + number * 60_000 + 30_000,
            params: { depth: String(number % 3), family: number % 2 === 0 ? "tree" : "forest" },
            metrics: number === 11 ? {} : { loss: [number / 10] },
            tags: { "mlflow.source.git.commit": COMMITS[number % 2]!, "mlflow.source.git.repoURL": REPOSITORY },
        });
        names.unshift(name);
    }
    return { projectId, tracking, experiment, names };
}
