import { readLearned } from "./learned-file";

/** Which situation a text describes: a softmax regression, most of whose weights are nothing. */
export interface SituationModel {
  names: string[];
  /** Of each situation: the corpus file it stands in. */
  domains: string[];
  /** English stems the corpus uses. */
  vocabulary: string[];
  /** Of each row its feature, in rising order: see rowOf. */
  features: Uint32Array;
  /** Of each row: how much the feature says, log(1 + situations / situations with it). */
  rarity: Float64Array;
  /** Of each row: situations and weights. */
  entries: { starts: Uint32Array; situations: Uint16Array; weights: Int8Array; step: number };
}

/** The row of a feature, undefined for one that was never seen. Sought in halves: no table has to be made when loading. */
export function rowOf({ features }: SituationModel, feature: number): number | undefined {
  let [from, to] = [0, features.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((features[middle] as number) < feature) from = middle + 1;
    else to = middle;
  }
  return features[from] === feature ? from : undefined;
}

/** Weights under this part of the largest are left out. */
const negligible = 0.03;

/** How much a feature says, given in how many of the situations it was seen: see SituationModel. */
export const rarityOf = (seenIn: number, situations: number) => Math.log(1 + situations / seenIn);

/** What is written: of each row in how many situations it was seen, and its weights, one a situation. */
type Trained = Omit<SituationModel, "entries" | "rarity"> & { seenIn: Uint16Array; weights: Float32Array };

/**
 * A header in JSON with its length before it, then the tables: of each row its feature, in how many situations it was seen
 * and how many entries it has; of each entry its situation and weight.
 */
export function toBytes({ names, domains, vocabulary, features, seenIn, weights }: Trained): Buffer {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const step = Math.fround(largest / 127);
  const lengths = new Uint16Array(features.length);
  const situations: number[] = [];
  const bytes: number[] = [];
  for (let row = 0; row < features.length; row++) {
    const before = situations.length;
    for (let s = 0; s < names.length; s++) {
      const weight = weights[row * names.length + s] as number;
      const rounded = Math.round(weight / step);
      if (Math.abs(weight) < largest * negligible || rounded === 0) continue;
      situations.push(s);
      bytes.push(rounded);
    }
    lengths[row] = situations.length - before;
  }
  const head = Buffer.from(
    JSON.stringify({ names, domains, vocabulary, step, rows: features.length, entries: bytes.length }),
  );
  const padded = Buffer.concat([head, Buffer.alloc((4 - ((head.length + 4) % 4)) % 4, " ")]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(padded.length, 0);
  return Buffer.concat([
    length,
    padded,
    bufferOf(features),
    bufferOf(seenIn),
    bufferOf(lengths),
    bufferOf(Uint16Array.from(situations)),
    bufferOf(Int8Array.from(bytes)),
  ]);
}

function bufferOf(table: Uint32Array | Uint16Array | Int8Array): Buffer {
  return Buffer.from(table.buffer, table.byteOffset, table.byteLength);
}

/** Reads what `npm run train` wrote. Throws when the file is not such a model. */
export function readSituationModel(): SituationModel {
  const file = readLearned("situations.bin");
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
  const seenIn = new Uint16Array(take(2 * head.rows));
  // One value for each count: there are far fewer counts than rows.
  const byCount = Float64Array.from({ length: head.names.length + 1 }, (_, seen) => rarityOf(seen, head.names.length));
  const rarity = new Float64Array(head.rows);
  for (let row = 0; row < head.rows; row++) rarity[row] = byCount[seenIn[row] as number] as number;
  const starts = new Uint32Array(head.rows + 1);
  const lengths = new Uint16Array(take(2 * head.rows));
  for (let row = 0; row < head.rows; row++) starts[row + 1] = (starts[row] as number) + (lengths[row] as number);
  const situations = new Uint16Array(take(2 * head.entries));
  const weights = new Int8Array(take(head.entries));
  const { names, domains, vocabulary, step } = head;
  return { names, domains, vocabulary, features, rarity, entries: { starts, situations, weights, step } };
}
