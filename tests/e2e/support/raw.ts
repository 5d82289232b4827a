/** Requests exactly as written: `fetch` would tidy up their paths. */
import { request } from "node:http";

import type { Person } from "./person.ts";

export interface RawAnswer {
    status: number;
    headers: Record<string, string | string[] | undefined>;
    text: string;
}

export async function raw(
    person: Person,
    method: string,
    path: string,
    body?: string | Buffer,
    headers: Record<string, string> = {},
): Promise<RawAnswer> {
    const { hostname, port } = new URL(person.server.origin);
    return await new Promise((resolve, reject) => {
        const sent = request(
            {
                hostname,
                port,
                method,
                path,
                headers: {
                    Cookie: person.cookie,
                    Origin: person.server.origin,
                    "X-Requested-By": "console",
                    ...(body === undefined ? {} : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) }),
                    ...headers,
                },
            },
            (answer) => {
                const parts: Buffer[] = [];
                answer.on("data", (part: Buffer) => parts.push(part));
                answer.on("end", () => {
                    const text = Buffer.concat(parts).toString("utf8");
                    resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
                });
                answer.on("error", reject);
            },
        );
        sent.on("error", reject);
        sent.end(body);
    });
}
