import { fold, stemOf } from "../text";
import { ideasIn, plainWords, type Thesaurus } from "../thesaurus";
import { sayMany } from "./grammar";
import { heldOut, sayingOf } from "./held-out";
import { seeded } from "./linear";
import { readSituations, type Situation } from "./situation-corpus";
import { featuresOfIdeas, weightOf } from "./situation-features";
import { rarityOf, toBytes } from "./situation-model";

/** How many ways to say one template are learned from. */
const perTemplate = 6;
const rounds = 8;
const rate = 0.9;
/** This part of a text's features is left out at each visit, so that no single word decides alone. */
const leftOut = 0.2;

/** The cases that are judged by situations. */
const measuredBy = [
  ...["guidance", "guidance-elsewhere", "topics-banking", "topics-service", "topics-assistant"],
  ...["plain/guidance", "plain/guidance-more", "plain/topics-banking", "plain/topics-voice"],
  ...["plain/topics-retailer", "plain/topics-utility", "plain/topics-mixed", "plain/topics-travel"],
  ...["unseen/guidance", "unseen/topics-everyday", "unseen/topics-outdoor-shop", "unseen/topics-neobank"],
];

interface Text {
  /** The situation's number. */
  situation: number;
  text: string;
  weight: number;
  foreign: boolean;
}

interface Learned {
  situation: number;
  features: Map<number, number>;
  weight: number;
}

/** Learns which situation a text describes from services/policy/corpus/situations. */
export function trainSituations(thesaurus: Thesaurus): Buffer {
  const random = seeded(23);
  const known = readSituations();
  const names = known.map(({ name }) => name);
  const domains = known.map(({ domain }) => domain);
  const texts = textsOf(known, random);
  const vocabulary = new Set(
    texts.flatMap(({ text, foreign }) => (foreign ? unheardOf(text, thesaurus) : stemsOf(text))),
  );
  const examples = texts.map(
    ({ situation, text, weight }): Learned => ({
      situation,
      weight,
      features: featuresOfIdeas(ideasIn(text, (stem) => vocabulary.has(stem), undefined, thesaurus)),
    }),
  );
  const { rows, seenIn } = countFeatures(examples);
  const rarity = Float64Array.from(seenIn, (seen) => rarityOf(seen, names.length));
  const weights = learn(examples, rows, rarity, names.length, random);
  const features = Uint32Array.from(rows.keys());
  return toBytes({ names, domains, vocabulary: [...vocabulary].sort(), features, seenIn, weights });
}

const stemsOf = (text: string) => plainWords(fold(text)).map(stemOf);

/** Words of another language that mean something in the thesaurus keep that meaning: only the others are taken as they are. */
const unheardOf = (text: string, thesaurus: Thesaurus) =>
  ideasIn(text, () => false, undefined, thesaurus).flatMap(({ known, stem }) => (known ? [] : [stem]));

/** Everything that is learned from: of each situation its titles, what it belongs to, and how customers put it. */
function textsOf(situations: Situation[], random: () => number): Text[] {
  // What the cases measure with is not learned from.
  const heldOutTexts = new Set(measuredBy.flatMap((cases) => [...heldOut(cases)]));
  const texts: Text[] = [];
  for (const [situation, { name, title, above, sayings }] of situations.entries()) {
    // Rules and topics are worded like the titles.
    for (const text of title) texts.push({ situation, text, weight: 1.5, foreign: false });
    for (const text of above) texts.push({ situation, text, weight: 1.3, foreign: false });
    texts.push({ situation, text: name.replace(/-/g, " "), weight: 1, foreign: false });
    for (const { template, foreign } of sayings)
      for (const text of sayMany(template, new Map(), perTemplate, random))
        if (!heldOutTexts.has(sayingOf(text))) texts.push({ situation, text, weight: 1, foreign });
  }
  return texts;
}

