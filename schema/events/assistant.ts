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
] as const;
