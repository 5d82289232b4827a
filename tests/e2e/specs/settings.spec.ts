import { Person } from "../support/person.ts";
import { unique } from "../support/project.ts";
import { PASSWORD, Server } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

test("settings are reached from the account menu", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("button", { name: "ann", exact: true }).click();
    await page.getByRole("menuitem", { name: "Settings" }).click();
    await expect(page).toHaveURL("/settings/profile");
    await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Tokens" }).click();
    await expect(page).toHaveURL("/settings/tokens");
});

test("a token is made, shown once, works and is revoked", async ({ page, server, ann }) => {
    const name = unique("laptop");
    await page.goto("/settings/tokens");
    await page.getByRole("button", { name: "New token" }).first().click();
    const dialog = page.getByRole("dialog", { name: "New token" });
    await dialog.getByRole("checkbox", { name: /MLflow/ }).uncheck();
    await dialog.getByRole("button", { name: "Create token" }).click();
    await expect(dialog.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await expect(dialog.getByText("Choose at least one.")).toBeVisible();

    await dialog.getByLabel("Name", { exact: true }).fill(name);
    await dialog.getByRole("checkbox", { name: /Read/ }).first().check();
    await dialog.getByLabel("Works for").selectOption("7");
    await dialog.getByRole("button", { name: "Create token" }).click();
    const made = page.getByRole("dialog", { name: "Copy the token now" });
    const secret = (await made.getByRole("region", { name: "Token", exact: true }).innerText()).trim();
    await expect(made.getByText(`MLFLOW_TRACKING_TOKEN='${secret}'`)).toBeVisible();
    const read = async (): Promise<number> =>
        (await fetch(`${server.origin}/api/projects`, { headers: { Authorization: `Bearer ${secret}` } })).status;
    expect(await read()).toBe(200);
    await made.getByRole("button", { name: "Done" }).click();
    await expect(made).toBeHidden();
    await expect(page.getByRole("row").filter({ hasText: name })).toContainText("in 7 days");
    expect(await page.content(), "the secret is shown once").not.toContain(secret);

    await page.getByRole("button", { name: `Revoke ${name}` }).click();
    await page.getByRole("dialog", { name: `Revoke ${name}?` }).getByRole("button", { name: "Revoke token" }).click();
    await expect(page.getByRole("row").filter({ hasText: name })).toHaveCount(0);
    expect(await read()).toBe(401);
    const { tokens } = await ann.ask<{ tokens: { name: string }[] }>("GET", `/api/users/${ann.userId}/tokens`);
    expect(tokens.map((token) => token.name)).not.toContain(name);
});

test("what is worth protecting goes on once the password was given again", async ({ page, ann, faults }) => {
    faults.expect(/status of 403/, /status of 422/);
    const name = unique("token");
    let isLongAgo = true;
    await page.route(`**/api/users/${ann.userId}/tokens`, async (route) => {
        const problem = { code: "confirmation_required", detail: "Confirm it." };
        const isAsked = isLongAgo && route.request().method() === "POST";
        await (isAsked ? route.fulfill({ status: 403, json: problem }) : route.fallback());
    });
    await page.goto("/settings/tokens");
    await page.getByRole("button", { name: "New token" }).first().click();
    const dialog = page.getByRole("dialog", { name: "New token" });
    await dialog.getByLabel("Name", { exact: true }).fill(name);
    await dialog.getByRole("button", { name: "Create token" }).click();
    const confirm = page.getByRole("dialog", { name: "Confirm that it is you" });
    await confirm.getByRole("button", { name: "Cancel" }).click();
    await expect(dialog.getByText("This needs your password.")).toBeVisible();
    await dialog.getByRole("button", { name: "Create token" }).click();
    await confirm.getByLabel("Password", { exact: true }).fill("not her password");
    await confirm.getByRole("button", { name: "Confirm" }).click();
    await expect(confirm.getByText("This is not your password.")).toBeVisible();
    isLongAgo = false;
    await confirm.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await confirm.getByRole("button", { name: "Confirm" }).click();
    await expect(confirm).toBeHidden();
    await expect(page.getByRole("dialog", { name: "Copy the token now" })).toBeVisible();
});

test("a connection is added, tried out, changed without its secret and deleted", async ({ page, ann }) => {
    const name = unique("cluster");
    await page.goto("/settings/connections");
    await page.getByRole("button", { name: "New connection" }).first().click();
    const dialog = page.getByRole("dialog", { name: "New connection" });
    await dialog.getByLabel("System").selectOption("SSH");
    await dialog.getByRole("button", { name: "Add connection" }).click();
    for (const label of ["Name", "Login name", "Private key"]) {
        await expect(dialog.getByLabel(label, { exact: true })).toHaveAttribute("aria-invalid", "true");
    }
    await dialog.getByLabel("Name", { exact: true }).fill(name);
    await dialog.getByLabel("Login name", { exact: true }).fill("ann1");
    await dialog.getByLabel("Private key", { exact: true }).fill("a key that nobody sees again");
    await dialog.getByRole("button", { name: "Add connection" }).click();
    await expect(dialog).toBeHidden();

    const row = page.getByRole("listitem").filter({ hasText: name });
    await expect(row).toContainText("ann1");
    const readable = await page.evaluate(async () => ({
        local: JSON.stringify(localStorage),
        session: JSON.stringify(sessionStorage),
        state: JSON.stringify(history.state),
        databases: (await indexedDB.databases()).length,
        page: document.documentElement.outerHTML,
    }));
    expect(JSON.stringify(readable), "the secret stays nowhere in the browser").not.toContain("nobody sees again");
    expect(readable.databases).toBe(0);
    await row.getByRole("button", { name: "Test" }).click();
    await expect(row.getByText(/Say where the machine is/)).toBeVisible();

    await page.getByRole("button", { name: `Edit ${name}` }).click();
    const edit = page.getByRole("dialog", { name: "Edit connection" });
    await expect(edit.getByRole("button", { name: "Replace" })).toBeVisible();
    await edit.getByLabel("Name", { exact: true }).fill(`${name} renamed`);
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: `${name} renamed` })).toContainText("set just now");

    await page.getByRole("button", { name: `Edit ${name} renamed` }).click();
    await edit.getByLabel("Login name", { exact: true }).fill("ben1");
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(edit.getByLabel("Private key", { exact: true }), "a secret is for one door").toHaveAttribute("aria-invalid", "true");
    await edit.getByRole("button", { name: "Cancel" }).click();

    await page.getByRole("button", { name: `Delete ${name} renamed` }).click();
    await page.getByRole("dialog", { name: `Delete ${name} renamed?` }).getByRole("button", { name: "Delete connection" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: name })).toHaveCount(0);
    const { connections } = await ann.ask<{ connections: { connectionName: string }[] }>("GET", `/api/users/${ann.userId}/settings/connections`);
    expect(connections.map((connection) => connection.connectionName)).not.toContain(`${name} renamed`);
    await page.goto("/settings/security");
    await expect(page.getByRole("row").filter({ hasText: "Connection deleted" }).first()).toContainText(name);
});

