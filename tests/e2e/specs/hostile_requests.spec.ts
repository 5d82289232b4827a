import { createProject } from "../support/project.ts";
import { type RawAnswer, raw } from "../support/raw.ts";
import { expect, test } from "../support/test.ts";

const NOBODY = "00000000-0000-4000-8000-000000000000";
const CODES: Record<number, string> = {
    400: "bad_request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    412: "stale",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid",
    428: "version_required",
};

/** The answer is a refusal in the documented shape. */
function expectProblem(answer: RawAnswer, statuses: number[], what: string): void {
    expect(statuses, `${what}: ${answer.status} ${answer.text.slice(0, 200)}`).toContain(answer.status);
    expect(answer.headers["content-type"], what).toContain("application/json");
    const problem = JSON.parse(answer.text) as { code: string; detail: unknown; requestId: string };
    expect(problem.code, what).toBe(CODES[answer.status]);
    expect(problem.requestId, what).toMatch(/\S/);
    expect(answer.text, `${what} tells of the inside`).not.toMatch(/sqlx|SELECT |panicked|\.rs:|\/home|sqlite/i);
}

test("a body that cannot be read is refused with a reason", async ({ ann }) => {
    const bodies: [string, string, number[]][] = [
        ["cut off", '{"name": "x', [400]],
        ["empty", "", [400]],
        ["not JSON", "<xml/>", [400]],
        ["not an object", "[]", [400, 422]],
        ["null", "null", [400, 422]],
        ["a number for a name", '{"name": 7}', [422]],
        ["null for a name", '{"name": null}', [422]],
        ["an object for a name", '{"name": {}}', [422]],
        ["a text for a boolean", '{"name": "x", "public": "yes"}', [422]],
        ["an empty name", '{"name": ""}', [422]],
        ["a blank name", '{"name": "   "}', [422]],
        ["a name with a control character", '{"name": "a\\u0000b"}', [422]],
        ["too long a name", JSON.stringify({ name: "x".repeat(100_000) }), [422]],
        ["a lone surrogate", '{"name": "\\ud800"}', [400, 422]],
        ["deep nesting", `{"name": ${"[".repeat(10_000)}${"]".repeat(10_000)}}`, [400, 422]],
        ["a byte order mark alone", "\ufeff", [400]],
    ];
    for (const [what, body, statuses] of bodies) {
        expectProblem(await raw(ann, "POST", "/api/projects", body), statuses, what);
    }
    const answer = await raw(ann, "POST", "/api/projects", '{"name": "x"}', { "Content-Type": "text/plain" });
    expectProblem(answer, [415], "a body of another type");
});

test("a body of 10 MB is refused, whoever sends it where", async ({ page, ann, faults }) => {
    faults.expect(/status of 413/);
    await page.goto("/projects");
    const send = async (path: string, headers: Record<string, string>) =>
        page.evaluate(
            async ([path, headers]) => {
                const body = JSON.stringify({ name: "x".repeat(10_000_000) });
                const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body });
                return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
            },
            [path, headers] as const,
        );
    for (const path of ["/api/projects", "/api/session", "/api/markdown", "/api/setup"]) {
        const answer = await send(path, { "X-Requested-By": "console" });
        expect(answer, path).toMatchObject({ status: 413, body: { code: "too_large" } });
    }
    const logged = await send("/tracking/api/2.0/mlflow/runs/log-batch", { Authorization: `Bearer ${await ann.token()}` });
    expect(logged).toMatchObject({ status: 413, body: { error_code: expect.any(String) } });
});

test("an id that is unknown, and one that is none, is not found", async ({ ann }) => {
    const { projectId } = await createProject(ann);
    const ids = [NOBODY, "x", "0", "-1", "%00", "%ff", "..%2f..%2fetc%2fpasswd", "a".repeat(2000), "'%20OR%201=1--", "%F0%9F%92%A5"];
    for (const id of ids) {
        expectProblem(await raw(ann, "GET", `/api/projects/${id}`), [404], `project ${id}`);
        expectProblem(await raw(ann, "GET", `/api/projects/${projectId}/runs/${id}`), [404], `run ${id}`);
        expectProblem(await raw(ann, "GET", `/api/projects/${projectId}/runs/${id}/data`), [404], `data of run ${id}`);
        expectProblem(await raw(ann, "DELETE", `/api/projects/${id}`, undefined, { "If-Match": '"v1"' }), [404], `delete ${id}`);
    }
});

