import {
  bestCovers,
  coverage,
  type Definition,
  define,
  echo,
  type Heard,
  hear,
  kinship,
  nearness,
} from "../definition";
import { type Chooser, learnExamples } from "../learn-examples";
import type { Reading, Signal, TagDefinition } from "../signal";
import { type Meaning, meaningOf } from "../situations";
import { fold } from "../text";
import { quoter, worthAQuote } from "./quote";

/** From this much evidence on a topic is one; found on the project's own cases. */
const enough = 0.12;
/** With examples there is a little more evidence to be had for everything. */
const enoughByExamples = 0.14;
/** What each kind of evidence counts. */
const counts = { coverage: 1, nearness: 0.1, echo: 0.3, examples: 0.5, nearest: 0.1 };
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
  const chances = topics.chooser?.(heard.meaning);
  const evidences = topics.known.map((topic, at) =>
    evidenceOf(heard, message.text, topic, topics.rivals, chances?.[at] ?? 0),
  );
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
      const evidence =
        score >= worthAQuote && definition ? [{ messageId: message.id, quote: quoteFor(definition) }] : [];
      return { name: "TAG" as const, score, evidence, rule: { id, version, text: name } };
    })
    .sort((a, b) => b.score - a.score);
}

function evidenceOf(heard: Heard, text: string, topic: Topic, rivals: Float64Array, chance: number): number {
  const { definition, examples } = topic;
  if (examples.some((example) => example.folded === fold(text))) return 2;
  const said =
    counts.coverage * coverage(heard, definition, rivals, fully) +
    counts.nearness * nearness(heard, definition) +
    counts.echo * echo(heard, definition);
  if (examples.length === 0) return said;
  let nearest = 0;
  for (const { meaning } of examples) nearest = Math.max(nearest, kinship(heard.meaning, meaning));
  return said + counts.examples * chance * Math.min(1, nearest * 2) + counts.nearest * nearest;
}

interface Topic {
  definition: Definition;
  examples: { meaning: Meaning; folded: string }[];
}

interface Topics {
  known: Topic[];
  rivals: Float64Array;
  /** Null where no topic has examples. */
  chooser: Chooser | null;
}

/** A workspace's topics, taken apart; remembered as long as they stay as they are. */
const remembered = new Map<string, Topics>();

function topicsOf(tags: TagDefinition[]): Topics {
  const key = tags.map(({ name, description, examples }) => [name, description, ...examples].join("\n")).join("\n\n");
  const before = remembered.get(key);
  if (before) return before;
  const known = tags.map(({ name, description, examples }) => {
    const meanings = examples.map((example) => ({ meaning: meaningOf(example), folded: fold(example) }));
    return {
      definition: define(
        [name, description],
        meanings.map(({ meaning }) => meaning),
      ),
      examples: meanings,
    };
  });
  const examples = known.flatMap((topic, at) => topic.examples.map(({ meaning }) => ({ topic: at, meaning })));
  const chooser = examples.length > 0 ? learnExamples(examples, tags.length) : null;
  const topics = { known, rivals: bestCovers(known.map(({ definition }) => definition)), chooser };
  if (remembered.size >= 200) remembered.clear();
  remembered.set(key, topics);
  return topics;
}
