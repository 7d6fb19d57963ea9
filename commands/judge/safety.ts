import { z } from "zod";
import { readSafety } from "../../services/policy/signals/safety";
import { type Judge, readingFrom } from "./judge-line";

const safetyLine = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  lang: z.string().default("en"),
});

/** Self-harm, threats, legal action or fraud? */
export const judgeSafety: Judge = (line) => {
  const { id, text, lang } = safetyLine.parse(line);
  const { score } = readSafety(readingFrom([{ author: "CUSTOMER", text }], lang.toLowerCase()));
  return { id, pred: score >= 0.5 ? "unsafe" : "safe", score };
};
