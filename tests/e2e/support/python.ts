/** Python programs that use the ordinary MLflow client. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The training that the documentation begins with. */
export const TRAINING = fileURLToPath(new URL("../../../examples/wine/train.py", import.meta.url));

export class Python {
    readonly #process: ChildProcess;
    readonly #ended: Promise<unknown>;
    #printed = "";
    #complaints = "";

    /** Starts a program file, or the text of a program after `-c`. The token is the only thing it knows of the server. */
    constructor(words: string[], origin: string, token: string) {
        this.#process = spawn(process.env["MANTIK_E2E_PYTHON"] ?? "python3", words, {
            env: {
                PATH: process.env["PATH"],
                HOME: process.env["HOME"],
                MLFLOW_TRACKING_URI: `${origin}/tracking`,
                MLFLOW_TRACKING_TOKEN: token,
                MLFLOW_HTTP_REQUEST_MAX_RETRIES: "2",
                NO_PROXY: "127.0.0.1",
            },
            stdio: ["ignore", "pipe", "pipe"],
        });
        this.#ended = once(this.#process, "close");
        this.#process.stdout?.setEncoding("utf8").on("data", (text: string) => (this.#printed += text));
        this.#process.stderr?.setEncoding("utf8").on("data", (text: string) => (this.#complaints += text));
    }

    /** Waits until the program ends well, and returns its last line. */
    async lastLine(): Promise<string> {
        await this.#ended;
        if (this.#process.exitCode !== 0) {
            throw new Error(`Python ended with status ${this.#process.exitCode}\n${this.#complaints}`);
        }
        return this.#printed.trimEnd().split("\n").at(-1) ?? "";
    }

    stop(): void {
        this.#process.kill();
    }
}
