import { content } from "../lexicon/frustration";
import { failedTurns, freshTurns } from "../reading";
import type { Evidence, Reading, Signal, Turn } from "../signal";
import { fold, quoteOf, similarity, together } from "../text";
import { readProgress } from "./progress";
import { readTone } from "./tone";

/**
 * Is the customer losing patience with the help received? Tone alone is not enough for certainty: it weighs more
 * with every answer the assistant failed to give and every question asked again, and less after a solution. Without
 * any tone, a conversation that goes badly comes near to it and never reaches it: calm people are taken at their word.
 */
export function readFrustration(reading: Reading): Signal {
  const tone = readTone(reading.message.text);
  const earlier = sinceContent(reading);
  const failures = failedTurns(reading).filter((turn) => earlier.includes(turn) && turn.id !== reading.message.id);
  const asked = earlier.filter((turn) => turn.author === "CUSTOMER" && turn.id !== reading.message.id);
  const repeated = asked.some((turn) => similarity(turn.text, reading.message.text) >= 0.7) ? 1 : 0;
  const spoken = earlier.some((turn) => turn.author === "ASSISTANT") ? 1 : 0;
  // Annoyance that has been building up in earlier turns.
  const built = Math.min(
    0.3,
    asked.slice(-4).reduce((sum, turn) => sum + readTone(turn.text).score * 0.25, 0),
  );
  const strain = failures.length + 0.5 * repeated + (tone.failing ? spoken : 0) + built;
  const weight = 0.68 + 0.32 * (1 - 0.5 ** strain);
  const going = goingBadly(reading.message, freshTurns(reading), {
    failures: failures.length,
    repeated,
    built,
  });
  const score = mixed(tone.score * weight, going);
  const evidence: Evidence[] = [];
  if (tone.score > 0.2)
    evidence.push({
      messageId: reading.message.id,
      quote: quoteOf(reading.message.text, (s) => readTone(s).score > 0.4),
    });
  for (const turn of failures.slice(-2)) evidence.push({ messageId: turn.id, quote: quoteOf(turn.text, () => true) });
  for (const turn of going.telling) evidence.push({ messageId: turn.id, quote: quoteOf(turn.text, () => true) });
  if (evidence.length === 0 && score > 0)
    evidence.push({ messageId: reading.message.id, quote: quoteOf(reading.message.text, () => true) });
  return { name: "FRUSTRATION", score, evidence: score === 0 ? [] : evidence, rule: null };
}

/**
 * The most that a conversation without an annoyed word can come to, below the point where a person is offered; and
 * what it comes to when it leads nowhere, which needs a person in whatever mood the customer is.
 */
const calmest = { underway: 0.38, stuck: 0.58 };

interface Going {
  /** How unhappy the customer is with how it goes, 0..1; null where the assistant has said nothing yet. */
  unhappy: number | null;
  /** What that alone comes to. */
  calm: number;
  telling: Turn[];
}

/** How badly the conversation goes for the customer. */
function goingBadly(message: Turn, turns: Turn[], seen: { failures: number; repeated: number; built: number }): Going {
  // A first message is about the world, not about the assistant.
  if (turns.every(({ author }) => author === "CUSTOMER" || author === "AGENT"))
    return {
      unhappy: null,
      calm: Math.min(0.3, seen.failures * 0.08 + seen.repeated * 0.08 + seen.built * 0.5),
      telling: [],
    };
  const { unhappy, stuck, telling } = readProgress(turns, message);
  return {
    unhappy,
    calm: unhappy * (stuck ? calmest.stuck : calmest.underway),
    telling: stuck ? telling.slice(-2) : [],
  };
}

/** Annoyance in a conversation that goes well is about something else, mostly: it counts so much. */
const aboutElse = 0.6;
/** Less annoyance than this says less than how the conversation goes. */
const audible = 0.4;

/** One score of how annoyed the customer sounds and how the conversation goes. */
function mixed(tone: number, { unhappy, calm }: Going): number {
  const angry = unhappy === null ? tone : tone * (aboutElse + (1 - aboutElse) * Math.min(1, 2 * unhappy));
  const least = unhappy === null ? calm : Math.max(calm, audible);
  return Math.min(1, angry >= least ? together([angry, calm * 0.3]) : calm + angry * 0.08);
}

/** The fresh turns after the last message in which the customer was content. */
function sinceContent(reading: Reading): Turn[] {
  const turns = freshTurns(reading);
  const from = turns.findLastIndex(
    (turn) => turn.author === "CUSTOMER" && turn.id !== reading.message.id && isContent(turn.text),
  );
  return turns.slice(from + 1);
}

function isContent(text: string): boolean {
  const folded = fold(text);
  return anyContent.test(folded) && !text.includes("?") && readTone(text).score < 0.3;
}

const word = (sources: string[]) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${sources.join("|")})(?![\\p{L}\\p{N}])`, "u");
const anyContent = word(content);
