/** Where a server under test keeps its data: a folder, and perhaps a PostgreSQL database of its own. */
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class Storage {
    readonly folder: string;
    readonly databaseUrl: string | undefined;
    readonly #isOwn: boolean;
    readonly #database = `mantik_e2e_${randomBytes(6).toString("hex")}`;

    /** Fresh storage, or that of a folder which was filled before and is kept. */
    constructor(folder?: string) {
        this.#isOwn = folder === undefined;
        this.folder = folder ?? mkdtempSync(join(tmpdir(), "mantik-e2e-"));
        if (this.#isOwn && kind() === "postgres") {
            administrate(`CREATE DATABASE ${this.#database}`);
            const url = new URL(administrationUrl());
            url.pathname = `/${this.#database}`;
            this.databaseUrl = url.toString();
        }
    }

    /** What tells the server's program to use this storage. */
    get arguments(): string[] {
        const folder = ["--data", this.folder];
        return this.databaseUrl === undefined ? folder : [...folder, "--database-url", this.databaseUrl];
    }

    remove(): void {
        if (this.databaseUrl !== undefined) {
            administrate(`DROP DATABASE IF EXISTS ${this.#database} WITH (FORCE)`);
        }
        if (this.#isOwn) {
            rmSync(this.folder, { recursive: true, force: true });
        }
    }
}

function kind(): "sqlite" | "postgres" {
    const kind = process.env["MANTIK_E2E_DATABASE"] ?? "sqlite";
    if (kind !== "sqlite" && kind !== "postgres") {
        throw new Error(`MANTIK_E2E_DATABASE is "${kind}"; use sqlite or postgres`);
    }
    return kind;
}

function administrationUrl(): string {
    const url = process.env["MANTIK_E2E_DATABASE_URL"];
    if (url === undefined) {
        throw new Error("set MANTIK_E2E_DATABASE_URL to a PostgreSQL database whose user may create databases");
    }
    return url;
}

function administrate(statement: string): void {
    execFileSync("psql", [administrationUrl(), "--no-psqlrc", "--quiet", "--command", statement], { stdio: "pipe" });
}
