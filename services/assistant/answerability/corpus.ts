import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../../kit/project";

/** A question to some texts on one topic, with what is right. */
export interface CorpusQuestion {
  topic: string;
  language: string;
  /** All texts of its topic. */
  documents: string[];
  text: string;
  answerable: boolean;
}

/** Everything to learn from: services/assistant/corpus/answerability, in the order of its files. */
export function readAnswerabilityCorpus(): CorpusQuestion[] {
  const folder = projectPath("services/assistant/corpus/answerability");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .sort()
    .flatMap((name) => questionsIn(readFileSync(join(folder, name), "utf8"), name.slice(0, 2)));
}

/** `== topic`, then texts, each followed by its questions: `+` is answered by the texts, `-` is not. */
export function questionsIn(text: string, language: string): CorpusQuestion[] {
  const questions: CorpusQuestion[] = [];
  let topic = "";
  let documents: string[] = [];
  for (const line of text.split("\n").map((raw) => raw.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    if (line.startsWith("== ")) {
      topic = line.slice(3);
      // All questions of a topic share its list, which grows as its texts are read.
      documents = [];
    } else if (/^[+-] /.test(line))
      questions.push({ topic, language, documents, text: line.slice(2), answerable: line.startsWith("+") });
    else documents.push(line);
  }
  return questions;
}
