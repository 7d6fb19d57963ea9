import { remembering } from "./remembering";
import { likeness, type Meaning, meaningOf, situationModel } from "./situations";

/** What a company's wording (a topic, a rule's condition) is about. */
export interface Definition {
  /** The wording as a whole, then its parts: a list names several things, and one of them is enough. */
  facets: Meaning[];
  /** Of each situation: how well it falls under the wording, 0..1. */
  covers: Float64Array;
  /** Of each domain: how much of the wording lies in it, adding up to 1. */
  domains: Float64Array;
}

/** Takes wordings apart and finds what they cover. The first counts most. */
export function define(texts: string[]): Definition {
  const { names } = situationModel();
  const covers = new Float64Array(names.length);
  const facets: Meaning[] = [];
  const add = (text: string, weight: number) => {
    const meaning = meaningOf(text, 0);
    if (meaning.ideas.length === 0) return;
    facets.push(meaning);
    let most = 0;
    for (const chance of meaning.situations) most = Math.max(most, chance);
    const sureness = weight * meaning.known * Math.min(1, Math.max(0, most * covers.length - 1) / 3);
    for (let s = 0; s < covers.length; s += 1) {
      const share = ((meaning.situations[s] as number) / most) ** 0.4;
      covers[s] = Math.max(covers[s] as number, share * sureness);
    }
  };
  texts.forEach((text, at) => {
    const weight = at === 0 ? 1 : 0.9;
    add(text, weight);
    const parts = partsOf(text);
    if (parts.length > 1) for (const part of parts) add(part, weight * 0.9);
  });
  const domains = domainsOf(covers.map((covered) => covered * covered));
  let most = 0;
  for (const share of domains) most = Math.max(most, share);
  const { domainOf } = situationModel();
  // A wording lives in one world or a few: what only a stray word of it reaches elsewhere is hardly meant.
  for (let s = 0; s < covers.length && most > 0; s += 1)
    covers[s] = (covers[s] as number) * Math.min(1, ((domains[domainOf[s] as number] as number) / most) * homely);
  return { facets, covers, domains };
}

/** A world with this part (1 / homely) of what the wording's own world has counts in full. */
const homely = 4;

function partsOf(text: string): string[] {
  return text
    .split(/[,;:.()/]|\b(?:and|or|und|oder|et|ou|y|o|e|en)\b/u)
    .map((part) => part.trim())
    .filter((part) => part.length > 2);
}

export function domainsOf(situations: Float64Array): Float64Array {
  const { domainOf, domainCount } = situationModel();
  const domains = new Float64Array(domainCount);
  let all = 0;
  for (let s = 0; s < situations.length; s += 1) {
    const share = situations[s] as number;
    domains[domainOf[s] as number] = (domains[domainOf[s] as number] as number) + share;
    all += share;
  }
  if (all > 0) for (let d = 0; d < domainCount; d += 1) domains[d] = (domains[d] as number) / all;
  return domains;
}

/** A message, ready to be held against wordings. */
export interface Heard {
  meaning: Meaning;
  /** The numbers of the situations that have a chance: a few of hundreds. */
  likely: number[];
  domains: Float64Array;
}

/** Rules, topics and their quotes ask for the same messages. */
export const hear = remembering(
  (text: string): Heard => {
    const meaning = meaningOf(text);
    const likely = [...meaning.situations.keys()].filter((s) => meaning.situations[s] !== 0);
    return { meaning, likely, domains: domainsOf(meaning.situations) };
  },
  { most: 100, longest: 2_000 },
);

/** Of each situation: how well the wording that covers it best does, so that wordings can be weighed as rivals. */
export function bestCovers(definitions: Definition[]): Float64Array {
  const best = new Float64Array(situationModel().names.length);
  for (const { covers } of definitions)
    for (let s = 0; s < best.length; s += 1) best[s] = Math.max(best[s] as number, covers[s] as number);
  return best;
}

/**
 * How far the message's likely situations fall under the wording, 0..1. A situation that a rival covers better, or that
 * is covered only a little by anything, counts for less than it is covered.
 * @param rivals see bestCovers
 * @param fully how well a situation must be covered to count in full
 */
export function coverage(
  { meaning, likely }: Heard,
  { covers }: Definition,
  rivals: Float64Array,
  fully: number,
): number {
  let sum = 0;
  for (const s of likely) {
    const covered = covers[s] as number;
    sum += ((meaning.situations[s] as number) * covered * covered) / Math.max(rivals[s] as number, fully);
  }
  return sum;
}

/** Below this much a situation is covered by nobody. */
const hardly = 0.15;

/** Of each domain: how much of the message is about something in it that no wording covers. */
export function uncovered({ meaning }: Heard, rivals: Float64Array): Float64Array {
  const { domainOf, domainCount } = situationModel();
  const open = new Float64Array(domainCount);
  for (let s = 0; s < rivals.length; s += 1) {
    const domain = domainOf[s] as number;
    if ((rivals[s] as number) < hardly) open[domain] = (open[domain] as number) + (meaning.situations[s] as number);
  }
  return open;
}

/** Of each domain: how much of it the wording covers, 0..1. */
export function breadthOf({ covers }: Definition): Float64Array {
  const { domainOf, domainCount } = situationModel();
  const [covered, all] = [new Float64Array(domainCount), new Float64Array(domainCount)];
  for (let s = 0; s < covers.length; s += 1) {
    const domain = domainOf[s] as number;
    all[domain] = (all[domain] as number) + 1;
    covered[domain] = (covered[domain] as number) + (covers[s] as number);
  }
  return covered.map((sum, domain) => sum / (all[domain] as number));
}

/** How near the message is to the world the wording lives in, 0..1. */
export function nearness(heard: Heard, definition: Definition): number {
  let sum = 0;
  for (let d = 0; d < heard.domains.length; d += 1)
    sum += Math.sqrt((heard.domains[d] as number) * (definition.domains[d] as number));
  return sum;
}

/** How much the message says in the wording's own words and concepts, 0..1: its best part. */
export function echo({ meaning }: Heard, { facets }: Definition): number {
  let best = 0;
  for (const facet of facets) best = Math.max(best, likeness(meaning.features, facet.features));
  return best;
}
