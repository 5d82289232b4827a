import { unique } from "../support/project.ts";
import { expect, test } from "../support/test.ts";

interface Kind {
    segment: string;
    one: string;
    add: string;
}

const KINDS: Kind[] = [
    { segment: "groups", one: "group", add: "New group" },
    { segment: "organizations", one: "organization", add: "New organization" },
];

for (const { segment, one, add } of KINDS) {
    test(`a ${one} is made, joined, renamed, handed over and left`, async ({ page, bensPage }) => {
        const name = unique("Team");
        await page.goto(`/${segment}`);
        await page.getByRole("button", { name: add }).first().click();
        const dialog = page.getByRole("dialog", { name: add });
        await dialog.getByRole("button", { name: `Create ${one}` }).click();
        await expect(dialog.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
        await dialog.getByLabel("Name", { exact: true }).fill(name);
        await dialog.getByRole("button", { name: `Create ${one}` }).click();
        await expect(page).toHaveURL(new RegExp(`/${segment}/[0-9a-f-]{36}$`));
        await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();

        await page.getByRole("button", { name: "Invite" }).click();
        const invite = page.getByRole("dialog", { name: "Invite somebody" });
        await invite.getByLabel("Name or e-mail address").fill("ben");
        await invite.getByRole("button", { name: "Invite" }).click();
        await expect(page.getByRole("button", { name: "Withdraw" })).toBeVisible();

        await bensPage.goto(`/${segment}`);
        await bensPage.getByRole("button", { name: /wait.* for you/ }).click();
        await bensPage.getByRole("menuitem", { name: `Accept the invitation to ${name}` }).click();
        await bensPage.getByRole("link", { name }).click();
        await expect(bensPage.getByRole("heading", { name: "2 members" })).toBeVisible();
        await expect(bensPage.getByRole("button", { name: "Rename" })).toHaveAttribute("aria-disabled", "true");

        await page.reload();
        await page.getByRole("button", { name: "Rename" }).click();
        const rename = page.getByRole("dialog", { name: `Rename the ${one}` });
        await rename.getByLabel("Name", { exact: true }).fill(`${name} renamed`);
        await rename.getByRole("button", { name: "Save" }).click();
        await expect(page.getByRole("heading", { name: `${name} renamed`, level: 1 })).toBeVisible();

        await page.getByRole("main").getByRole("button", { name: "More" }).click();
        await page.getByRole("menuitem", { name: "Hand over" }).click();
        const handOver = page.getByRole("dialog", { name: `Hand ${name} renamed over?` });
        await handOver.getByLabel("To whom").selectOption({ label: "ben" });
        await handOver.getByRole("button", { name: "Hand over" }).click();
        await expect(handOver).toBeHidden();

        await expect(page.getByRole("button", { name: "Rename" })).toHaveAttribute("aria-disabled", "true");
        await page.getByRole("main").getByRole("button", { name: "More" }).click();
        await page.getByRole("menuitem", { name: "Leave" }).click();
        await page.getByRole("dialog", { name: `Leave ${name} renamed?` }).getByRole("button", { name: "Leave" }).click();
        await expect(page).toHaveURL(`/${segment}`);
        await expect(page.getByRole("link", { name: `${name} renamed` })).toHaveCount(0);
    });
}

test("a group is deleted only by its name, and somebody is removed from it", async ({ page, ann, ben }) => {
    const name = unique("Doomed");
    const { userGroupId } = await ann.ask<{ userGroupId: string }>("POST", "/api/groups", { name, members: [ben.userId] });
    await page.goto(`/groups/${userGroupId}`);
    await page.getByRole("button", { name: "Remove ben" }).click();
    await page.getByRole("dialog", { name: "Remove ben?" }).getByRole("button", { name: "Remove" }).click();
    await expect(page.getByRole("heading", { name: "1 member" })).toBeVisible();
    await page.getByRole("main").getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: `Delete ${name}?` });
    await expect(dialog.getByRole("button", { name: "Delete" })).toHaveAttribute("aria-disabled", "true");
    await dialog.getByRole("textbox").fill(name);
    await dialog.getByRole("button", { name: "Delete" }).click();
    await expect(page).toHaveURL("/groups");
});

test("an organization takes a group in, and an invitation is rejected", async ({ page, bensPage, ann, ben }) => {
    const group = unique("Group");
    await ann.ask("POST", "/api/groups", { name: group, members: [ben.userId] });
    const name = unique("Institute");
    const { organizationId } = await ann.ask<{ organizationId: string }>("POST", "/api/organizations", { name });
    await page.goto(`/organizations/${organizationId}`);
    await page.getByRole("button", { name: "Add a group" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a group" });
    await dialog.getByLabel("Group", { exact: true }).selectOption({ label: group });
    await dialog.getByRole("button", { name: "Add" }).click();
    await expect(page.getByRole("link", { name: group })).toBeVisible();

    await ann.ask("POST", `/api/organizations/${organizationId}/invitations`, { userId: ben.userId });
    await bensPage.goto("/");
    await bensPage.getByRole("button", { name: /wait.* for you/ }).click();
    await bensPage.getByRole("menuitem", { name: `Reject the invitation to ${name}` }).click();
    await expect(bensPage.getByText(`The invitation to ${name} was rejected.`)).toBeVisible();
});
