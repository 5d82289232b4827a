/** A host of git on this machine, as the server reads repositories from. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export class GitHost {
    readonly #folder = mkdtempSync(join(tmpdir(), "mantik-git-"));
    readonly #server: Server;

    private constructor() {
        this.#server = createServer((request, response) => void this.#answer(request, response));
    }

    static async start(): Promise<GitHost> {
        const host = new GitHost();
        host.#server.listen(0, "127.0.0.1");
        await once(host.#server, "listening");
        return host;
    }

    /** Host and port. */
    get place(): string {
        return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    }

    /** Makes a repository whose branch `main` has a commit of these files, and gives its address. */
    add(name: string, files: Record<string, string>): string {
        const [bare, work] = [join(this.#folder, name), join(this.#folder, `${name}-work`)];
        [bare, work].forEach((folder) => mkdirSync(folder));
        git(bare, "init", "--quiet", "--bare", "--initial-branch=main", ".");
        git(bare, "config", "uploadpack.allowFilter", "true");
        git(bare, "config", "uploadpack.allowAnySHA1InWant", "true");
        git(work, "clone", "--quiet", bare, ".");
        git(work, "checkout", "--quiet", "-B", "main");
        for (const [path, text] of Object.entries(files)) {
            mkdirSync(dirname(join(work, path)), { recursive: true });
            writeFileSync(join(work, path), text);
        }
        git(work, "add", "--all");
        git(work, "commit", "--quiet", "--message", "Begin");
        git(work, "push", "--quiet", "origin", "main");
        return `http://${this.place}/${name}`;
    }

    stop(): void {
        this.#server.close();
        this.#server.closeAllConnections();
        rmSync(this.#folder, { recursive: true, force: true });
    }

    /** What `git http-backend` answers, which is a CGI program (RFC 3875). */
    async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const url = new URL(request.url ?? "/", "http://host");
        const child = spawn("git", ["http-backend"], {
            stdio: ["pipe", "pipe", "ignore"],
            env: {
                ...process.env,
                GIT_PROJECT_ROOT: this.#folder,
                GIT_HTTP_EXPORT_ALL: "1",
                PATH_INFO: url.pathname,
                QUERY_STRING: url.search.slice(1),
                REQUEST_METHOD: request.method ?? "GET",
                CONTENT_TYPE: request.headers["content-type"] ?? "",
                HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
                GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
            },
        });
        request.pipe(child.stdin);
        const chunks: Buffer[] = [];
        child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
        await once(child, "close");
        const output = Buffer.concat(chunks);
        const end = output.indexOf("\r\n\r\n");
        for (const line of output.subarray(0, end).toString().split("\r\n")) {
            const [name = "", value = ""] = line.split(/: (.*)/s);
            if (name === "Status") {
                response.statusCode = Number.parseInt(value, 10);
            } else {
                response.setHeader(name, value);
            }
        }
        response.end(output.subarray(end + 4));
    }
}

function git(folder: string, ...words: string[]): void {
    const settings = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgSign=false"];
    execFileSync("git", ["-C", folder, ...settings, ...words], { stdio: "pipe" });
}
