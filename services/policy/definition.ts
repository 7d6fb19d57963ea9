import { remembering } from "../../kit/remembering";
import { agreement, type Leaning, leaningOf } from "./leaning";
import { likeness, type Meaning, meaningOf, situationModel } from "./situations";

/** What a company's wording (a topic, a rule's condition) is about. */
export interface Definition {
  /** The wording as a whole, then its parts: a list names several things, and one of them is enough. */
  facets: Facet[];
  /** Of each situation: how well it falls under the wording, 0..1. */
  covers: Float64Array;
  /** Of each domain: how much of the wording lies in it, adding up to 1. */
  domains: Float64Array;
}

interface Facet {
  meaning: Meaning;
  leaning: Leaning;
}

/** From this chance on a part of a wording surely means the situation. */
const sure = 0.3;

/** Takes wordings apart and finds what they cover. The first counts most. */
export function define(texts: string[]): Definition {
  const covers = new Float64Array(situationModel().names.length);
  const facets: Facet[] = [];
  const add = (text: string, weight: number) => {
    const meaning = meaningOf(text, 0);
    if (meaning.ideas.length === 0) return;
    facets.push({ meaning, leaning: leaningOf(meaning) });
    let most = 0;
    for (const chance of meaning.situations) most = Math.max(most, chance);
    const sureness = weight * meaning.known * Math.min(1, most / sure);
    for (let s = 0; s < covers.length; s += 1)
      covers[s] = Math.max(covers[s] as number, ((meaning.situations[s] as number) / most) * sureness);
  };
  if (texts.length > 1) add(texts.join(". "), 0.9);
  texts.forEach((text, at) => {
    const weight = at === 0 ? 1 : 0.9;
    add(text, weight);
    const parts = partsOf(text);
    if (parts.length > 1) for (const part of parts) add(part, weight * 0.9);
  });
  return { facets, covers, domains: domainsOf(covers.map((covered) => covered * covered)) };
}

function partsOf(text: string): string[] {
  return text
    .split(/[,;:.()/]|\b(?:and|or|und|oder|et|ou|y|o|e|en)\b/u)
    .map((part) => part.trim())
    .filter((part) => part.length > 2);
}

function domainsOf(situations: Float64Array): Float64Array {
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
  leaning: Leaning;
  /** The numbers of the situations that have a chance: a few of hundreds. */
  likely: number[];
  domains: Float64Array;
}

/** Rules, topics and their quotes ask for the same messages. */
export const hear = remembering(
  (text: string): Heard => {
    const meaning = meaningOf(text);
    const likely: number[] = [];
    for (let s = 0; s < meaning.situations.length; s += 1) if (meaning.situations[s] !== 0) likely.push(s);
    return { meaning, leaning: leaningOf(meaning), likely, domains: domainsOf(meaning.situations) };
  },
  { most: 100, longest: 2_000 },
);

/** What a message and a wording have in common, each 0..1. */
export interface InCommon {
  /** How much both lean to the same, by the wording's best part. */
  leaning: number;
  /** How far their likely situations are the same, by the wording's best part. */
  situations: number;
  /** How near the message is to the world the wording lives in. */
  domain: number;
  /** How much of the message is surely about something that the wording does not cover. */
  elsewhere: number;
}

/** A situation that a wording covers half is no longer elsewhere. */
const covered = 0.5;

/** Holds a message against a wording. A wording without a known word has nothing in common with anything. */
export function compare(heard: Heard, { facets, covers, domains }: Definition): InCommon {
  const found: InCommon = { leaning: 0, situations: 0, domain: 0, elsewhere: 0 };
  const chances = heard.meaning.situations;
  for (const { meaning, leaning } of facets) {
    found.leaning = Math.max(found.leaning, agreement(heard.leaning, leaning));
    let same = 0;
    for (const s of heard.likely) same += Math.sqrt((chances[s] as number) * (meaning.situations[s] as number));
    found.situations = Math.max(found.situations, same);
  }
  for (let d = 0; d < domains.length; d += 1)
    found.domain += Math.sqrt((heard.domains[d] as number) * (domains[d] as number));
  for (const s of heard.likely)
    found.elsewhere += (chances[s] as number) * Math.max(0, 1 - (covers[s] as number) / covered);
  return found;
}

/** How much the message says in the wording's own words and concepts, 0..1: its best part. */
export function echo({ meaning }: Heard, { facets }: Definition): number {
  let best = 0;
  for (const facet of facets) best = Math.max(best, likeness(meaning.features, facet.meaning.features));
  return best;
}
