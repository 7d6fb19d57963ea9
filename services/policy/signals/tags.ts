import { bestCovers, coverage, type Definition, define, echo, type Heard, hear, kinship, nearness } from "../definition";
import type { Reading, Signal, TagDefinition } from "../signal";
import { meaningOf, type Meaning } from "../situations";
import { fold } from "../text";
import { quoter, worthAQuote } from "./quote";

/** From this much evidence on a topic is one; found on the project's own cases. */
const enough = Number(process.env.EN ?? 0.12);
/** With examples there is more evidence to be had for everything.
 */
const enoughByExamples = Number(process.env.EE ?? 0.2);
/** What each kind of evidence counts. */
const counts = { coverage: 1, nearness: Number(process.env.NE ?? 0.1), echo: Number(process.env.EC ?? 0.3), examples: Number(process.env.EX ?? 1) };
/** A situation counts in full for a topic whose wording covers it at least this well. */
const fully = 0.6;

/**
 * Which topics is the message about? One signal per tag, best first; several may apply, and none when nothing fits.
 * Name and description are compared with the message by what both are about (the learned situations) and by words;
 * examples by how near they are. Topics are rivals: the one that fits best takes from those that fit half as well.
 */
export function readTags(reading: Reading, tags: TagDefinition[]): Signal[] {
  if (tags.length === 0) return [];
  const { message } = reading;
  const topics = topicsOf(tags);
  const heard = hear(message.text);
  const quoteFor = quoter(message.text);
  const evidences = topics.known.map((topic) => evidenceOf(heard, message.text, topic, topics.rivals));
  const best = Math.max(...evidences);
  const least = tags.some(({ examples }) => examples.length > 0) ? enoughByExamples : enough;
  return tags
    .map((tag, at) => {
      const evidence = evidences[at] as number;
      const score = best === 0 ? 0 : (evidence / (evidence + least)) * (evidence / best);
      return { tag, score: Math.round(Math.min(0.97, score) * 1000) / 1000, definition: topics.known[at]?.definition };
    })
    .map(({ tag, score, definition }) => {
      const { id, version, name } = tag;
      const evidence = score >= worthAQuote && definition ? [{ messageId: message.id, quote: quoteFor(definition) }] : [];
      return { name: "TAG" as const, score, evidence, rule: { id, version, text: name } };
    })
    .sort((a, b) => b.score - a.score);
}

function evidenceOf(heard: Heard, text: string, topic: Topic, rivals: Float64Array): number {
  const { definition, examples } = topic;
  if (examples.some((example) => example.folded === fold(text))) return 2;
  const said =
    counts.coverage * coverage(heard, definition, rivals, fully) +
    counts.nearness * nearness(heard, definition) +
    counts.echo * echo(heard, definition);
  if (examples.length === 0) return said;
  const near = examples.map(({ meaning }) => kinship(heard.meaning, meaning)).sort((a, b) => b - a);
  const nearest = near.slice(0, 2).reduce((sum, one) => sum + one, 0) / Math.min(2, near.length);
  const average = near.reduce((sum, one) => sum + one, 0) / near.length;
  return said + counts.examples * (nearest / 2 + average / 2);
}

interface Topic {
  definition: Definition;
  examples: { meaning: Meaning; folded: string }[];
}

/** A workspace's topics, taken apart; remembered as long as they stay as they are. */
const remembered = new Map<string, { known: Topic[]; rivals: Float64Array }>();

function topicsOf(tags: TagDefinition[]): { known: Topic[]; rivals: Float64Array } {
  const key = tags.map(({ name, description, examples }) => [name, description, ...examples].join("\n")).join("\n\n");
  const before = remembered.get(key);
  if (before) return before;
  const known = tags.map(({ name, description, examples }) => {
    const meanings = examples.map((example) => ({ meaning: meaningOf(example), folded: fold(example) }));
    return { definition: define([name, description], meanings.map(({ meaning }) => meaning)), examples: meanings };
  });
  const topics = { known, rivals: bestCovers(known.map(({ definition }) => definition)) };
  if (remembered.size >= 200) remembered.clear();
  remembered.set(key, topics);
  return topics;
}
