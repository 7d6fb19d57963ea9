import type { Turn } from "../signal";
import { featuresOfReaction } from "../signals/displeasure";
import { readDialogues } from "./dialogue-corpus";
import { type Example, type LinearModel, train } from "./linear";
import { linesOf } from "./train-frustration";

/** Lines without a conversation around them count little: there are many, and few of them answer anything. */
const linesCount = 0.1;
/** What is hard to tell apart counts more than what the tone says already. */
const labelsCount = { annoyed: 0.7, displeased: 2.5, content: 1.2, even: 0.7 };

/** Learns whether a customer is unhappy with what the assistant said, however politely it is put. */
export function trainDispleasure(rated = readDialogues()): LinearModel {
  const examples = rated.map(({ turns, unhappy, weight }): Example => {
    const { text } = turns.at(-1) as Turn;
    const answer = turns.findLast(({ author }) => author === "ASSISTANT")?.text ?? "";
    return { features: featuresOfReaction(text, answer), positive: unhappy, weight };
  });
  return train([...examples, ...fromLines()], { rounds: 8, rate: 0.5, decay: 1e-4, seed: 43 });
}

let lines: Example[] | undefined;

function fromLines(): Example[] {
  lines ??= linesOf(41, ["frustration", "frustration/reactions"]).map(({ text, label, weight }) => ({
    features: featuresOfReaction(text, ""),
    positive: label === "annoyed" || label === "displeased",
    weight: weight * labelsCount[label] * linesCount,
  }));
  return lines;
}
