import { z } from "zod";
import { Decision, Reason, SignalName } from "../words";
import { answerFacts, conversationFacts, messageFacts } from "./conversations";
import { defineEvent } from "./envelope";

/** Where a signal was seen: a quote out of one message. */
export const evidence = z.object({ messageId: z.uuid(), quote: z.string() });

export const signalFacts = z.object({
  name: z.enum(SignalName),
  score: z.number().min(0).max(1),
  evidence: z.array(evidence),
  rule: z
    .object({ id: z.uuid(), version: z.int().positive(), text: z.string() })
    .nullable()
    .describe("the guidance rule or tag that matched"),
});

/** Policy's reading of one message or one drafted answer. `reason` is null exactly when the decision is CONTINUE. */
export const assessmentFacts = z.object({
  id: z.uuid(),
  decision: z.enum(Decision),
  reason: z.enum(Reason).nullable(),
  signals: z.array(signalFacts),
  detector: z.string().describe("what judged, with its version: offline/1, or offline/1+gemini-x"),
});

export const policyEvents = [
  defineEvent(
    "message.assessed",
    1,
    "Policy read a customer's message. Carries the recent turns, so that the assistant needs no copy of the conversation.",
    z.object({
      conversation: conversationFacts,
      message: messageFacts,
      recent: z.array(messageFacts).describe("the turns up to and including the message, oldest first, bounded"),
      assessment: assessmentFacts,
    }),
  ),
  defineEvent(
    "answer.assessed",
    1,
    "Policy read a drafted answer before the customer does.",
    z.object({ conversation: conversationFacts, answer: answerFacts, assessment: assessmentFacts }),
  ),
  defineEvent(
    "replay.progressed",
    1,
    "A draft's run over past conversations went on or ended. The subject is the replay's id, not a conversation's.",
    z.object({
      replay: z.object({
        id: z.uuid(),
        draftId: z.uuid().nullable(),
        status: z.enum(["RUNNING", "DONE", "CANCELLED", "FAILED"]),
        processed: z.int().nonnegative().describe("messages done so far"),
        total: z.int().nonnegative().describe("of so many"),
      }),
    }),
  ),
] as const;
