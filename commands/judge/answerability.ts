import { z } from "zod";
import { judgeAnswerability } from "../../services/assistant/answerability/answerability";
import type { Judge } from "./judge-line";

const answerabilityLine = z.object({
  id: z.union([z.string(), z.number()]),
  question: z.string(),
  documents: z.array(z.string()),
  earlier: z.string().optional(),
  lang: z.string().default("en"),
});

/** Is the answer to the question in one of the line's documents? */
export const judgeAnswerable: Judge = (line) => {
  const { id, question, documents, earlier, lang } = answerabilityLine.parse(line);
  const { score } = judgeAnswerability(
    { text: question, language: lang.toLowerCase(), ...(earlier !== undefined && { earlier }) },
    documents.map((text) => ({ above: "", text })),
  );
  return { id, pred: score >= 0.5, score };
};
