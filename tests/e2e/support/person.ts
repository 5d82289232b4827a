/** Somebody who uses the API as the console does: with the cookie of a session. */
import type { BrowserContext } from "@playwright/test";

import { PASSWORD, type Server } from "./server.ts";

export interface Answer<T> {
    status: number;
    headers: Headers;
    body: T;
}

/** After how long a person confirms with her password that it is she: well before the server wants her to. */
const CONFIRMED_MS = 5 * 60_000;

export class Person {
    #confirmed = Date.now();

    private constructor(
        readonly server: Server,
        readonly name: string,
        readonly userId: string,
        readonly cookie: string,
        private readonly password: string,
    ) {}

    static async signIn(server: Server, name: string, password = PASSWORD): Promise<Person> {
        const answer = await fetch(`${server.origin}/api/session`, {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-Requested-By": "console", Origin: server.origin },
            body: JSON.stringify({ username: name, password }),
        });
        const cookie = answer.headers.getSetCookie()[0]?.split(";")[0];
        if (!answer.ok || cookie === undefined) {
            throw new Error(`${name} cannot sign in: ${answer.status} ${await answer.text()}`);
        }
        const session = (await answer.json()) as { user: { userId: string } };
        return new Person(server, name, session.user.userId, cookie, password);
    }

    /** Keeps what needs a confirmation allowed, however long the tests take. */
    async #confirm(): Promise<void> {
        if (Date.now() - this.#confirmed > CONFIRMED_MS) {
            this.#confirmed = Date.now();
            await this.send("POST", "/api/session/confirmation", { password: this.password });
        }
    }

    /** Sends a request and returns whatever comes back. */
    async send<T = unknown>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
        await this.#confirm();
        const answer = await fetch(this.server.origin + path, {
            method,
            headers: {
                Accept: "application/json",
                Cookie: this.cookie,
                Origin: this.server.origin,
                "X-Requested-By": "console",
                ...(body === undefined ? {} : { "Content-Type": "application/json" }),
                ...headers,
            },
            ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
        });
        const text = await answer.text();
        const isJson = answer.headers.get("content-type")?.startsWith("application/json");
        return { status: answer.status, headers: answer.headers, body: (isJson ? JSON.parse(text) : text) as T };
    }

    /** Sends a request that must succeed. */
    async ask<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
        const answer = await this.send<T>(method, path, body, headers);
        if (answer.status >= 300) {
            throw new Error(`${method} ${path} for ${this.name}: ${answer.status} ${JSON.stringify(answer.body)}`);
        }
        return answer.body;
    }

    /** Signs the pages of a browser context in. */
    async enter(context: BrowserContext): Promise<void> {
        await this.#confirm();
        const [name = "", value = ""] = this.cookie.split(/=(.*)/s);
        await context.addCookies([{ name, value, url: this.server.origin, httpOnly: true, sameSite: "Strict" }]);
    }

    /** Makes a token for programs; with a project it speaks for that project alone. */
    async token(projectId?: string): Promise<string> {
        const path = `/api/users/${this.userId}/tokens`;
        const answer = await this.ask<{ secret: string }>("POST", path, { name: "tests", scopes: ["write", "mlflow"], projectId, days: 1 });
        return answer.secret;
    }
}
