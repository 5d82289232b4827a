import type { Page } from "@playwright/test";

import { answerReads, refusal } from "../support/answers.ts";
import { unique } from "../support/project.ts";
import { PASSWORD } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

const DAY_S = 86_400;

/** Drops the session of a page that asks for nothing meanwhile. */
async function forgetSession(page: Page): Promise<void> {
    await page.goto("about:blank");
    await page.context().clearCookies();
}

async function signIn(page: Page, password = PASSWORD): Promise<void> {
    await page.getByLabel("User name or e-mail").fill("cleo");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("a wrong password and an unknown name are told alike, and the name stays", async ({ visitor, faults }) => {
    faults.expect(/\/api\/session$/);
    await visitor.goto("/login");
    const told: (string | null)[] = [];
    for (const name of ["cleo", "nobody-of-that-name"]) {
        await visitor.getByLabel("User name or e-mail").fill(name);
        await visitor.getByLabel("Password", { exact: true }).fill("not her password");
        const answered = visitor.waitForResponse("**/api/session");
        await visitor.getByRole("button", { name: "Sign in", exact: true }).click();
        await answered;
        await expect(visitor.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
        told.push(await visitor.getByRole("alert").filter({ hasText: /\S/ }).textContent());
        await expect(visitor.getByLabel("User name or e-mail")).toHaveValue(name);
    }
    expect(told[0]).toBe(told[1]);
    expect(told[0], "it does not say that a session has ended").not.toMatch(/signed out/i);
});

test("signing in returns to the page that asked for it", async ({ visitor }) => {
    await visitor.goto("/projects?q=nothing-is-called-so&show=mine");
    await expect(visitor).toHaveURL(/\/login\?next=/);
    await signIn(visitor);
    await expect(visitor).toHaveURL("/projects?q=nothing-is-called-so&show=mine");
    await expect(visitor.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
});

test("signing in never leads to another site", async ({ visitor, baseURL }) => {
    for (const next of ["https://evil.example/", "//evil.example/", "/%5Cevil.example", "javascript:alert(1)"]) {
        await forgetSession(visitor);
        await visitor.goto(`/login?next=${encodeURIComponent(next)}`);
        await signIn(visitor);
        await expect(visitor).toHaveURL(`${baseURL}/`);
    }
});

test("she stays signed in for 30 days only if she asks for it", async ({ visitor }) => {
    const lifetime = async (): Promise<number> => {
        const cookie = (await visitor.context().cookies()).find((cookie) => cookie.name.endsWith("session"));
        return cookie!.expires === -1 ? -1 : cookie!.expires - Date.now() / 1000;
    };
    await visitor.goto("/login");
    await signIn(visitor);
    await expect(visitor.getByRole("button", { name: "cleo" })).toBeVisible();
    expect(await lifetime()).toBeLessThanOrEqual(DAY_S + 60);

    await forgetSession(visitor);
    await visitor.goto("/login");
    await visitor.getByLabel("Stay signed in on this device").check();
    await signIn(visitor);
    await expect(visitor.getByRole("button", { name: "cleo" })).toBeVisible();
    expect(await lifetime()).toBeGreaterThan(29 * DAY_S);
});

test("signing out in one tab signs out in the others, and leaves nothing behind", async ({ visitor, faults }) => {
    faults.expect(/status of 401/); // what was on its way
    await visitor.goto("/login?next=/projects");
    await signIn(visitor);
    await expect(visitor.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
    const other = await visitor.context().newPage();
    await other.goto("/projects");
    await expect(other.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();

    await visitor.getByRole("link", { name: "Home", exact: true }).click();
    await expect(visitor.getByRole("heading", { name: "Home", level: 1 })).toBeVisible();
    await visitor.getByRole("button", { name: "cleo" }).click();
    await visitor.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(visitor).toHaveURL(/\/login/);
    await expect(other).toHaveURL(/\/login/);
    await expect(other.getByRole("heading", { name: "Sign in to Mantik" })).toBeVisible();
    expect(await visitor.context().cookies()).toEqual([]);

    await visitor.goBack();
    await expect(visitor.getByRole("heading", { name: "Sign in to Mantik" })).toBeVisible();
});

test("a session that ends while a form is open asks to sign in again and keeps what was typed", async ({ visitor, faults }) => {
    faults.expect(/status of 401/);
    const name = unique("Kept");
    await visitor.goto("/login?next=/projects");
    await signIn(visitor);
    await visitor.getByRole("button", { name: "New project" }).first().click();
    await visitor.getByLabel("Name", { exact: true }).fill(name);
    await visitor.context().clearCookies();
    const dialog = visitor.getByRole("dialog", { name: "Sign in again" });
    // What the page asks by itself can find it out first.
    await expect(async () => {
        if (!(await dialog.isVisible())) {
            await visitor.getByRole("button", { name: "Create project" }).click({ timeout: 500 });
        }
        await expect(dialog).toBeVisible({ timeout: 500 });
    }).toPass();
    let asked = 0;
    visitor.on("request", () => (asked += 1));
    await visitor.waitForTimeout(500);
    expect(asked, "who is not signed in is not asked about all the time").toBeLessThan(3);
    await expect(visitor).toHaveURL("/projects");
    await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(dialog).toBeHidden();

    await expect(visitor.getByLabel("Name", { exact: true })).toHaveValue(name);
    await visitor.getByRole("button", { name: "Create project" }).click();
    await expect(visitor.getByRole("heading", { name, level: 1 })).toBeVisible();
});

test("a refusal that comes late does not ask to sign in for good", async ({ page, faults }) => {
    faults.expect(/status of 401/);
    let isLate = true;
    await answerReads(page, (path) => {
        const isRefused = isLate && path.startsWith("/api/projects?");
        isLate &&= !isRefused;
        return isRefused ? refusal(401, { code: "unauthenticated", detail: "Sign in." }) : undefined;
    });
    await page.goto("/projects");
    await expect(page.getByRole("main").locator('a[href^="/projects/"]').first()).toBeVisible();
    await expect(page.getByRole("dialog", { name: "Sign in again" })).toBeHidden();
    expect(isLate).toBe(false);
});

test("too many tries make her wait, and say how long", async ({ visitor, faults }) => {
    faults.expect(/status of 429/);
    await visitor.route("**/api/session", async (route) => {
        const isTry = route.request().method() === "POST";
        const problem = { code: "too_many_requests", detail: "Too many tries." };
        await (isTry ? route.fulfill({ status: 429, headers: { "Retry-After": "3" }, json: problem }) : route.continue());
    });
    await visitor.goto("/login");
    await signIn(visitor);
    const button = visitor.getByRole("button", { name: /^Sign in \(in \d s\)$/ });
    await expect(button).toBeVisible();
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(visitor.getByRole("button", { name: "Sign in", exact: true }), "the wait ends").toBeEnabled();
    await expect(visitor.getByLabel("Password", { exact: true })).toHaveValue(PASSWORD);
});

test("nothing that could sign in is kept where a script can read it", async ({ page, ann }) => {
    const secret = ann.cookie.split("=")[1]!;
    await page.goto("/projects");
    await expect(page.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
    const readable = await page.evaluate(async () => ({
        cookies: document.cookie,
        local: JSON.stringify(localStorage),
        session: JSON.stringify(sessionStorage),
        databases: (await indexedDB.databases()).length,
        caches: (await caches.keys()).length,
        page: document.documentElement.outerHTML,
    }));
    expect(readable.cookies).toBe("");
    expect(readable.databases + readable.caches).toBe(0);
    expect(JSON.stringify(readable)).not.toContain(secret);
    expect(readable.local + readable.session).not.toMatch(/token|password|mtk_/i);
});
