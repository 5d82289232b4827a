/** Makes PNG files smaller without changing a pixel: browsers write them fast rather than small. */
import { constants, crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = 8;

interface Chunk {
    kind: string;
    data: Buffer;
}

export function shrink(png: Buffer): Buffer {
    const chunks = read(png);
    const pixels = inflateSync(Buffer.concat(chunks.filter(({ kind }) => kind === "IDAT").map(({ data }) => data)));
    const packed = [constants.Z_DEFAULT_STRATEGY, constants.Z_FILTERED]
        .map((strategy) => deflateSync(pixels, { level: 9, memLevel: 9, strategy }))
        .reduce((one, other) => (other.length < one.length ? other : one));
    const kept = chunks.filter(({ kind }) => kind !== "IDAT" && kind !== "IEND");
    const whole = [...kept, { kind: "IDAT", data: packed }, { kind: "IEND", data: Buffer.alloc(0) }];
    const smaller = Buffer.concat([png.subarray(0, SIGNATURE), ...whole.map(write)]);
    return smaller.length < png.length ? smaller : png;
}

function read(png: Buffer): Chunk[] {
    const chunks: Chunk[] = [];
    for (let at = SIGNATURE; at < png.length; ) {
        const length = png.readUInt32BE(at);
        chunks.push({ kind: png.toString("latin1", at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
        at += length + 12;
    }
    return chunks;
}

function write({ kind, data }: Chunk): Buffer {
    const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), body.length + 4);
    return frame;
}
