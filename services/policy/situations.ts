import { projectPath } from "../../kit/project";
import { featuresOfIdeas } from "./learned/situation-features";
import { readSituationModel, type SituationModel } from "./learned/situation-model";
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
  byBeginning: Map<string, string[]>;
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
  const model = readSituationModel(projectPath("services/policy/learned", "situations.bin"));
  const domains = [...new Set(model.domains)];
  const known = new Set(model.vocabulary);
  const byBeginning = new Map<string, string[]>();
  for (const stem of new Set([...known, ...thesaurus().stems.keys()])) {
    if (stem.length < 4) continue;
    const beginning = stem.slice(0, 2);
    const list = byBeginning.get(beginning);
    if (list) list.push(stem);
    else byBeginning.set(beginning, [stem]);
  }
  return {
    ...model,
    known,
    byBeginning,
    rarest: Math.log(1 + model.names.length),
    domainOf: Uint16Array.from(model.domains, (domain) => domains.indexOf(domain)),
    domainCount: domains.length,
  };
}

/** What a text means. Pure: the same text always means the same. */
export function meaningOf(text: string, least = unlikely): Meaning {
  const model = situationModel();
  const ideas = ideasIn(
    text,
    (stem) => model.known.has(stem),
    (stem) => respell(stem, model.byBeginning),
  );
  const features = new Map<number, number>();
  let length = 0;
  let [seen, all] = [0, 0];
  const scores = new Float64Array(model.names.length);
  for (const [feature, weight] of featuresOfIdeas(ideas)) {
    const row = model.rows.get(feature);
    const size = weight * (row === undefined ? model.rarest * 0.7 : (model.rarity[row] as number));
    features.set(feature, size);
    length += size * size;
    if (weight === 1) all += size;
    if (row === undefined) continue;
    if (weight === 1) seen += size;
  }
  const scale = length === 0 ? 0 : 1 / Math.sqrt(length);
  let knownLength = 0;
  for (const [feature, size] of features) if (model.rows.has(feature)) knownLength += size * size;
  const knownScale = knownLength === 0 ? 0 : 1 / Math.sqrt(knownLength);
  const { starts, situations, weights, step } = model.entries;
  for (const [feature, size] of features) {
    features.set(feature, size * scale);
    const row = model.rows.get(feature);
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

/** The known stem that is one letter away: left out, too many, wrong or swapped. */
function respell(stem: string, byBeginning: Map<string, string[]>): string | undefined {
  return byBeginning.get(stem.slice(0, 2))?.find((known) => isOneSlipAway(stem, known));
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
