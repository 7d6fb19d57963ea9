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
import { agreement, type Leaning, leaningOf } from "../leaning";
import { type Corrections, type Example, learnCorrections } from "../learn-examples";
import type { Reading, Signal, TagDefinition } from "../signal";
import { fold } from "../text";
import { quoter, worthAQuote } from "./quote";

/** What each kind of evidence in a topic's wording counts. */
const counts = { coverage: 1, nearness: 0.1, echo: 0.3, breadth: 0.6 };
/** A situation counts in full for a topic whose wording covers it at least this well. */
const fully = 0.6;
/** Words, and what they lean to, agree by chance where the message is about something that no topic covers. */
const byChance = 0.8;

/**
 * How an opinion is put together, as log-odds: the wording's evidence (its logarithm; `floor` is next to none), and how
 * much the message leans to the same as the nearest of the topic's texts, and as all of them on average. Found, like the
 * numbers below, on the project's own cases: with none, two and five examples a topic.
 */
const speaks = { wording: 2.5, floor: 0.05, nearest: 3, average: 3 };
/** From this opinion on a topic is one. */
const enough = -4.2;
/** A part of a message must be this much clearer to have a topic of its own. */
const clearly = 1.4;

/**
 * Which topics is the message about? One signal per tag, best first; several may apply, and none when nothing fits.
 * Name and description are compared with the message by what both are about (the learned situations) and by words;
 * examples by what they lean to, and by what tells them apart (`learnCorrections`). Topics are rivals: how far one stays
 * behind the best counts against it. A message that asks for two things is also read thing by thing.
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
    const own = scoresOf(hear(clause), topics, clearly);
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

/** How surely each topic is one, 0..1; nothing where even the best is not `least` above what is enough. */
function scoresOf(heard: Heard, topics: Topics, least: number): Float64Array {
  const nothing = new Float64Array(topics.known.length);
  // Without a word that is known at all, opinions are about nothing.
  if (heard.meaning.ideas.length === 0) return nothing;
  const said = { meaning: heard.meaning, leaning: leaningOf(heard.meaning) };
  const opinions = opinionsOf(heard, said.leaning, topics);
  const corrections = topics.corrections?.(said);
  const corrected = opinions.map((opinion, at) => opinion + (corrections?.[at] ?? 0));
  let best = 0;
  for (let at = 1; at < corrected.length; at += 1)
    if ((corrected[at] as number) > (corrected[best] as number)) best = at;
  // Whether there is a topic at all is no question of which: corrections have no say in it.
  const above = (opinions[best] as number) - enough;
  if (above < least) return nothing;
  const sure = 1 / (1 + Math.exp(-above));
  return corrected.map((opinion) => Math.min(surest, sure * Math.exp(opinion - (corrected[best] as number))));
}

/** What speaks for each topic, as log-odds: its wording and its examples, but for one that is left out. */
function opinionsOf(
  heard: Heard,
  leaning: Leaning,
  { known, rivals, widest }: Described,
  leftOut?: Leaning,
): Float64Array {
  const open = uncovered(heard, rivals);
  const chance = 1 - byChance * open.reduce((sum, part) => sum + part, 0);
  return Float64Array.from(known, ({ definition, breadth, wordings, taught }) => {
    const evidence =
      counts.coverage * coverage(heard, definition, rivals, fully) +
      counts.breadth * spill(open, breadth, widest) +
      chance * (counts.nearness * nearness(heard, definition) + counts.echo * echo(heard, definition));
    let nearest = 0;
    for (const wording of wordings) nearest = Math.max(nearest, chance * agreement(leaning, wording));
    let [sum, count] = [nearest, 1];
    for (const example of taught) {
      if (example === leftOut) continue;
      const agreed = agreement(leaning, example);
      nearest = Math.max(nearest, agreed);
      sum += agreed;
      count += 1;
    }
    return (
      speaks.wording * Math.log(evidence + speaks.floor) + speaks.nearest * nearest + speaks.average * (sum / count)
    );
  });
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
  /** Of its name, its description, and both together. */
  wordings: Leaning[];
  /** Of its examples. */
  taught: Leaning[];
  /** Folded: the same message again is surely the same topic. */
  examples: Set<string>;
}

interface Described {
  known: Topic[];
  rivals: Float64Array;
  /** Of each world: how much of it the broadest topic covers. */
  widest: Float64Array;
}

interface Topics extends Described {
  /** Null where no topic has examples. */
  corrections: Corrections | null;
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
  const perTopic = Math.max(fewestLearned, Math.floor(mostLearned / tags.length));
  const lean = (text: string) => leaningOf(hear(text).meaning);
  const known = tags.map(({ name, description, examples }): Topic => {
    const definition = define([name, description]);
    return {
      definition,
      breadth: breadthOf(definition),
      wordings: [name, description, `${name}. ${description}`].map(lean),
      taught: examples.slice(0, perTopic).map(lean),
      examples: new Set(examples.map(fold)),
    };
  });
  const described = {
    known,
    rivals: bestCovers(known.map(({ definition }) => definition)),
    widest: (known[0] as Topic).breadth.map((_, world) =>
      Math.max(...known.map(({ breadth }) => breadth[world] as number)),
    ),
  };
  const examples = tags.flatMap((tag, topic) =>
    (known[topic] as Topic).taught.map((leaning, at): Example => {
      const heard = hear(tag.examples[at] as string);
      const opinions = opinionsOf(heard, leaning, described, leaning);
      return { topic, meaning: heard.meaning, leaning, opinions };
    }),
  );
  const topics = { ...described, corrections: examples.length > 0 ? learnCorrections(examples, tags.length) : null };
  if (remembered.size >= 200) remembered.clear();
  remembered.set(key, topics);
  return topics;
}
