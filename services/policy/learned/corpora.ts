import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../../kit/project";
import { type Corpus, readCorpus } from "./grammar";

/** The corpus files of a signal, by name and in its order: "de.txt", "de-longer.txt". */
export function corporaOf(
  signal: "intent" | "safety" | "frustration" | "frustration/matters",
): { file: string; corpus: Corpus }[] {
  const folder = projectPath("services/policy/corpus", signal);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".txt"))
    .sort()
    .map((file) => ({ file, corpus: readCorpus(readFileSync(join(folder, file), "utf8")) }));
}
