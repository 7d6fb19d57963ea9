import { z } from "zod";
import { readFrustration } from "../../services/policy/signals/frustration";
import { type Judge, readingFrom } from "./judge-line";

const frustrationLine = z.object({
  id: z.union([z.string(), z.number()]),
  turns: z.array(z.object({ role: z.enum(["user", "assistant"]), text: z.string() })).min(1),
  lang: z.string().default("en"),
});

/** Does the customer's last message show that patience is running out? */
export const judgeFrustration: Judge = (line) => {
  const { id, turns, lang } = frustrationLine.parse(line);
  const said = turns.map(({ role, text }) => ({
    author: role === "user" ? ("CUSTOMER" as const) : ("ASSISTANT" as const),
    text,
  }));
  const { score } = readFrustration(readingFrom(said, lang.toLowerCase()));
  return { id, pred: score >= 0.5 ? "frustrated" : "not", score };
};