/** Features seen twice or more (single ideas: once) get a row; the rarer over situations, the more they say. */
function countFeatures(examples: Learned[]) {
  const seenIn = new Map<number, Set<number>>();
  const times = new Map<number, number>();
  const alone = new Set<number>();
  for (const { features, situation } of examples)
    for (const [feature, weight] of features) {
      if (weight === weightOf.idea || weight === weightOf.time || weight === weightOf.stem) alone.add(feature);
      const where = seenIn.get(feature) ?? new Set();
      where.add(situation);
      seenIn.set(feature, where);
      times.set(feature, (times.get(feature) ?? 0) + 1);
    }
  const kept = [...seenIn.keys()]
    .filter((feature) => (times.get(feature) as number) > 1 || alone.has(feature))
    .sort((a, b) => a - b);
  const rows = new Map(kept.map((feature, row) => [feature, row]));
  return { rows, seenIn: Uint16Array.from(kept, (feature) => (seenIn.get(feature) as Set<number>).size) };
}

/** Softmax regression by stochastic gradient descent with a step size per weight (AdaGrad). */
function learn(
  examples: Learned[],
  rows: Map<number, number>,
  rarity: Float64Array,
  situations: number,
  random: () => number,
): Float32Array {
  const weights = new Float32Array(rows.size * situations);
  const steepness = new Float32Array(rows.size * situations).fill(0.1);
  const perSituation = new Float64Array(situations);
  for (const { situation } of examples) perSituation[situation] = (perSituation[situation] as number) + 1;
  const order = Uint32Array.from(examples.keys());
  const scores = new Float64Array(situations);
  // The situations whose chance is wrong by more than next to nothing, and by how much.
  const mistaken = new Uint16Array(situations);
  const errors = new Float64Array(situations);
  // The mean over the later rounds depends less on the order of the examples than the last round does.
  const mean = new Float32Array(weights.length);
  for (let round = 0; round < rounds; round++) {
    for (let index = order.length - 1; index > 0; index--) {
      const other = Math.floor(random() * (index + 1));
      [order[index], order[other]] = [order[other] as number, order[index] as number];
    }
    for (const index of order) {
      const { situation, features, weight } = examples[index] as Learned;
      const present: [number, number][] = [];
      let length = 0;
      for (const [feature, value] of features) {
        if (random() < leftOut) continue;
        const row = rows.get(feature);
        if (row === undefined) continue;
        const size = value * (rarity[row] as number);
        length += size * size;
        present.push([row, size]);
      }
      if (present.length === 0) continue;
      const scale = 1 / Math.sqrt(length);
      scores.fill(0);
      for (const [row, size] of present) addRow(scores, weights, row * situations, size * scale);
      softmax(scores);
      const importance = weight / Math.sqrt((perSituation[situation] as number) / 20);
      let off = 0;
      for (let s = 0; s < situations; s++) {
        const error = ((scores[s] as number) - (s === situation ? 1 : 0)) * importance;
        if (Math.abs(error) < 1e-3) continue;
        mistaken[off] = s;
        errors[off++] = error;
      }
      for (const [row, size] of present)
        correct(weights, steepness, row * situations, size * scale, mistaken.subarray(0, off), errors);
    }
    if (round >= rounds / 2)
      for (let at = 0; at < mean.length; at++) mean[at] = (mean[at] as number) + (weights[at] as number);
  }
  const averaged = Math.floor(rounds / 2);
  return mean.map((sum) => sum / averaged);
}

/** Adds a feature's weights to the situations' scores. A function of its own, as is the next: it runs twice as fast. */
function addRow(scores: Float64Array, weights: Float32Array, start: number, size: number): void {
  for (let s = 0; s < scores.length; s++) scores[s] = (scores[s] as number) + size * (weights[start + s] as number);
}

/** Moves a feature's weights against the errors. */
function correct(
  weights: Float32Array,
  steepness: Float32Array,
  start: number,
  size: number,
  mistaken: Uint16Array,
  errors: Float64Array,
): void {
  for (let at = 0; at < mistaken.length; at++) {
    const place = start + (mistaken[at] as number);
    const slope = (errors[at] as number) * size + 2e-6 * (weights[place] as number);
    const steep = (steepness[place] as number) + slope * slope;
    steepness[place] = steep;
    weights[place] = (weights[place] as number) - (rate * slope) / Math.sqrt(steep);
  }
}

function softmax(scores: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores) most = Math.max(most, score);
  let sum = 0;
  for (let s = 0; s < scores.length; s++) {
    scores[s] = Math.exp((scores[s] as number) - most);
    sum += scores[s] as number;
  }
  for (let s = 0; s < scores.length; s++) scores[s] = (scores[s] as number) / sum;
}