test("the theme is chosen and kept", async ({ page }) => {
    await page.goto("/settings/appearance");
    await page.getByRole("radio", { name: /^Dark/ }).check();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.reload();
    await expect(page.getByRole("radio", { name: /^Dark/ })).toBeChecked();
});

test("how one pays is saved, and its reference is not told", async ({ page }) => {
    await page.goto("/settings/payment");
    await page.getByRole("radio", { name: /Compute project/ }).check();
    await page.getByLabel("Reference").fill("4111 1111 1111 1111");
    await page.getByRole("button", { name: "Save payment" }).click();
    await expect(page.getByLabel("Reference"), "a card number is no reference").toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("Reference").fill("ACCOUNT-2026-000042-A0042");
    await page.getByRole("button", { name: "Save payment" }).click();
    await expect(page.getByText(/Stored: …0042/)).toBeVisible();
    await expect(page.getByLabel("Reference")).toHaveValue("");
});

test.describe("on a server of her own", () => {
    let own: Server;
    let dora: Person;
    test.beforeEach(async () => {
        own = await Server.start({ people: ["dora"] });
        dora = await Person.signIn(own, "dora");
    });
    test.afterEach(async ({ visitor }) => {
        // First, so that no page sees its server end.
        await visitor.context().close();
        await own.remove();
    });

    test("a profile that was changed elsewhere shows both", async ({ visitor, faults }) => {
        faults.expect(/status of 412/);
        await dora.enter(visitor.context());
        await visitor.goto(`${own.origin}/settings/profile`);
        await expect(visitor.getByLabel("E-mail")).toHaveValue("dora@example.org");
        await visitor.getByLabel("E-mail").fill("mine@example.org");
        const path = `/api/users/${dora.userId}/settings`;
        await dora.ask("PUT", path, { user: { email: "theirs@example.org" } }, { "If-Match": "*" });
        await visitor.getByRole("button", { name: "Save profile" }).click();
        await expect(visitor.getByText(/the address “theirs@example.org”/)).toBeVisible();
        await expect(visitor.getByLabel("E-mail")).toHaveValue("mine@example.org");
        await visitor.getByRole("button", { name: "Save profile" }).click();
        await expect(visitor.getByText("Your profile was saved.")).toBeVisible();
        const { settings } = await dora.ask<{ settings: { user: { email: string } } }>("GET", path);
        expect(settings.user.email).toBe("mine@example.org");

        await visitor.getByLabel("User name").fill("theodora");
        await visitor.getByRole("button", { name: "Save profile" }).click();
        await expect(visitor.getByRole("button", { name: "theodora" }), "the menu has her new name").toBeVisible();
    });

    test("a new password needs the old one and signs out everywhere else", async ({ visitor, faults }) => {
        faults.expect(/status of 422/);
        const other = await Person.signIn(own, "dora");
        await dora.enter(visitor.context());
        await visitor.goto(`${own.origin}/settings/security`);
        await expect(visitor.getByText("This browser")).toHaveCount(1);
        const change = visitor.getByRole("button", { name: "Change password" });
        await visitor.getByLabel("New password").fill("short");
        await change.click();
        await expect(visitor.getByLabel("New password")).toHaveAttribute("aria-invalid", "true");
        await visitor.getByLabel("Current password").fill("not her password");
        await visitor.getByLabel("New password").fill("another battery staple");
        await change.click();
        await expect(visitor.getByLabel("Current password")).toHaveAttribute("aria-invalid", "true");
        await visitor.getByLabel("Current password").fill(PASSWORD);
        await change.click();
        await expect(visitor.getByText(/The password was changed/)).toBeVisible();
        await expect(visitor.getByLabel("Current password")).toHaveValue("");
        expect((await other.send("GET", `/api/users/${dora.userId}/settings`)).status).toBe(401);
        await expect(visitor.getByRole("button", { name: "Sign out everywhere else" })).toHaveAttribute("aria-disabled", "true");
    });
});
