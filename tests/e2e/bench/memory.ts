/** What a page holds in memory. */
import type { CDPSession, Page } from "@playwright/test";

/** What a page holds that is not its own. */
const NOT_COUNTED = [
    // What a browser notes of each request while a tool is connected to it, for that tool.
    "blink::NetworkResourcesData::ResourceData",
    // The machine code of the console, which no figure of others has either.
    "system / CppGCManaged (WasmNativeModule)",
];

/** A part of the format of heap snapshots. */
interface Snapshot {
    snapshot: { meta: { node_fields: string[] } };
    nodes: number[];
    strings: string[];
}

/**
 * The memory of a page in megabytes: objects, elements and the memory of WebAssembly.
 *
 * It is what the page holds, thing by thing. The browser's own counters have what it has not collected yet besides, and
 * its notes for whoever measures: after a thousand navigations they say more of these than of the page.
 */
export async function megabytes(page: Page, cdp: CDPSession): Promise<number> {
    // What a first collection lets go can hold elements that only a second one finds.
    for (let round = 0; round < 3; round++) {
        await cdp.send("HeapProfiler.collectGarbage");
    }
    const { snapshot, nodes, strings } = await heapSnapshot(cdp);
    const fields = snapshot.meta.node_fields;
    const [name, size] = [fields.indexOf("name"), fields.indexOf("self_size")];
    const without = new Set(NOT_COUNTED.map((own) => strings.indexOf(own)));
    let bytes = 0;
    for (let node = 0; node < nodes.length; node += fields.length) {
        bytes += without.has(nodes[node + name]!) ? 0 : nodes[node + size]!;
    }
    const code = await page.evaluate(() => (window as unknown as { codeMemory: WebAssembly.Memory }).codeMemory.buffer.byteLength);
    if (bytes < code) {
        throw new Error("the snapshot is without the memory of WebAssembly");
    }
    return bytes / 1e6;
}

async function heapSnapshot(cdp: CDPSession): Promise<Snapshot> {
    const parts: string[] = [];
    const keep = (part: { chunk: string }) => parts.push(part.chunk);
    cdp.on("HeapProfiler.addHeapSnapshotChunk", keep);
    await cdp.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
    cdp.off("HeapProfiler.addHeapSnapshotChunk", keep);
    return JSON.parse(parts.join("")) as Snapshot;
}
