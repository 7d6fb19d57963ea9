import { z } from "zod";
import { readRepeatedAnswer, readRepetition } from "../../services/policy/signals/repetition";
import { type Judge, readingFrom } from "./judge-line";

const repetitionLine = z.object({
  id: z.union([z.string(), z.number()]),
  turns: z.array(z.object({ role: z.enum(["user", "assistant"]), text: z.string() })).min(1),
  /** An answer the assistant has drafted; missing when the customer's last message is judged. */
  draft: z.string().optional(),
  lang: z.string().default("en"),
});

/** Is the same thing asked for the third time, or the same answer about to be given again? */
export const judgeRepetition: Judge = (line) => {
  const { id, turns, draft, lang } = repetitionLine.parse(line);
  const said = turns.map(({ role, text }) => ({
    author: role === "user" ? ("CUSTOMER" as const) : ("ASSISTANT" as const),
    text,
  }));
  const reading = readingFrom(said, lang.toLowerCase());
  const { score } =
    draft === undefined
      ? readRepetition(reading)
      : readRepeatedAnswer(reading, { answered: true, text: draft, citations: [], coverage: null });
  return { id, pred: score >= 0.5 ? "repeated" : "not", score };
};
