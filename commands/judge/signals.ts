import { judgeAnswerable } from "./answerability";
import { judgeFrustration } from "./frustration";
import { judgeGuidance } from "./guidance";
import { judgeIntent } from "./intent";
import type { Judge } from "./judge-line";
import { judgeRepetition } from "./repetition";
import { judgeSafety } from "./safety";
import { judgeTopics } from "./topics";

export interface JudgedSignal {
  judge: Judge;
  /** The field of a labelled line that says what is right. */
  gold: string;
  /** The answer that counts as yes; null where there are many answers and only right and wrong. */
  positive: string | boolean | null;
  /** For the usage text: line in, and what --definitions and --examples hold if they are read. */
  reads: string;
}

/** What `npm run judge` and `npm run eval` can judge line by line. */
export const judgedSignals: Record<string, JudgedSignal> = {
  intent: { judge: judgeIntent, gold: "label", positive: "wants_human", reads: '{"id","text","lang"?}' },
  frustration: {
    judge: judgeFrustration,
    gold: "label",
    positive: "frustrated",
    reads: '{"id","turns":[{"role","text"}],"lang"?}',
  },
  repetition: {
    judge: judgeRepetition,
    gold: "label",
    positive: "repeated",
    reads: '{"id","turns":[{"role","text"}],"draft"?,"lang"?}',
  },
  safety: { judge: judgeSafety, gold: "label", positive: "unsafe", reads: '{"id","text","lang"?}' },
  answerability: {
    judge: judgeAnswerable,
    gold: "answerable",
    positive: true,
    reads: '{"id","question","documents":[text],"earlier"?,"lang"?}',
  },
  guidance: { judge: judgeGuidance, gold: "triggers", positive: true, reads: '{"id","rule","text","lang"?}' },
  topics: {
    judge: judgeTopics,
    gold: "topic",
    positive: null,
    reads: '{"id","text","lang"?,"set"?}; definitions {"topic","name","description"}, examples {"topic","text"}',
  },
};
