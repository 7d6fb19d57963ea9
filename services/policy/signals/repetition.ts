import { freshTurns } from "../reading";
import type { Draft, Reading, Signal, Turn } from "../signal";
import { fold, quoteOf, similarity } from "../text";
import { sameness, saysSomething } from "./sameness";

/** Alike enough to be the same question in other words. */
const sameQuestion = 0.6;
/** Alike enough to be the same answer: only small words differ. */
const sameAnswer = 0.93;

/**
 * Is the customer asking the same thing for the third time? Only turns since the last settlement count, and only
 * messages that say something: a second "ok" repeats nothing.
 */
export function readRepetition(reading: Reading): Signal {
  const { message } = reading;
  if (!saysSomething(message.text)) return nothing;
  const before = freshTurns(reading).filter((turn) => turn.author === "CUSTOMER" && turn.id !== message.id);
  const same = before.filter((turn) => saysSomething(turn.text) && sameness(turn.text, message.text) >= sameQuestion);
  if (same.length === 0) return nothing;
  return signalOf(same.length === 1 ? 0.35 : Math.min(1, 0.7 + 0.1 * same.length), [...same.slice(-3), message]);
}

/** Is the drafted answer one that the customer has been given already since the last settlement? */
export function readRepeatedAnswer(reading: Reading, draft: Draft): Signal {
  if (!draft.answered || fold(draft.text) === "") return nothing;
  const before = freshTurns(reading).filter((turn) => turn.author === "ASSISTANT" && turn.answered !== false);
  const same = before.findLast((turn) => similarity(turn.text, draft.text) >= sameAnswer);
  return same ? signalOf(0.9, [same]) : nothing;
}

const nothing: Signal = { name: "REPETITION", score: 0, evidence: [], rule: null };

function signalOf(score: number, turns: Turn[]): Signal {
  const evidence = turns.map((turn) => ({ messageId: turn.id, quote: quoteOf(turn.text, () => true) }));
  return { name: "REPETITION", score, evidence, rule: null };
}
