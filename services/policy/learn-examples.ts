import type { Meaning } from "./situations";

/** Tells topics apart by examples of them; answers with a chance per topic, adding up to 1. */
export type Chooser = (message: Meaning) => Float64Array;

/** A text's words and situations as one list of weighted features; situations are numbered from -1 down. */
function* featuresOf({ features, situations }: Meaning): Generator<[number, number]> {
  yield* features;
  for (let s = 0; s < situations.length; s += 1)
    if (situations[s] !== 0) yield [-1 - s, Math.sqrt(situations[s] as number)];
}

const rounds = 40;
const rate = 0.5;

/**
 * Learns from a workspace's own examples: a softmax regression over what the texts name and the situations they
 * describe. A few hundred examples take some tens of milliseconds; always in the same order, so always the same.
 */
export function learnExamples(examples: { topic: number; meaning: Meaning }[], topics: number): Chooser {
  const rows = new Map<number, Float64Array>();
  const known = examples.map(({ topic, meaning }) => ({ topic, features: [...featuresOf(meaning)] }));
  for (const { features } of known)
    for (const [feature] of features) if (!rows.has(feature)) rows.set(feature, new Float64Array(topics));
  for (let round = 0; round < rounds; round += 1)
    for (const { topic, features } of known) {
      const chances = choose(features, rows, topics);
      for (const [feature, size] of features) {
        const row = rows.get(feature) as Float64Array;
        for (let t = 0; t < topics; t += 1) {
          const error = (chances[t] as number) - (t === topic ? 1 : 0);
          row[t] = (row[t] as number) * (1 - 1e-4) - rate * error * size;
        }
      }
    }
  return (message) => choose([...featuresOf(message)], rows, topics);
}

function choose(features: [number, number][], rows: Map<number, Float64Array>, topics: number): Float64Array {
  const scores = new Float64Array(topics);
  for (const [feature, size] of features) {
    const row = rows.get(feature);
    if (row) for (let t = 0; t < topics; t += 1) scores[t] = (scores[t] as number) + size * (row[t] as number);
  }
  const most = Math.max(...scores);
  let sum = 0;
  for (let t = 0; t < topics; t += 1) {
    scores[t] = Math.exp((scores[t] as number) - most);
    sum += scores[t] as number;
  }
  return scores.map((score) => score / sum);
}
