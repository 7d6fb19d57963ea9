import { featuresOfIdeas } from "./learned/situation-features";
import { readSituationModel, rowOf, type SituationModel } from "./learned/situation-model";
import { type Idea, ideasIn, thesaurus } from "./thesaurus";

/** A text as rules and topics are compared with it. */
export interface Meaning {
  /** Its features, each with how much it counts here, of length one in all. */
  features: Map<number, number>;
  /** How likely each situation is, adding up to 1. */
  situations: Float64Array;
  /** How much its features speak for each situation; what the chances are made of. */
  scores: Float64Array;
  /** How much of what it names is known at all, 0..1. */
  known: number;
  ideas: Idea[];
}

interface Loaded extends SituationModel {
  known: Set<string>;
  rarest: number;
  /** Of each situation: the number of its domain. */
  domainOf: Uint16Array;
  domainCount: number;
}

let loaded: Loaded | undefined;

/** The learned situations, read when first asked for. */
export function situationModel(): Loaded {
  loaded ??= load();
  return loaded;
}

function load(): Loaded {
  const model = readSituationModel();
  const domains = [...new Set(model.domains)];
  const known = new Set(model.vocabulary);
  return {
    ...model,
    known,
    rarest: Math.log(1 + model.names.length),
    domainOf: Uint16Array.from(model.domains, (domain) => domains.indexOf(domain)),
    domainCount: domains.length,
  };
}

/** What a text means. Pure: the same text always means the same. */
export function meaningOf(text: string, least = unlikely): Meaning {
  const model = situationModel();
  const ideas = ideasIn(text, (stem) => model.known.has(stem), respell);
  let [length, knownLength] = [0, 0];
  let [seen, all] = [0, 0];
  const found = [...featuresOfIdeas(ideas)].map(([feature, weight]) => {
    const row = rowOf(model, feature);
    const size = weight * (row === undefined ? model.rarest * 0.7 : (model.rarity[row] as number));
    length += size * size;
    if (row !== undefined) knownLength += size * size;
    if (weight === 1) {
      all += size;
      if (row !== undefined) seen += size;
    }
    return { feature, row, size };
  });
  const scale = length === 0 ? 0 : 1 / Math.sqrt(length);
  const knownScale = knownLength === 0 ? 0 : 1 / Math.sqrt(knownLength);
  const features = new Map(found.map(({ feature, size }) => [feature, size * scale]));
  const scores = new Float64Array(model.names.length);
  const { starts, situations, weights, step } = model.entries;
  for (const { row, size } of found) {
    if (row === undefined) continue;
    const part = size * knownScale * step;
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1) {
      const situation = situations[at] as number;
      scores[situation] = (scores[situation] as number) + part * (weights[at] as number);
    }
  }
  return { features, situations: chances(scores, least), scores, known: all === 0 ? 0 : seen / all, ideas };
}

/** Messages are longer than what was learned from, so their words pull less each: this makes up for it. */
const sharpness = 1.4;
/** A situation less likely than this is none: many small chances must not add up to a topic. */
const unlikely = 0.01;

function chances(scores: Float64Array, least: number): Float64Array {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores) most = Math.max(most, score);
  const found = new Float64Array(scores.length);
  let sum = 0;
  for (let s = 0; s < scores.length; s += 1) {
    found[s] = Math.exp(((scores[s] as number) - most) * sharpness);
    sum += found[s] as number;
  }
  for (let s = 0; s < scores.length; s += 1) {
    const chance = (found[s] as number) / sum;
    found[s] = chance < least ? 0 : chance;
  }
  return found;
}

/** How alike two texts are in what they name, 0..1. */
export function likeness(one: Map<number, number>, other: Map<number, number>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  let sum = 0;
  for (const [feature, size] of small) sum += size * (large.get(feature) ?? 0);
  return sum;
}

/** Known stems by their first two letters. */
let byBeginning: Map<string, string[]> | undefined;

/** The known stem that is one letter away: left out, too many, wrong or swapped. */
function respell(stem: string): string | undefined {
  byBeginning ??= stemsByBeginning();
  return byBeginning.get(stem.slice(0, 2))?.find((known) => isOneSlipAway(stem, known));
}

function stemsByBeginning(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const stem of new Set([...situationModel().known, ...thesaurus().stems.keys()])) {
    if (stem.length < 4) continue;
    const beginning = stem.slice(0, 2);
    const list = found.get(beginning);
    if (list) list.push(stem);
    else found.set(beginning, [stem]);
  }
  return found;
}

function isOneSlipAway(one: string, other: string): boolean {
  const difference = one.length - other.length;
  if (difference > 1 || difference < -1) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  if (difference === 1) return one.slice(at + 1) === other.slice(at);
  if (difference === -1) return one.slice(at) === other.slice(at + 1);
  const swapped = one[at] === other[at + 1] && one[at + 1] === other[at];
  return one.slice(at + 1) === other.slice(at + 1) || (swapped && one.slice(at + 2) === other.slice(at + 2));
}
