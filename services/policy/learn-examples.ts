import type { Leaning } from "./leaning";
import type { Meaning } from "./situations";

/** A text as topics are told apart by it. */
export interface Said {
  meaning: Meaning;
  leaning: Leaning;
}

/** A message that is known to be about a topic. */
export interface Example extends Said {
  /** The topic's number. */
  topic: number;
  /** What speaks for each topic (as log-odds) by the topics' wordings and the other examples. */
  opinions: Float64Array;
}

/** What to add to the opinions of a message, by topic. */
export type Corrections = (message: Said) => Float64Array;

/** Opinions are taken for surer than they are; only so much of them is believed while learning. */
const trust = 0.7;
const mostRounds = 8;
const fewestRounds = 2;
/** Examples times topics times rounds: takes about 0.1 s. Beyond, with fewer rounds; far beyond, nothing is learned. */
const mostSteps = 240_000;
const rate = 0.4;

/**
 * Learns from a workspace's own examples where the opinions on them are wrong: a softmax regression over what the texts
 * name and lean to, on top of the opinions. Where these say it all, it learns next to nothing. Always in the same order,
 * so always the same.
 */
export function learnCorrections(examples: Example[], topics: number): Corrections {
  const affordable = Math.floor(mostSteps / (examples.length * topics));
  const rounds = affordable < fewestRounds ? 0 : Math.min(mostRounds, affordable);
  const weights = new Map<number, Float64Array>();
  const known = examples.map((example) => {
    const features = featuresOf(example);
    const rows = features.map(([feature]) => {
      const row = weights.get(feature) ?? new Float64Array(topics);
      weights.set(feature, row);
      return row;
    });
    return { ...example, sizes: features.map(([, size]) => size), rows };
  });
  const scores = new Float64Array(topics);
  for (let round = 0; round < rounds; round += 1)
    for (const { topic, opinions, sizes, rows } of known) {
      for (let t = 0; t < topics; t += 1) scores[t] = trust * (opinions[t] as number);
      addUp(scores, sizes, rows);
      softmax(scores);
      // Most topics are out of the question for an example: nothing is learned about them.
      const wrong: number[] = [];
      for (let t = 0; t < topics; t += 1) {
        scores[t] = rate * ((scores[t] as number) - (t === topic ? 1 : 0));
        if (Math.abs(scores[t] as number) > negligible) wrong.push(t);
      }
      if (wrong.length === 0) continue;
      for (let at = 0; at < rows.length; at += 1) {
        const row = rows[at] as Float64Array;
        const size = sizes[at] as number;
        for (const t of wrong) row[t] = (row[t] as number) - size * (scores[t] as number);
      }
    }
  return (message) => {
    const sums = new Float64Array(topics);
    for (const [feature, size] of featuresOf(message)) {
      const row = weights.get(feature);
      if (row) addUp(sums, [size / trust], [row]);
    }
    return sums;
  };
}

const negligible = 1e-3;

/** What a text names and leans to as one list of weighted features; situations are numbered from -1 down. */
function featuresOf({ meaning, leaning }: Said): [number, number][] {
  return [...meaning.features, ...leaning.situations.map((s): [number, number] => [-1 - s, leaning.all[s] as number])];
}

function addUp(sums: Float64Array, sizes: number[], rows: Float64Array[]): void {
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as Float64Array;
    const size = sizes[at] as number;
    for (let t = 0; t < sums.length; t += 1) sums[t] = (sums[t] as number) + size * (row[t] as number);
  }
}

function softmax(scores: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores) most = Math.max(most, score);
  let sum = 0;
  for (let t = 0; t < scores.length; t += 1) {
    scores[t] = Math.exp((scores[t] as number) - most);
    sum += scores[t] as number;
  }
  for (let t = 0; t < scores.length; t += 1) scores[t] = (scores[t] as number) / sum;
}
