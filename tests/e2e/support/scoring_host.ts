/** A model server on this machine, which speaks as MLflow's does: it predicts the sum of the numbers of each row. */
import { once } from "node:events";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came. */
export interface Asked {
    path: string;
    headers: Record<string, unknown>;
    body: unknown;
}

interface Split {
    columns: string[];
    data: unknown[][];
}

export class ScoringHost {
    readonly asked: Asked[] = [];
    readonly #server: Server;

    private constructor() {
        this.#server = createServer((request, response) => void this.#answer(request, response));
    }

    static async start(): Promise<ScoringHost> {
        const host = new ScoringHost();
        host.#server.listen(0, "127.0.0.1");
        await once(host.#server, "listening");
        return host;
    }

    /** Host and port. */
    get place(): string {
        return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    }

    stop(): void {
        this.#server.close();
        this.#server.closeAllConnections();
    }

    async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const pieces: Buffer[] = [];
        for await (const piece of request) {
            pieces.push(piece as Buffer);
        }
        const body = JSON.parse(Buffer.concat(pieces).toString()) as { dataframe_split?: Split };
        this.asked.push({ path: request.url ?? "", headers: request.headers, body });
        const split = body.dataframe_split;
        const isRight = request.url === "/invocations" && split !== undefined;
        const sums = split?.data.map((row) => row.reduce((sum: number, cell) => sum + (typeof cell === "number" ? cell : 0), 0));
        response.writeHead(isRight ? 200 : 400, { "Content-Type": "application/json" });
        response.end(JSON.stringify(isRight ? { predictions: sums } : { message: "a table is wanted" }));
    }
}
