import { toJson } from "../thesaurus";
import { compileThesaurus } from "./compile-thesaurus";
import { toBytes } from "./linear";
import { trainDispleasure } from "./train-displeasure";
import { trainTone } from "./train-frustration";
import { trainIntent } from "./train-intent";
import { trainProgress } from "./train-progress";
import { trainSafety } from "./train-safety";
import { trainSituations } from "./train-situations";

/**
 * Everything that is learned, by the name of its file in this folder. Each function reads its corpus from
 * services/policy/corpus and gives the same bytes every time.
 */
export const trainings: Record<string, () => Buffer> = {
  "intent.bin": () => toBytes(trainIntent()),
  "safety.bin": () => toBytes(trainSafety()),
  "thesaurus.bin": () => Buffer.from(`${toJson(compileThesaurus())}\n`),
  "situations.bin": () => trainSituations(compileThesaurus()),
  "frustration.bin": () => toBytes(trainTone()),
  "displeasure.bin": () => toBytes(trainDispleasure()),
  // After frustration.bin, which it reads.
  "progress.bin": () => Buffer.from(`${JSON.stringify(trainProgress())}\n`),
};
