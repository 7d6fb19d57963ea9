import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../../kit/project";
import { type Corpus, readCorpus } from "./grammar";

/** Folders of services/policy/corpus whose files have templates by section. */
export type CorpusFolder = "intent" | "safety" | "frustration" | `frustration/${"matters" | "reactions"}`;

/** The corpus files of a folder, by name and in its order: "de.txt", "de-longer.txt". */
export function corporaOf(name: CorpusFolder): { file: string; corpus: Corpus }[] {
  const folder = projectPath("services/policy/corpus", name);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".txt"))
    .sort()
    .map((file) => ({ file, corpus: readCorpus(readFileSync(join(folder, file), "utf8")) }));
}
