import { type RawAnswer, raw } from "../support/raw.ts";
import { expect, test } from "../support/test.ts";

const EVERYWHERE: Record<string, string> = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
};

function policy(answer: RawAnswer): Map<string, string> {
    const text = String(answer.headers["content-security-policy"] ?? "");
    return new Map(text.split(";").map((part) => [part.trim().split(" ")[0] ?? "", part.trim().split(" ").slice(1).join(" ")]));
}

test("every answer carries the headers that keep a browser safe", async ({ ann, page }) => {
    await page.goto("/");
    const asset = await page.locator("meta[name=console-js]").getAttribute("content");
    const paths = ["/", "/projects", asset!, "/favicon.svg", "/api/setup", "/api/session", "/api/projects", "/api/nothing"];
    paths.push("/api/projects/nothing", "/tracking/api/2.0/mlflow/nothing", "/health", "/static/nothing.js", "/api/docs");
    for (const path of paths) {
        const answer = await raw(ann, "GET", path);
        for (const [name, value] of Object.entries(EVERYWHERE)) {
            expect(answer.headers[name], `${name} of ${path}`).toBe(value);
        }
        expect(policy(answer).get("default-src"), `the policy of ${path}`).toBe("'none'");
        expect(policy(answer).get("frame-ancestors"), `the policy of ${path}`).toBe("'none'");
        expect(answer.headers["permissions-policy"], path).toContain("camera=()");
        expect(answer.headers["server"], path).toBeUndefined();
    }
});

test("a page runs the scripts of its own server alone, and no inline ones", async ({ ann }) => {
    const answer = await raw(ann, "GET", "/projects");
    const rules = policy(answer);
    const scripts = rules.get("script-src")!;
    expect(scripts).toContain("'wasm-unsafe-eval'");
    expect(scripts).not.toContain("'unsafe-inline'");
    expect(scripts).not.toContain("'unsafe-eval'");
    expect(scripts).toContain("/static/");
    expect(rules.get("require-trusted-types-for")).toBe("'script'");
    expect(rules.get("base-uri")).toBe("'none'");
    expect(rules.get("object-src")).toBe("'none'");
    expect(rules.get("form-action")).toBe("'self'");
    expect(answer.headers["cache-control"]).toBe("no-cache");
});

test("what the interface answers is never kept by a cache", async ({ ann }) => {
    for (const path of ["/api/session", "/api/projects", "/api/nothing", "/tracking/api/2.0/mlflow/nothing"]) {
        const answer = await raw(ann, "GET", path);
        expect(answer.headers["cache-control"], path).toContain("no-store");
    }
});

test("an injected script does not run", async ({ page, faults }) => {
    faults.expect(/Content Security Policy/, /policy violated/, /TrustedHTML|TrustedScript|Trusted Type/);
    await page.goto("/projects");
    // What `evaluate` runs itself is above the policy; what it has the page do later is not.
    const ran = await page.evaluate(async () => {
        const marks: string[] = [];
        Object.assign(window, { marks });
        const script = document.createElement("script");
        const frame = document.createElement("iframe");
        const attempts: (() => void)[] = [
            () => ((script.text = "window.marks.push('inline')"), document.body.append(script)),
            () => document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=\"window.marks.push('handler')\">"),
            () => void (0, eval)("window.marks.push('eval')"),
            () => void new Function("window.marks.push('function')")(),
            () => void setTimeout("window.marks.push('timer')" as unknown as () => void),
            () => ((frame.srcdoc = "<script>parent.marks.push('frame')</script>"), document.body.append(frame)),
            () => Object.assign(document.createElement("a"), { href: "javascript:window.marks.push('link')" }).click(),
        ];
        const outcomes = await Promise.all(
            attempts.map(
                (attempt) =>
                    new Promise<void>((resolve) =>
                        setTimeout(() => {
                            try {
                                attempt();
                            } catch {
                                // Refused, as it should be.
                            }
                            resolve();
                        }),
                    ),
            ),
        );
        await new Promise((resolve) => setTimeout(resolve, 300));
        return { marks, tried: outcomes.length };
    });
    expect(ran).toEqual({ marks: [], tried: 7 });
});

test("the cookie of a session is out of reach of scripts and of other sites", async ({ server }) => {
    const answer = await fetch(`${server.origin}/api/session`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Requested-By": "console", Origin: server.origin },
        body: JSON.stringify({ username: "cleo", password: "correct horse battery staple" }),
    });
    const cookies = answer.headers.getSetCookie();
    expect(cookies).toHaveLength(1);
    const parts = cookies[0]!.split(";").map((part) => part.trim());
    // Without TLS there can be neither `Secure` nor the `__Host-` prefix; the server then listens on loopback alone.
    expect(parts[0]).toMatch(/^session=[\w-]{43}$/);
    expect(parts).toEqual(expect.arrayContaining(["HttpOnly", "SameSite=Strict", "Path=/"]));
    expect(parts.filter((part) => part.toLowerCase().startsWith("domain"))).toEqual([]);
});
