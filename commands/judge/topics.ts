import { z } from "zod";
import type { TagDefinition } from "../../services/policy/signal";
import { readTags } from "../../services/policy/signals/tags";
import { type Judge, type JudgeOptions, readingFrom } from "./judge-line";

const topicLine = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  lang: z.string().default("en"),
  /** Which set of topics, where the definitions hold several. */
  set: z.string().optional(),
});
const definitionLine = z.object({
  topic: z.string(),
  name: z.string().optional(),
  description: z.string().default(""),
  set: z.string().optional(),
});
const exampleLine = z.object({ topic: z.string(), text: z.string(), set: z.string().optional() });

/** Which of the defined topics is it, or "none"? */
export const judgeTopics: Judge = (line, options) => {
  const { id, text, lang, set } = topicLine.parse(line);
  const tags = tagsOf(options, set);
  const best = readTags(readingFrom([{ author: "CUSTOMER", text }], lang.toLowerCase()), tags)[0];
  return { id, pred: best && best.score >= 0.5 ? (best.rule?.id ?? "none") : "none", score: best?.score ?? 0 };
};

const remembered = new WeakMap<JudgeOptions, Map<string, TagDefinition[]>>();

/** The tags that the definitions and examples of one set describe; "none" is the absence of all, no tag. */
function tagsOf(options: JudgeOptions, set: string | undefined): TagDefinition[] {
  const bySet = remembered.get(options) ?? new Map<string, TagDefinition[]>();
  remembered.set(options, bySet);
  const before = bySet.get(set ?? "");
  if (before) return before;
  const inSet = (one: { topic: string; set?: string | undefined }) =>
    (set === undefined || one.set === undefined || one.set === set) && one.topic !== "none";
  const examples = options.examples.map((row) => exampleLine.parse(row)).filter(inSet);
  const tags = options.definitions
    .map((row) => definitionLine.parse(row))
    .filter(inSet)
    .map(({ topic, name, description }) => ({
      id: topic,
      version: 1,
      name: name ?? topic.replace(/[_-]/g, " "),
      description,
      blocked: false,
      examples: examples.filter((example) => example.topic === topic).map((example) => example.text),
    }));
  bySet.set(set ?? "", tags);
  return tags;
}
