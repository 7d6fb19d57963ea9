import { z } from "zod";
import { readIntent } from "../../services/policy/signals/intent";
import { type Judge, readingFrom } from "./judge-line";

const intentLine = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  lang: z.string().default("en"),
});

/** Does the message ask for a person? */
export const judgeIntent: Judge = (line) => {
  const { id, text, lang } = intentLine.parse(line);
  const { score } = readIntent(readingFrom([{ author: "CUSTOMER", text }], lang.toLowerCase()));
  return { id, pred: score >= 0.5 ? "wants_human" : "other", score };
};
