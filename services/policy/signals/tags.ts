import { clausesOf } from "../clauses";
import { compare, type Definition, define, type Heard, hear } from "../definition";
import { agreement } from "../leaning";
import { type Corrections, type Example, learnCorrections } from "../learn-examples";
import type { Reading, Signal, TagDefinition } from "../signal";
import { fold } from "../text";
import { quoter, worthAQuote } from "./quote";

/**
 * What each kind of evidence counts for a topic, as log-odds: what the message has in common with its wording, and how
 * much it leans to the same as the nearest of the topic's texts, and as all of them on average. Found, like the numbers
 * below, on the project's own cases, with examples and without.
 */
const speaks = { situations: 3.1, elsewhere: -1.3, domain: 2.3, nearest: 3, average: 4.7 };
/** From this opinion on a topic is one. The more topics there are, the rarer a message is about none of them. */
const enough = (topics: number) => 6.2 - 1.9 * Math.log(Math.min(topics, 15));
/** A part of a message must be this much clearer to have a topic of its own. */
const clearly = 1.4;
/** From this score on a message as a whole says what it is about first. */
const sureAsWhole = 0.65;
/** What only its parts are about stays this much behind. */
const second = 0.99;

/**
 * Which topics is the message about? One signal per tag, best first; several may apply, and none when nothing fits.
 * Name and description are compared with the message by what both are about (`compare`);
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
  // Where the message as a whole is surely about one, its parts add others and do not put that one second.
  const most = Math.max(...scores);
  const limit = most < sureAsWhole ? surest : most * second;
  for (const clause of clausesOf(message.text)) {
    const own = scoresOf(hear(clause), topics, clearly);
    for (let at = 0; at < scores.length; at += 1)
      scores[at] = Math.max(scores[at] as number, Math.min(limit, own[at] as number));
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
  const opinions = opinionsOf(heard, topics.known);
  const corrections = topics.corrections?.(heard);
  const corrected = opinions.map((opinion, at) => opinion + (corrections?.[at] ?? 0));
  let best = 0;
  for (let at = 1; at < corrected.length; at += 1)
    if ((corrected[at] as number) > (corrected[best] as number)) best = at;
  // Whether there is a topic at all is no question of which: corrections have no say in it.
  const above = (opinions[best] as number) - enough(opinions.length);
  if (above < least) return nothing;
  const sure = 1 / (1 + Math.exp(-above));
  return corrected.map((opinion) => Math.min(surest, sure * Math.exp(opinion - (corrected[best] as number))));
}

/** What speaks for each topic, as log-odds: its wording and its examples, but for one that is left out. */
function opinionsOf(heard: Heard, known: Topic[], leftOut?: Heard): Float64Array {
  return Float64Array.from(known, ({ definition, taught }) => {
    const { leaning, situations, elsewhere, domain } = compare(heard, definition);
    let nearest = leaning;
    let [sum, count] = [leaning, 1];
    for (const example of taught) {
      if (example === leftOut) continue;
      const agreed = agreement(heard.leaning, example.leaning);
      nearest = Math.max(nearest, agreed);
      sum += agreed;
      count += 1;
    }
    return (
      speaks.situations * situations +
      speaks.elsewhere * elsewhere +
      speaks.domain * domain +
      speaks.nearest * nearest +
      speaks.average * (sum / count)
    );
  });
}

interface Topic {
  definition: Definition;
  /** Its examples. */
  taught: Heard[];
  /** Folded: the same message again is surely the same topic. */
  examples: Set<string>;
}

interface Topics {
  known: Topic[];
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
  const known = tags.map(
    ({ name, description, examples }): Topic => ({
      definition: define([name, description]),
      taught: examples.slice(0, perTopic).map(hear),
      examples: new Set(examples.map(fold)),
    }),
  );
  const examples = known.flatMap(({ taught }, topic) =>
    taught.map((heard): Example => ({ ...heard, topic, opinions: opinionsOf(heard, known, heard) })),
  );
  const topics = { known, corrections: examples.length > 0 ? learnCorrections(examples, tags.length) : null };
  if (remembered.size >= 200) remembered.clear();
  remembered.set(key, topics);
  return topics;
}