test("a path that climbs leads nowhere", async ({ ann }) => {
    const climbs = ["..", "../..", "%2e%2e", "..%2f..", "..%5c..", "%252e%252e", "....//", ".%00.", "/etc/passwd", "C:%5c"];
    for (const climb of climbs) {
        for (const path of [`/static/${climb}/Cargo.toml`, `/api/${climb}/master.key`, `/${climb}/etc/passwd`]) {
            const answer = await raw(ann, "GET", path);
            expect(answer.status, path).toBeLessThan(500);
            expect(answer.text, path).not.toMatch(/root:|\[package\]|\[workspace\]/);
        }
    }
});

test("an artifact's path cannot leave its run", async ({ ann }) => {
    const token = await ann.token();
    const headers = { Authorization: `Bearer ${token}`, Cookie: "" };
    for (const path of ["../x", "%2e%2e/x", "a/../../x", "/etc/passwd", "a%00b", "a%5c..%5cb", "%252e%252e/x", "x".repeat(2000)]) {
        for (const method of ["GET", "PUT", "DELETE"]) {
            const target = `/tracking/api/2.0/mlflow-artifacts/artifacts/0/${"0".repeat(32)}/artifacts/${path}`;
            const answer = await raw(ann, method, target, method === "PUT" ? "x" : undefined, headers);
            expect(answer.status, `${method} ${path}: ${answer.text.slice(0, 200)}`).toBeGreaterThanOrEqual(400);
            expect(answer.status, `${method} ${path}: ${answer.text.slice(0, 200)}`).toBeLessThan(500);
        }
    }
});

test("nobody reads or changes another person's private project", async ({ ann, ben }) => {
    const { projectId } = await createProject(ann, { name: "Nobody else's" });
    const missing = await raw(ben, "GET", `/api/projects/${NOBODY}`);
    const base = `/api/projects/${projectId}`;
    const calls: [string, string, string?][] = [
        ["GET", base],
        ["PUT", base, '{"name": "mine now"}'],
        ["DELETE", base],
        ["GET", `${base}/activity`],
        ["GET", `${base}/experiments`],
        ["POST", `${base}/experiments`, '{"name": "x"}'],
        ["GET", `${base}/runs`],
        ["GET", `${base}/runs/keys`],
        ["POST", `${base}/runs/search`, "{}"],
        ["POST", `${base}/runs/groups`, '{"query": {"groupBy": ["status"]}}'],
        ["GET", `${base}/runs/${NOBODY}`],
        ["GET", `${base}/runs/${NOBODY}/data`],
        ["GET", `${base}/runs/${NOBODY}/files`],
        ["GET", `${base}/runs/${NOBODY}/file?path=a`],
    ];
    for (const [method, path, body] of calls) {
        const answer = await raw(ben, method, path, body, { "If-Match": '"v1"' });
        expectProblem(answer, [404], `${method} ${path}`);
        const words = (text: string) => (JSON.parse(text) as { detail: string }).detail;
        expect(words(answer.text), `${method} ${path}`).toBe(words(missing.text));
    }
    expect((await raw(ann, "GET", base)).text).toContain("Nobody else's");
});

test("a request that another site could have sent changes nothing", async ({ ann }) => {
    const body = '{"name": "forged"}';
    const forgeries: Record<string, string>[] = [
        { Origin: "https://evil.example" },
        { Origin: "null" },
        { "Sec-Fetch-Site": "cross-site" },
        { "Sec-Fetch-Site": "same-site", Origin: "http://127.0.0.1:1" },
        { "X-Requested-By": "", Origin: "https://evil.example" },
    ];
    for (const headers of forgeries) {
        const answer = await raw(ann, "POST", "/api/projects", body, headers);
        expectProblem(answer, [403], JSON.stringify(headers));
    }
    const wrongHost = await raw(ann, "GET", "/api/session", undefined, { Host: "evil.example" });
    expect(wrongHost.status).toBe(421);
});

test("a method that a resource does not know is refused", async ({ ann }) => {
    for (const [method, path] of [["PATCH", "/api/projects"], ["DELETE", "/api/setup"], ["PUT", "/api/session"]] as const) {
        const answer = await raw(ann, method, path, "{}");
        expectProblem(answer, [405], `${method} ${path}`);
        expect(answer.headers["allow"], `${method} ${path}`).toMatch(/\S/);
    }
});
