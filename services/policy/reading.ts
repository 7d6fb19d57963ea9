import type { Reading, Turn } from "./signal";

/** No reading looks further back: what was said hours ago is no rising tone, and the time stays bounded. */
const farthest = 40;

/** The turns that still count, oldest first: recent, and not settled by a person. */
export function freshTurns(reading: Reading): Turn[] {
  return reading.turns.slice(-farthest).filter((turn) => turn.sequence > reading.settledThrough);
}

/**
 * The customer's messages since the last settlement that the assistant could not answer, oldest first. What it said
 * instead (an offer, an apology) counts for the message before it, so that nothing is counted twice.
 */
export function failedTurns(reading: Reading): Turn[] {
  const failed = new Map<string, Turn>();
  let asked: Turn | undefined;
  for (const turn of freshTurns(reading)) {
    if (turn.author === "CUSTOMER") asked = turn;
    if (turn.answered !== false) continue;
    const about =
      turn.author === "CUSTOMER" ? turn : (reading.turns.find((other) => other.id === turn.inReplyTo) ?? asked);
    if (about && about.sequence > reading.settledThrough) failed.set(about.id, about);
  }
  return [...failed.values()];
}

/** Is the message the very first thing the customer says in this conversation? */
export function isFirstMessage(reading: Reading): boolean {
  // A window that starts later than the conversation has older customer messages before it.
  if ((reading.turns[0]?.sequence ?? 1) > 1) return false;
  return reading.turns.filter((turn) => turn.author === "CUSTOMER").length === 1;
}
