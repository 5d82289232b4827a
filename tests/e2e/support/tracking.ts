/** A client of the MLflow REST API, for data that a test needs rather than tests. */
import type { Person } from "./person.ts";

export interface NewRun {
    name: string;
    status?: "RUNNING" | "FINISHED" | "FAILED" | "KILLED" | "SCHEDULED";
    startTime?: number;
    endTime?: number;
    params?: Record<string, string>;
    /** The value of each step. */
    metrics?: Record<string, number[]>;
    tags?: Record<string, string>;
}

export class Tracking {
    readonly #origin: string;
    readonly #token: string;

    private constructor(origin: string, token: string) {
        this.#origin = origin;
        this.#token = token;
    }

    /** Logs into a project. */
    static async into(person: Person, projectId: string): Promise<Tracking> {
        return new Tracking(person.server.origin, await person.token(projectId));
    }

    async experiment(name: string): Promise<string> {
        const answer = await this.#post<{ experiment_id: string }>("experiments/create", { name });
        return answer.experiment_id;
    }

    /** Makes a run with all that it logs, and returns its MLflow id. */
    async run(experimentId: string, run: NewRun): Promise<string> {
        const start = run.startTime ?? Date.now();
        const created = await this.#post<{ run: { info: { run_id: string } } }>("runs/create", {
            experiment_id: experimentId,
            run_name: run.name,
            start_time: start,
            tags: pairs(run.tags),
        });
        const id = created.run.info.run_id;
        const metrics = Object.entries(run.metrics ?? {}).flatMap(([key, values]) =>
            values.map((value, step) => ({ key, value: spelled(value), step, timestamp: start + step * 1000 })),
        );
        await this.log(id, { params: pairs(run.params), metrics });
        if (run.status !== undefined && run.status !== "RUNNING") {
            await this.end(id, run.status, run.endTime ?? start + 60_000);
        }
        return id;
    }

    async log(runId: string, what: Record<string, unknown>): Promise<void> {
        await this.#post("runs/log-batch", { run_id: runId, ...what });
    }

    async metric(runId: string, key: string, value: number, step: number): Promise<void> {
        await this.#post("runs/log-metric", { run_id: runId, key, value, step, timestamp: Date.now() });
    }

    async end(runId: string, status: string, endTime = Date.now()): Promise<void> {
        await this.#post("runs/update", { run_id: runId, status, end_time: endTime });
    }

    async artifact(experimentId: string, runId: string, path: string, bytes: string | Uint8Array<ArrayBuffer>): Promise<void> {
        await this.#send("PUT", `mlflow-artifacts/artifacts/${experimentId}/${runId}/artifacts/${path}`, bytes);
    }

    async #post<T>(call: string, body: unknown): Promise<T> {
        return (await this.#send("POST", `mlflow/${call}`, JSON.stringify(body))) as T;
    }

    async #send(method: string, path: string, body: string | Uint8Array<ArrayBuffer>): Promise<unknown> {
        const answer = await fetch(`${this.#origin}/tracking/api/2.0/${path}`, {
            method,
            headers: { Authorization: `Bearer ${this.#token}`, "Content-Type": "application/json" },
            body,
        });
        const text = await answer.text();
        if (!answer.ok) {
            throw new Error(`${path}: ${answer.status} ${text}`);
        }
        return text === "" ? {} : JSON.parse(text);
    }
}

/** The address of an MLflow run in the console. */
export function runAddress(projectId: string, mlflowId: string): string {
    const id = mlflowId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    return `/projects/${projectId}/runs/${id}`;
}

/** JSON knows no NaN and no infinities; MLflow spells them as texts. */
function spelled(value: number): number | string {
    return Number.isFinite(value) ? value : String(value);
}

function pairs(values: Record<string, string> = {}): { key: string; value: string }[] {
    return Object.entries(values).map(([key, value]) => ({ key, value }));
}
