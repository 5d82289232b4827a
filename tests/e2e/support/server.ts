/** A server of its own for a test: started, stopped, killed, started again on the same data and port. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

import { Storage } from "./database.ts";

const START_MS = 20_000;
const STOP_MS = 35_000;

export interface ServerOptions {
    /** Fills the database with demonstration data. */
    demo?: boolean;
    /** People who exist before the start; the first is an administrator. Without any, the server waits for its first user. */
    people?: string[];
    /** A folder that was filled before, instead of a fresh one; it is kept. */
    folder?: string;
    /** Hosts with their ports that the server may ask although they are not on the public internet. */
    allowEgress?: string[];
    /** Executes runs on this machine. */
    localExecutor?: boolean;
}

/** What everyone made by `ServerOptions.people` signs in with. */
export const PASSWORD = "correct horse battery staple";

export class Server {
    /** The program under test. */
    static readonly program =
        process.env["MANTIK_SERVER"] ?? fileURLToPath(new URL("../../../target/release/mantik-server", import.meta.url));

    readonly storage: Storage;
    readonly #port: number;
    readonly #demo: boolean;
    readonly #allowEgress: string[];
    readonly #localExecutor: boolean;
    #process: ChildProcess | undefined;
    #output = "";

    private constructor(port: number, options: ServerOptions) {
        this.storage = new Storage(options.folder);
        this.#port = port;
        this.#demo = options.demo ?? false;
        this.#allowEgress = options.allowEgress ?? [];
        this.#localExecutor = options.localExecutor ?? false;
    }

    static async start(options: ServerOptions = {}): Promise<Server> {
        const server = new Server(await freePort(), options);
        try {
            (options.people ?? []).forEach((name, place) => server.addUser(name, place === 0));
            await server.start();
        } catch (error) {
            await server.remove();
            throw error;
        }
        return server;
    }

    get origin(): string {
        return `http://127.0.0.1:${this.#port}`;
    }

    /** What the server has printed since its last start. */
    get output(): string {
        return this.#output;
    }

    /** The one-time link that the server printed at its last start. */
    async link(): Promise<string> {
        return await until(() => /https?:\/\/\S+\?token=[\w-]+/.exec(this.#output)?.[0], START_MS, "a link");
    }

    addUser(name: string, administrator = false): void {
        const role = administrator ? ["--admin"] : [];
        this.#run(["user", "add", name, "--email", `${name}@example.org`, ...role, "--password-stdin"], `${PASSWORD}\n`);
    }

    async start(): Promise<void> {
        this.#output = "";
        const egress = this.#allowEgress.flatMap((place) => ["--allow-egress", place]);
        const executor = this.#localExecutor ? ["--local-executor"] : [];
        const words = ["serve", "--port", String(this.#port), ...(this.#demo ? ["--demo"] : []), ...executor, ...egress];
        const process = spawn(Server.program, [...words, ...this.storage.arguments], { stdio: ["ignore", "pipe", "pipe"] });
        this.#process = process;
        for (const stream of [process.stdout, process.stderr]) {
            stream.setEncoding("utf8").on("data", (text: string) => (this.#output += text));
        }
        await until(() => this.#isReady(process), START_MS, "the server").catch((error: unknown) => {
            throw new Error(`${String(error)}\n${this.#output}`);
        });
    }

    /** Asks the server to end, and waits until it has. Returns its exit status. */
    async stop(): Promise<number | null> {
        return await this.#end("SIGTERM");
    }

    /** Ends the server as a power cut would. */
    async kill(): Promise<void> {
        await this.#end("SIGKILL");
    }

    /** Ends the server and removes its data, if they are its own. */
    async remove(): Promise<void> {
        await this.#end("SIGKILL");
        this.storage.remove();
    }

    #run(words: string[], input: string): string {
        return execFileSync(Server.program, [...words, ...this.storage.arguments], { input, encoding: "utf8" });
    }

    async #isReady(process: ChildProcess): Promise<true | undefined> {
        if (process.exitCode !== null) {
            throw new Error(`the server ended with status ${process.exitCode}`);
        }
        const answer = await fetch(`${this.origin}/ready`).catch(() => undefined);
        return answer?.ok ? true : undefined;
    }

    async #end(signal: NodeJS.Signals): Promise<number | null> {
        const process = this.#process;
        this.#process = undefined;
        if (process === undefined || process.exitCode !== null || process.signalCode !== null) {
            return process?.exitCode ?? null;
        }
        const ended = once(process, "exit");
        process.kill(signal);
        const impatience = setTimeout(() => process.kill("SIGKILL"), STOP_MS);
        await ended;
        clearTimeout(impatience);
        return process.exitCode;
    }
}

async function freePort(): Promise<number> {
    const probe = createServer().listen(0, "127.0.0.1");
    await once(probe, "listening");
    const address = probe.address();
    probe.close();
    await once(probe, "close");
    if (address === null || typeof address === "string") {
        throw new Error("no port is free");
    }
    return address.port;
}

/** Asks again until there is an answer. */
export async function until<T>(ask: () => T | undefined | Promise<T | undefined>, ms: number, what: string): Promise<T> {
    const deadline = Date.now() + ms;
    for (;;) {
        const answer = await ask();
        if (answer !== undefined) {
            return answer;
        }
        if (Date.now() > deadline) {
            throw new Error(`${what} did not appear within ${ms} ms`);
        }
        await new Promise((resolve) => setTimeout(resolve, 25));
    }
}
