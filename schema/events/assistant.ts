import { z } from "zod";
import { answerFacts, conversationFacts } from "./conversations";
import { defineEvent } from "./envelope";

export const assistantEvents = [
  defineEvent(
    "answer.drafted",
    1,
    "The assistant drafted an answer, or says that it cannot answer.",
    z.object({ conversation: conversationFacts, answer: answerFacts }),
  ),
  defineEvent(
    "answer.progressed",
    1,
    "The assistant has written more of an answer; what counts is the draft that follows. Not every answer has it.",
    z.object({
      messageId: z.uuid().describe("the customer's message that is being answered"),
      epoch: z.int().nonnegative().describe("of the conversation; older than its epoch: to be forgotten"),
      text: z.string().min(1).describe("all sentences so far"),
    }),
  ),
] as const;
