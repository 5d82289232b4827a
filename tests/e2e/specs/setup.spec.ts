import { expect, test } from "../support/test.ts";
import { PASSWORD, Server } from "../support/server.ts";

test.describe("a new server", () => {
    let empty: Server;
    test.beforeEach(async () => {
        empty = await Server.start();
    });
    test.afterEach(async () => {
        await empty.remove();
    });

    test("makes its first administrator by the link that it printed, and only once", async ({ visitor, faults }) => {
        const link = await empty.link();
        expect(new URL(link).origin).toBe(empty.origin);

        await visitor.goto(link);
        await expect(visitor.getByRole("heading", { name: "Set up Mantik" })).toBeVisible();
        await expect(visitor, "the token left the address").toHaveURL(`${empty.origin}/setup`);

        await visitor.getByLabel("User name").fill("first admin");
        await visitor.getByLabel("E-mail").fill("nowhere");
        await visitor.getByLabel("Password", { exact: true }).fill("short");
        await visitor.getByRole("button", { name: "Create the first user" }).click();
        for (const label of ["User name", "E-mail"]) {
            await expect(visitor.getByLabel(label)).toHaveAttribute("aria-invalid", "true");
        }
        await expect(visitor.getByText(/at least 12 characters/i)).toBeVisible();
        await expect(visitor.getByLabel("User name"), "the first bad field takes the focus").toBeFocused();

        await visitor.getByLabel("User name").fill("first");
        await visitor.getByLabel("E-mail").fill("first@example.org");
        await visitor.getByLabel("Password", { exact: true }).fill(PASSWORD);
        await visitor.getByRole("button", { name: "Create the first user" }).click();
        await expect(visitor).toHaveURL(`${empty.origin}/`);
        await expect(visitor.getByRole("button", { name: "first" }), "she is signed in").toBeVisible();

        // A page that still asks would be refused once its session is dropped.
        await visitor.goto("about:blank");
        await visitor.context().clearCookies();
        await visitor.goto(link);
        await expect(visitor.getByText("This server is set up")).toBeVisible();
        await expect(visitor.getByRole("button", { name: "Create the first user" })).toHaveCount(0);

        const token = new URL(link).searchParams.get("token");
        const again = await visitor.request.post(`${empty.origin}/api/setup`, {
            headers: { "X-Requested-By": "console", Origin: empty.origin },
            data: { token, username: "second", email: "second@example.org", password: PASSWORD },
        });
        expect(again.status()).toBeGreaterThanOrEqual(400);
        expect(again.status()).toBeLessThan(500);
        expect(faults.unexpected).toEqual([]);
    });

    test("leads everybody to its set-up and knows no default account", async ({ visitor }) => {
        await visitor.goto(`${empty.origin}/projects`);
        await expect(visitor).toHaveURL(`${empty.origin}/setup`);
        await expect(visitor.getByText("Open the link that the server printed")).toBeVisible();
        for (const [username, password] of [["admin", "admin"], ["admin", "password"], ["mantik", "mantik"], ["root", ""]]) {
            const answer = await visitor.request.post(`${empty.origin}/api/session`, {
                headers: { "X-Requested-By": "console", Origin: empty.origin },
                data: { username, password },
            });
            expect([401, 422, 429], `${username} with ${password}`).toContain(answer.status());
        }
    });

    test("refuses to make a user by a link that it did not print", async ({ visitor, faults }) => {
        faults.expect(/\/api\/setup$/);
        await visitor.goto(`${empty.origin}/setup?token=${"A".repeat(43)}`);
        await visitor.getByLabel("User name").fill("mallory");
        await visitor.getByLabel("E-mail").fill("mallory@example.org");
        await visitor.getByLabel("Password", { exact: true }).fill(PASSWORD);
        await visitor.getByRole("button", { name: "Create the first user" }).click();
        await expect(visitor.getByRole("alert")).toBeVisible();
        await expect(visitor.getByLabel("User name")).toHaveValue("mallory");
        await visitor.goto(await empty.link());
        await expect(visitor.getByRole("button", { name: "Create the first user" }), "the true link still works").toBeVisible();
    });
});
