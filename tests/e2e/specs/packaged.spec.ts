import AxeBuilder from "@axe-core/playwright";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

import type { Person } from "../support/person.ts";
import { createProject, unique } from "../support/project.ts";
import { expect, test } from "../support/test.ts";

interface Packaged {
    projectId: string;
    modelId: string;
    deployment: string;
    model: string;
}

/** A deployment of a model that lies elsewhere. */
async function packaged(person: Person, image?: string): Promise<Packaged> {
    const { projectId } = await createProject(person);
    const { modelId } = await person.ask<{ modelId: string }>("POST", `/api/projects/${projectId}/models/trained`, {
        name: unique("Rain"), uri: "s3://rain/model", location: "S3", imageReference: image,
    });
    const { deploymentId } = await person.ask<{ deploymentId: string }>("POST", `/api/projects/${projectId}/deployments`, { modelId });
    return {
        projectId, modelId,
        deployment: `/projects/${projectId}/deployments/${deploymentId}`,
        model: `/projects/${projectId}/models/trained/${modelId}`,
    };
}

test("an image in a registry is named, and copied with what pulls and runs it", async ({ page, context, ann }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const place = await packaged(ann);
    await page.goto(place.deployment);
    const image = page.getByRole("region", { name: "Container image" });
    await expect(image.getByText("Name one in a registry where you edit the saved model")).toBeVisible();

    await page.goto(place.model);
    await page.getByRole("button", { name: "Edit" }).click();
    const edit = page.getByRole("dialog", { name: "Edit saved model" });
    const field = edit.getByLabel("Image in a registry");
    await field.fill("ann:hush@ghcr.io/rain");
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(edit.getByText(/Enter an image such as/)).toBeVisible();
    await field.fill("ghcr.io/team/rain:2");
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(image.getByText("Image in a registry")).toBeVisible();

    await page.goto(place.deployment);
    await expect(image.getByText("docker pull ghcr.io/team/rain:2")).toBeVisible();
    await expect(image.getByText("apptainer pull model.sif docker://ghcr.io/team/rain:2")).toBeVisible();
    await image.getByRole("button", { name: "Copy the image reference" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("ghcr.io/team/rain:2");
    const packagedAs = await ann.ask("GET", `/api${place.deployment}/download`);
    expect(packagedAs).toEqual({ apptainerImageUri: "docker://ghcr.io/team/rain:2" });
});

test("an image is uploaded in the browser, told with size and checksum, and comes back as it was", async ({ page, ann, bensPage, ben }) => {
    const place = await packaged(ann);
    await ann.ask("PUT", `/api/projects/${place.projectId}/members/${ben.userId}`, { role: "GUEST" });
    await page.goto(place.deployment);
    const image = page.getByRole("region", { name: "Container image" });
    await expect(image.getByRole("button", { name: "Download" })).toHaveAttribute("aria-disabled", "true");
    const choose = async (name: string, buffer: Buffer): Promise<void> => {
        const chooser = page.waitForEvent("filechooser");
        await image.getByRole("button", { name: "Upload an image" }).click();
        await (await chooser).setFiles({ name, mimeType: "application/gzip", buffer });
    };
    await choose("rain.tar", Buffer.from("not compressed"));
    await expect(image.getByText(/compress it by gzip first/)).toBeVisible();

    const bytes = gzipSync(Buffer.alloc(5_000_000, 7).map((_, place) => (place * 31) % 251));
    await choose("rain.tar.gz", bytes);
    await expect(page.getByText("The image was uploaded.")).toBeVisible();
    await expect(image.getByText("Image is ready")).toBeVisible();
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await expect(image.getByText(sha256, { exact: true })).toBeVisible();
    await expect(image.getByText(/compress it by gzip first/)).toHaveCount(0);
    await image.getByText("What to do with the file").click();
    await expect(image.getByText(/docker load --input rain-.*\.tar\.gz/)).toBeVisible();
    const download = page.waitForEvent("download");
    await image.getByRole("button", { name: "Download" }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toMatch(/^rain-.*\.tar\.gz$/);
    expect(createHash("sha256").update(await readFile(await saved.path())).digest("hex")).toBe(sha256);

    await bensPage.goto(place.deployment);
    const bens = bensPage.getByRole("region", { name: "Container image" });
    await expect(bens.getByRole("button", { name: "Upload an image" }), "a guest uploads nothing").toHaveAttribute("aria-disabled", "true");
});

test("an upload tells how far it is, and is stopped or fails without a trace", async ({ page, ann, faults }) => {
    faults.expect(/ERR_FAILED|ERR_ABORTED|status of 507/);
    const place = await packaged(ann);
    await page.goto(place.model);
    const image = page.getByRole("region", { name: "Container image" });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/docker", async (route) => {
        await held;
        await route.abort().catch(() => undefined);
    });
    const file = { name: "rain.tgz", mimeType: "application/gzip", buffer: gzipSync("an image") };
    await image.getByLabel("Image to upload").setInputFiles(file);
    const upload = image.getByRole("group", { name: "Upload" });
    await expect(upload).toBeVisible();
    await upload.getByRole("button", { name: "Cancel upload" }).click();
    await expect(image.getByRole("button", { name: "Upload an image" })).toBeVisible();
    release();
    await page.unroute("**/docker");

    await page.route("**/docker", (route) => route.fulfill({
        status: 507, contentType: "application/problem+json",
        body: JSON.stringify({ detail: "The server has no room left.", code: "storage_full", status: 507, title: "", type: "" }),
    }));
    await image.getByLabel("Image to upload").setInputFiles(file);
    await expect(image.getByText("The server has no room left.")).toBeVisible();
    await page.unroute("**/docker");
    await expect(image.getByText("No image yet")).toBeVisible();
    await image.getByLabel("Image to upload").setInputFiles(file);
    await expect(image.getByText("Image is ready")).toBeVisible();
    await expect(image.getByText("The server has no room left.")).toHaveCount(0);
});

test("the image is accessible and fits, whatever the size and the colours", async ({ page, ann }) => {
    const long = `registry.example.org:5000/${"earth-vision/".repeat(4)}landcover@sha256:${"0a".repeat(32)}`;
    const place = await packaged(ann, long);
    await page.goto(place.deployment);
    await expect(page.getByRole("region", { name: "Container image" }).getByText(long, { exact: true })).toBeVisible();
    for (const [scheme, size] of [["light", { width: 1440, height: 900 }], ["dark", { width: 390, height: 844 }]] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize(size);
        const { violations } = await new AxeBuilder({ page }).include(".page").analyze();
        expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html.slice(0, 200)) })), scheme).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, "the page does not scroll sideways").toBeLessThanOrEqual(size.width);
    }
});
