import { z } from "zod";
import { AssistantMode, Author, Channel, ControlHolder, HandoverEnding, HandoverStatus, Reason } from "../words";
import { defineEvent } from "./envelope";

/** The person asking for help. Everything but the id may be unknown. */
export const customerFacts = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  externalId: z.string().nullable().describe("the company's own id of this customer"),
});

/** A source the assistant rests an answer on. */
export const citation = z.object({
  articleId: z.uuid(),
  title: z.string(),
  url: z.string().nullable(),
  quote: z.string(),
});

/** One message as other services see it. `sequence` counts from 1 within the conversation, without gaps. */
export const messageFacts = z.object({
  id: z.uuid(),
  sequence: z.int().positive(),
  author: z.enum(Author),
  authorName: z.string().nullable(),
  text: z.string(),
  postedAt: z.iso.datetime(),
  inReplyTo: z
    .uuid()
    .nullable()
    .describe("the customer message that a message of the assistant's, or of Baton's own, answers"),
  answered: z.boolean().nullable().describe("ASSISTANT only: false when it says that it cannot answer"),
});

/** The conversation at the moment of the event. */
export const conversationFacts = z.object({
  id: z.uuid(),
  channel: z.enum(Channel),
  language: z.string().describe("BCP 47, lower case: en, pt-br"),
  control: z.enum(ControlHolder),
  epoch: z.int().nonnegative().describe("grows with every change of control"),
  assistantMode: z.enum(AssistantMode),
  customer: customerFacts,
});

export const handoverFacts = z.object({
  id: z.uuid(),
  status: z.enum(HandoverStatus),
  reason: z.enum(Reason),
  messageId: z.uuid().nullable().describe("the message that led to it"),
  ending: z.enum(HandoverEnding).nullable(),
  agentName: z.string().nullable(),
  requestedAt: z.iso.datetime().nullable(),
  note: z
    .string()
    .nullable()
    .optional()
    .describe("what the agent wants the assistant to know after the hand-back; not for the customer"),
});

export const answerFacts = z.object({
  answerId: z.uuid(),
  messageId: z.uuid().describe("the customer message it answers"),
  epoch: z.int().nonnegative().describe("the epoch it was written under; it is refused under any other"),
  answered: z.boolean().describe("false: the assistant says that it cannot answer"),
  text: z.string().describe("empty when not answered"),
  citations: z.array(citation),
  coverage: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe("how much of the question the knowledge covers; null when unknown"),
  answerability: z
    .object({
      score: z.number().min(0).max(1).describe("from 0.5 on, the answer is in what was found"),
      missing: z.array(z.string()).describe("words of the question that the sentence closest to it does not say"),
      otherwise: z.array(z.string()).describe("what it says otherwise: asked/said, such as last/first"),
    })
    .optional()
    .describe("whether what was found answers the question; missing where nobody judged it"),
});

export const conversationEvents = [
  defineEvent(
    "conversation.started",
    1,
    "A customer opened a conversation.",
    z.object({ conversation: conversationFacts }),
  ),
  defineEvent(
    "customer.identified",
    1,
    "More is known about the customer: name, e-mail or external id.",
    z.object({ conversation: conversationFacts }),
  ),
  defineEvent(
    "message.posted",
    1,
    "A message was added to a conversation, by whomever.",
    z.object({
      conversation: conversationFacts,
      message: messageFacts,
      settled: z
        .boolean()
        .optional()
        .describe("true: Baton itself answers the customer, as it does an address typed alone; nobody else need"),
    }),
  ),
  defineEvent(
    "answer.submitted",
    1,
    "An external assistant handed in its answer; policy reads it before the customer does.",
    z.object({ conversation: conversationFacts, answer: answerFacts }),
  ),
  defineEvent(
    "answer.awaited",
    1,
    "It is the turn of the workspace's own (EXTERNAL) assistant: policy left this message to it.",
    z.object({ conversation: conversationFacts, messageId: z.uuid() }),
  ),
  defineEvent(
    "handover.requested",
    1,
    "A person is needed: control moved to the queue. Carries everything a summary and a delivery need.",
    z.object({
      conversation: conversationFacts,
      handover: handoverFacts,
      transcript: z
        .array(messageFacts)
        .describe("the conversation so far, in order; beyond half a megabyte its oldest messages are left out"),
      tags: z
        .array(z.string())
        .optional()
        .describe("the names of the topics that policy found in the conversation, in the order it found them"),
    }),
  ),
  defineEvent(
    "handover.changed",
    1,
    "A handover moved to another status (OFFERED included).",
    z.object({ conversation: conversationFacts, handover: handoverFacts, from: z.enum(HandoverStatus).nullable() }),
  ),
  defineEvent(
    "control.changed",
    1,
    "Somebody else may speak for the company now.",
    z.object({ conversation: conversationFacts, from: z.enum(ControlHolder) }),
  ),
  defineEvent(
    "masking.changed",
    1,
    "A workspace masks other things in texts from now on. The subject is the workspace's id, not a conversation's.",
    z.object({
      patterns: z.array(
        z.object({
          name: z.string().describe("what stands in its place, in square brackets"),
          pattern: z.string().describe("a regular expression with bounded repetitions"),
        }),
      ),
    }),
  ),
  defineEvent(
    "conversation.closed",
    1,
    "The conversation is over; nothing can be posted to it.",
    z.object({ conversation: conversationFacts }),
  ),
] as const;
