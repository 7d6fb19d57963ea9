import type { Idea } from "../thesaurus";

/** FNV-1a over UTF-16 code units, mixed; the same on every machine. */
export function hashOf(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193) >>> 0;
  }
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d) >>> 0;
  return (value ^ (value >>> 13)) >>> 0;
}

/** How much a feature of a kind counts: what is named, the very word, the world it belongs to, two side by side or nearly so. */
export const weightOf = { idea: 1, stem: 0.6, kind: 0.5, pair: 0.7, apart: 0.4, time: 0.45, pairWithTime: 0.35 };

/** The weighted features of what a text names; the weights' squares are not yet brought to one. */
export function featuresOfIdeas(ideas: Idea[]): Map<number, number> {
  const found = new Map<number, number>();
  const put = (name: string, weight: number) => {
    const hash = hashOf(name);
    found.set(hash, Math.max(found.get(hash) ?? 0, weight));
  };
  for (const [at, idea] of ideas.entries()) {
    const [next, afterNext] = [ideas[at + 1], ideas[at + 2]];
    // "Since this morning" says little about what has happened since.
    put(idea.name, isTime(idea) ? weightOf.time : weightOf.idea);
    if (next) put(`${idea.name} ${next.name}`, isTime(idea) || isTime(next) ? weightOf.pairWithTime : weightOf.pair);
    if (afterNext) put(`${idea.name} ${afterNext.name}`, weightOf.apart);
    if (isTime(idea)) continue;
    if (idea.stem !== idea.name) put(`=${idea.stem}`, weightOf.stem);
    if (idea.kind !== "") put(`~${idea.kind}`, weightOf.kind);
  }
  return found;
}

const isTime = ({ kind, name }: Idea) => kind === "time" || name.startsWith("#");
