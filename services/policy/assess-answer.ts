import { type Case, decide, type Judgement, offerUnlessMade, type Step, strongest, unanswered } from "./assess";
import type { Draft, Signal } from "./signal";
import { readCannotAnswer } from "./signals/cannot-answer";
import { readRepeatedAnswer } from "./signals/repetition";

/**
 * What a drafted answer can lead to, in order of precedence.
 *
 * | # | reason        | applies when                            | decision                                              |
 * |---|---------------|-----------------------------------------|-------------------------------------------------------|
 * | 1 | REPETITION    | the customer has had this very answer   | OFFER, or HANDOVER where unanswered ones are handed over |
 * | 2 | CANNOT_ANSWER | the assistant cannot answer             | as the channel says: OFFER or HANDOVER; HANDOVER when |
 * |   |               |                                         | the customer was asked back and said what for         |
 * | 3 | -             | otherwise                               | CONTINUE: the customer reads the draft                |
 *
 * Both rest while the channel is paused, and an offer that was declined is not made again. CONTINUE with
 * `answered: false` then means: the customer is told, plainly and without an offer, that there is no answer.
 */
export const answerPrecedence: Step[] = [
  {
    reason: "REPETITION",
    signal: "REPETITION",
    whilePaused: false,
    apply(judged) {
      const signal = strongest(judged, "REPETITION");
      if (!signal) return null;
      const why = "The assistant would give the same answer twice.";
      if (judged.settings.whenUnanswered === "HANDOVER") return { decision: "HANDOVER", signal, why };
      return offerUnlessMade(judged, "REPETITION", signal, why);
    },
  },
  {
    reason: "CANNOT_ANSWER",
    signal: "CANNOT_ANSWER",
    whilePaused: false,
    apply: (judged) => unanswered(judged, "The assistant cannot answer this."),
  },
];

/** Reads a draft's own signals. */
export function readAnswer(reading: Case["reading"], draft: Draft): Signal[] {
  return [readRepeatedAnswer(reading, draft), readCannotAnswer(reading, draft)];
}

/** Policy's decision about a drafted answer, before the customer reads it. Pure and total, like `assess`. */
export function assessAnswer(judged: Omit<Case, "signals"> & { draft: Draft }): Judgement {
  const signals = readAnswer(judged.reading, judged.draft);
  const otherwise = judged.draft.answered
    ? "The answer may go to the customer."
    : "There is no answer, and no new offer.";
  return decide(answerPrecedence, { ...judged, signals }, otherwise);
}
