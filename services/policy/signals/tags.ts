import { clausesOf } from "../clauses";
import {
  bestCovers,
  breadthOf,
  coverage,
  type Definition,
  define,
  echo,
  type Heard,
  hear,
  nearness,
  uncovered,
} from "../definition";
import { type Example, type Learned, learnExamples } from "../learn-examples";
import type { Reading, Signal, TagDefinition } from "../signal";
import { fold } from "../text";
import { quoter, worthAQuote } from "./quote";

/** From this much evidence on a topic is one; found on the project's own cases. */
const enough = 0.12;
/** What each kind of evidence counts. */
const counts = { coverage: 1, nearness: 0.1, echo: 0.3, breadth: 0.6 };
/** A situation counts in full for a topic whose wording covers it at least this well. */
const fully = 0.6;
/** Single words agree by chance where the message is about something that no topic covers. */
const byChance = 0.8;
/** A part of a message must be this clear (times `enough`) to have a topic of its own. */
const clearly = 2;

/**
 * Which topics is the message about? One signal per tag, best first; several may apply, and none when nothing fits.
 * Name and description are compared with the message by what both are about (the learned situations) and by words;
 * examples by how near they are. Topics are rivals: the one that fits best takes from those that fit three quarters as well. A
 * message that asks for two things is also read thing by thing.
 */
export function readTags(reading: Reading, tags: TagDefinition[]): Signal[] {
  if (tags.length === 0) return [];
  const { message } = reading;
  const topics = topicsOf(tags);
  const quoteFor = quoter(message.text);
  const scores = scoresOf(hear(message.text), topics, 0);
  const folded = fold(message.text);
  for (const [at, { examples }] of topics.known.entries()) if (examples.has(folded)) scores[at] = surest;
  for (const clause of clausesOf(message.text)) {
    const own = scoresOf(hear(clause), topics, enough * clearly);
    for (let at = 0; at < scores.length; at += 1) scores[at] = Math.max(scores[at] as number, own[at] as number);
  }
  return tags
    .map(({ id, version, name }, at) => {
      const score = Math.round((scores[at] as number) * 1000) / 1000;
      const definition = topics.known[at]?.definition;
      const evidence =
        score >= worthAQuote && definition ? [{ messageId: message.id, quote: quoteFor(definition) }] : [];
      return { name: "TAG" as const, score, evidence, rule: { id, version, text: name } };
    })
    .sort((a, b) => b.score - a.score);
}

const surest = 0.97;

/** How surely each topic is one, 0..1; nothing where the best evidence stays under `least`. */
function scoresOf(heard: Heard, topics: Topics, least: number): Float64Array {
  const evidences = evidencesOf(heard, topics);
  const taught = topics.learned?.evidencesFor(heard.meaning);
  let best = 0;
  for (let at = 0; at < evidences.length; at += 1) {
    if (taught) evidences[at] = (evidences[at] as number) + (taught[at] as number);
    best = Math.max(best, evidences[at] as number);
  }
  if (best === 0 || best < least) return evidences.fill(0);
  return evidences.map((evidence) => Math.min(surest, (evidence / (evidence + enough)) * (evidence / best) ** 2));
}

/** What speaks for each topic by its name and description. */
function evidencesOf(heard: Heard, { known, rivals, widest }: Omit<Topics, "learned">): Float64Array {
  const open = uncovered(heard, rivals);
  const chance = 1 - byChance * open.reduce((sum, part) => sum + part, 0);
  return Float64Array.from(
    known,
    ({ definition, breadth }) =>
      counts.coverage * coverage(heard, definition, rivals, fully) +
      counts.breadth * spill(open, breadth, widest) +
      chance * (counts.nearness * nearness(heard, definition) + counts.echo * echo(heard, definition)),
  );
}

/** A topic this broad has all of a world; a narrow one has only what it names. */
const broad = 0.5;
const narrow = 0.2;

/**
 * A topic that names much of a world ("weather, clock, timers, sums") means what it leaves out of it, too: 0..1.
 * @param open of each world, how much of the message lies there that no topic names
 */
function spill(open: Float64Array, breadth: Float64Array, widest: Float64Array): number {
  let sum = 0;
  for (let world = 0; world < open.length; world += 1) {
    const wide = breadth[world] as number;
    if (wide <= narrow || (open[world] as number) === 0) continue;
    sum +=
      (open[world] as number) * Math.min(1, (wide - narrow) / (broad - narrow)) * (wide / (widest[world] as number));
  }
  return sum;
}

interface Topic {
  definition: Definition;
  breadth: Float64Array;
  /** Folded: the same message again is surely the same topic. */
  examples: Set<string>;
}

interface Topics {
  known: Topic[];
  rivals: Float64Array;
  /** Of each world: how much of it the broadest topic covers. */
  widest: Float64Array;
  /** Null where no topic has examples. */
  learned: Learned | null;
}

/** Learned from in all, and of each topic at least: what a message costs stays bounded. */
const mostLearned = 1_200;
const fewestLearned = 3;

/** A workspace's topics, taken apart; remembered as long as they stay as they are. */
const remembered = new Map<string, Topics>();

function topicsOf(tags: TagDefinition[]): Topics {
  // A tag's version grows with every change; the rest tells tags apart that never had one.
  const key = tags
    .map((tag) => [tag.id, tag.version, tag.name, tag.description, tag.examples.length, tag.examples[0]].join("\n"))
    .join("\n\n");
  const before = remembered.get(key);
  if (before) return before;
  const known = tags.map(({ name, description, examples }): Topic => {
    const definition = define([name, description]);
    return { definition, breadth: breadthOf(definition), examples: new Set(examples.map(fold)) };
  });
  const described = {
    known,
    rivals: bestCovers(known.map(({ definition }) => definition)),
    widest: (known[0] as Topic).breadth.map((_, world) =>
      Math.max(...known.map(({ breadth }) => breadth[world] as number)),
    ),
  };
  const perTopic = Math.max(fewestLearned, Math.floor(mostLearned / tags.length));
  const examples = tags.flatMap((tag, topic) =>
    tag.examples.slice(0, perTopic).map((text): Example => {
      const heard = hear(text);
      return { topic, meaning: heard.meaning, described: () => evidencesOf(heard, described) };
    }),
  );
  const topics = { ...described, learned: examples.length > 0 ? learnExamples(examples, tags.length) : null };
  if (remembered.size >= 200) remembered.clear();
  remembered.set(key, topics);
  return topics;
}
