import { ideasOf, overlapOf } from "../overlap";
import type { Reading, Signal, TagDefinition } from "../signal";
import { quoteOf, similarity } from "../text";

/**
 * Which topics is the message about? One signal per tag, best first; several may apply, and none when nothing fits.
 * A tag's name counts most, then its description, then how near its examples are.
 */
export function readTags(reading: Reading, tags: TagDefinition[]): Signal[] {
  if (tags.length === 0) return [];
  const { message } = reading;
  const ideas = ideasOf(message.text);
  return tags
    .map((tag) => {
      const score = scoreOf(tag, message.text, ideas);
      const wanted = profileOf(tag).all;
      const quote = quoteOf(message.text, (sentence) => overlapOf(wanted, ideasOf(sentence)).ideas.length > 0);
      const evidence = score > 0 ? [{ messageId: message.id, quote }] : [];
      const rule = { id: tag.id, version: tag.version, text: tag.name };
      return { name: "TAG" as const, score, evidence, rule };
    })
    .sort((a, b) => b.score - a.score);
}

function scoreOf(tag: TagDefinition, text: string, message: Map<string, number>): number {
  const { name, all } = profileOf(tag);
  const named = overlapOf(name, message);
  const described = overlapOf(all, message);
  // One word of a name of several is a hint; two words out of name and description are an answer.
  const more = Math.max(0, described.ideas.length - 1);
  let score =
    named.ideas.length > 0 ? 0.55 * named.share + 0.2 * Math.min(2, more) : 0.18 * Math.min(3, described.ideas.length);
  for (const example of tag.examples) {
    const near = similarity(example, text);
    if (near >= 0.35) score = Math.max(score, 0.25 + 0.75 * near);
  }
  return Math.round(Math.min(0.97, score) * 1000) / 1000;
}

const known = new Map<string, { name: Map<string, number>; all: Map<string, number> }>();

/** What a tag is about; remembered per wording. */
function profileOf(tag: TagDefinition): { name: Map<string, number>; all: Map<string, number> } {
  const key = `${tag.name}\n${tag.description}`;
  const remembered = known.get(key);
  if (remembered) return remembered;
  const name = ideasOf(tag.name);
  const profile = { name, all: new Map([...ideasOf(tag.description), ...name]) };
  if (known.size > 5_000) known.clear();
  known.set(key, profile);
  return profile;
}
