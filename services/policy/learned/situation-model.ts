import { readFileSync } from "node:fs";

/** Which situation a text describes: a softmax regression, most of whose weights are nothing. */
export interface SituationModel {
  names: string[];
  /** Of each situation: the corpus file it stands in. */
  domains: string[];
  /** English stems the corpus uses. */
  vocabulary: string[];
  /** Row by feature. */
  rows: Map<number, number>;
  /** Of each row: how much the feature says, log(1 + situations / situations with it). */
  rarity: Float64Array;
  /** Of each row: situations and weights. */
  entries: { starts: Uint32Array; situations: Uint16Array; weights: Int8Array; step: number };
}

/** Weights under this part of the largest are left out. */
const negligible = 0.02;

/** A header in JSON with its length before it, then the tables. */
export function toBytes(model: Omit<SituationModel, "entries"> & { weights: Float64Array }): Buffer {
  const { names, domains, vocabulary, rows, rarity, weights } = model;
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const step = Math.fround(largest / 127);
  const starts = new Uint32Array(rows.size + 1);
  const situations: number[] = [];
  const bytes: number[] = [];
  for (let row = 0; row < rows.size; row++) {
    for (let s = 0; s < names.length; s++) {
      const weight = weights[row * names.length + s] as number;
      const rounded = Math.round(weight / step);
      if (Math.abs(weight) < largest * negligible || rounded === 0) continue;
      situations.push(s);
      bytes.push(rounded);
    }
    starts[row + 1] = situations.length;
  }
  const head = Buffer.from(
    JSON.stringify({ names, domains, vocabulary, step, rows: rows.size, entries: bytes.length }),
  );
  const padded = Buffer.concat([head, Buffer.alloc((4 - ((head.length + 4) % 4)) % 4, " ")]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(padded.length, 0);
  return Buffer.concat([
    length,
    padded,
    bufferOf(Uint32Array.from(rows.keys())),
    bufferOf(starts),
    bufferOf(Float32Array.from(rarity)),
    bufferOf(Uint16Array.from(situations)),
    bufferOf(Int8Array.from(bytes)),
  ]);
}

function bufferOf(table: Uint32Array | Float32Array | Uint16Array | Int8Array): Buffer {
  return Buffer.from(table.buffer, table.byteOffset, table.byteLength);
}

/** Reads what `npm run train` wrote. Throws when the file is not such a model. */
export function readSituationModel(path: string): SituationModel {
  const file = readFileSync(path);
  const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  const headLength = new DataView(bytes).getUint32(0, true);
  const head = JSON.parse(Buffer.from(bytes, 4, headLength).toString("utf8")) as {
    names: string[];
    domains: string[];
    vocabulary: string[];
    step: number;
    rows: number;
    entries: number;
  };
  let at = 4 + headLength;
  const take = (size: number) => {
    const part = bytes.slice(at, at + size);
    at += size;
    return part;
  };
  const features = new Uint32Array(take(4 * head.rows));
  const starts = new Uint32Array(take(4 * (head.rows + 1)));
  const rarity = Float64Array.from(new Float32Array(take(4 * head.rows)));
  const situations = new Uint16Array(take(2 * head.entries));
  const weights = new Int8Array(take(head.entries));
  const rows = new Map<number, number>();
  for (let row = 0; row < features.length; row++) rows.set(features[row] as number, row);
  const { names, domains, vocabulary, step } = head;
  return { names, domains, vocabulary, rows, rarity, entries: { starts, situations, weights, step } };
}
