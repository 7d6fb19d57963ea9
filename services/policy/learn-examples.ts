import { kinship } from "./definition";
import type { Meaning } from "./situations";

/** A message that is known to be about a topic. */
export interface Example {
  /** The topic's number. */
  topic: number;
  meaning: Meaning;
  /** What speaks for each topic by the topics' wordings alone; asked for some examples only. */
  described: () => Float64Array;
}

/** What examples teach. */
export interface Learned {
  /** What speaks for each topic in addition to its wording, about 0..1. */
  evidencesFor(message: Meaning): Float64Array;
  /** How much examples count beside wordings in these topics. */
  weight: number;
}

/** Tells topics apart by examples of them; answers with a chance per topic, adding up to 1. */
type Chooser = (message: Meaning) => Float64Array;

/** What examples may count beside wordings; the middle one, unless others tell the examples themselves better apart. */
const weights = [0.5, 0.25, 1, 2];
/** So many examples, spread over all, are enough to find their weight. */
const mostTried = 200;

/**
 * Learns from a workspace's own examples. How much they count beside the wordings is found by leaving out one at a time
 * and looking how well the others and the wordings place it: where the wordings say it all, examples count less.
 * A few hundred examples take some tens of milliseconds; always in the same order, so always the same.
 */
export function learnExamples(examples: Example[], topics: number): Learned {
  const step = Math.max(1, Math.ceil(examples.length / mostTried));
  const tried = examples.flatMap((example, at) =>
    at % step === 0
      ? [{ ...example, described: example.described(), near: nearestOf(example.meaning, examples, topics, at) }]
      : [],
  );
  let [weight, most] = [weights[0] as number, -1];
  for (const candidate of weights) {
    const placed = tried.filter(({ topic, described, near }) => {
      const sums = described.map((evidence, at) => evidence + candidate * (near[at] as number));
      return sums.every((sum, at) => at === topic || sum < (sums[topic] as number));
    }).length;
    if (placed > most) [weight, most] = [candidate, placed];
  }
  const choose = chooserOf(examples, topics);
  return {
    weight,
    evidencesFor(message) {
      const near = nearestOf(message, examples, topics);
      const chances = choose(message);
      return near.map((nearest, at) => weight * (nearest + (chances[at] as number) * Math.min(1, nearest * 2)));
    },
  };
}

/** Of each topic: how near its nearest examples are, 0..1; a second one says half as much as the first. */
function nearestOf(message: Meaning, examples: Example[], topics: number, leftOut = -1): Float64Array {
  const first = new Float64Array(topics);
  const second = new Float64Array(topics);
  for (let at = 0; at < examples.length; at += 1) {
    if (at === leftOut) continue;
    const { topic, meaning } = examples[at] as Example;
    const near = kinship(message, meaning);
    if (near > (first[topic] as number)) {
      second[topic] = first[topic] as number;
      first[topic] = near;
    } else if (near > (second[topic] as number)) second[topic] = near;
  }
  return first.map((near, at) => (near + (second[at] as number) / 2) / 1.5);
}

/** A text's words and situations as one list of weighted features; situations are numbered from -1 down. */
function* featuresOf({ features, situations }: Meaning): Generator<[number, number]> {
  yield* features;
  for (let s = 0; s < situations.length; s += 1)
    if (situations[s] !== 0) yield [-1 - s, Math.sqrt(situations[s] as number)];
}

const mostRounds = 40;
/** Examples times topics times rounds: many topics with many examples are told apart by nearness alone. */
const mostSteps = 2_000_000;
const fewestRounds = 10;
const rate = 0.5;

/** A softmax regression over what the texts name and the situations they describe. */
function chooserOf(examples: Example[], topics: number): Chooser {
  const rows = new Map<number, Float64Array>();
  const known = examples.map(({ topic, meaning }) => ({ topic, features: [...featuresOf(meaning)] }));
  for (const { features } of known)
    for (const [feature] of features) if (!rows.has(feature)) rows.set(feature, new Float64Array(topics));
  const affordable = Math.floor(mostSteps / (examples.length * topics));
  const rounds = affordable < fewestRounds ? 0 : Math.min(mostRounds, affordable);
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
