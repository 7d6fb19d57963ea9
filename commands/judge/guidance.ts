import { z } from "zod";
import { readGuidance } from "../../services/policy/signals/guidance";
import { type Judge, readingFrom } from "./judge-line";

const guidanceLine = z.object({
  id: z.union([z.string(), z.number()]),
  rule: z.string(),
  text: z.string(),
  lang: z.string().default("en"),
});

/** Does the message fall under the line's rule? */
export const judgeGuidance: Judge = (line) => {
  const { id, rule, text, lang } = guidanceLine.parse(line);
  const reading = readingFrom([{ author: "CUSTOMER", text }], lang.toLowerCase());
  const score = readGuidance(reading, [{ id: "rule", version: 1, text: rule }])[0]?.score ?? 0;
  return { id, pred: score >= 0.5, score };
};
