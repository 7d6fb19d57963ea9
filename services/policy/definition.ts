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
    const meaning = meaningOf(text);
    if (meaning.ideas.length === 0) return;
    facets.push(meaning);
    let most = 0;
    for (const chance of meaning.situations) most = Math.max(most, chance);
    const sureness = weight * meaning.known * Math.min(1, Math.max(0, most * covers.length - 1) / 3);
    for (let s = 0; s < covers.length; s += 1) {
      const share = ((meaning.situations[s] as number) / most) ** 0.6;
      covers[s] = Math.max(covers[s] as number, share * sureness);
    }
  };
  texts.forEach((text, at) => {
    const weight = at === 0 ? 1 : 0.9;
    add(text, weight);
    const parts = partsOf(text);
    if (parts.length > 1) for (const part of parts) add(part, weight * 0.9);
  });
  return { facets, covers, domains: domainsOf(covers) };
}

function partsOf(text: string): string[] {
  return text
    .split(/[,;:.()/]|\b(?:and|or|und|oder|et|ou|y|o|e|en|of)\b/u)
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

/** How a message stands to a wording; each part 0..1. */
export interface Fit {
  /** By situations. */
  situation: number;
  /** By the world the situations belong to. */
  domain: number;
  /** By words and concepts, the best facet. */
  words: number;
}

export function fitOf(message: Meaning, messageDomains: Float64Array, definition: Definition): Fit {
  let situation = 0;
  for (let s = 0; s < definition.covers.length; s += 1)
    situation += (message.situations[s] as number) * (definition.covers[s] as number);
  let domain = 0;
  for (let d = 0; d < messageDomains.length; d += 1)
    domain += Math.sqrt((messageDomains[d] as number) * (definition.domains[d] as number));
  let words = 0;
  for (const facet of definition.facets) words = Math.max(words, likeness(message.features, facet.features));
  return { situation, domain, words };
}
