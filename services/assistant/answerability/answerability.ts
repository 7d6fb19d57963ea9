import { readFileSync } from "node:fs";
import { projectPath } from "../../../kit/project";
import { languageOf } from "../language";
import { align, type Document, namesOf, type Sentence } from "./align";
import { askedIn } from "./asked";
import { closestSentence, clueNames, cluesOf } from "./clues";
import { wordRelationsOf } from "./word-relations";

/** Whether the answer to a question is in some texts. */
export interface Answerability {
  /** 0..1; from 0.5 on it is there. */
  score: number;
  /** The sentence that holds the answer, or would come closest. Null where there are none. */
  sentence: string | null;
  document: number | null;
  /** Words of the question that are not said there. */
  missing: string[];
  /** What is said otherwise there: "last/first" where the last is asked for and the first is told. */
  otherwise: string[];
}

export interface AnswerabilityModel {
  bias: number;
  /** By clue. */
  weights: Record<string, number>;
}

/** Is the answer to the question in the documents? Deterministic, offline; pure but for the first read of its weights. */
export function judgeAnswerability(
  question: AskedQuestion,
  documents: Document[],
  model: AnswerabilityModel = learned(),
): Answerability {
  const { clues, sentences } = cluesFor(question, documents);
  if (!clues) return { score: 0, sentence: null, document: null, missing: [], otherwise: [] };
  const { text, document } = sentences[clues.sentence] as Sentence;
  return {
    score: Math.round(10_000 / (1 + Math.exp(-sumOf(model, clues.values)))) / 10_000,
    sentence: text,
    document,
    missing: clues.missing,
    otherwise: clues.otherwise,
  };
}

/** A question, and what was asked before it when it leans on that: "and for the blue one?". */
export interface AskedQuestion {
  text: string;
  earlier?: string;
  language: string;
}

/** The clues of the sentence that says most of what is asked; null when there are no sentences. */
export function cluesFor(question: AskedQuestion, documents: Document[]) {
  const language = languageOf(question.language);
  const relations = wordRelationsOf(language.code);
  const isName = namesOf(documents.map(({ text }) => text));
  const asked = askedIn(question, language, relations, isName);
  const aligned = align(asked, documents, language, relations, isName);
  const at = closestSentence(asked, aligned);
  return { asked, sentences: aligned.sentences, clues: at === null ? null : cluesOf(asked, aligned, at, relations) };
}

export function sumOf({ bias, weights }: AnswerabilityModel, values: number[]): number {
  return clueNames.reduce((sum, name, index) => sum + (weights[name] ?? 0) * (values[index] ?? 0), bias);
}

let model: AnswerabilityModel | undefined;

function learned(): AnswerabilityModel {
  model ??= JSON.parse(
    readFileSync(projectPath("services/assistant/answerability/answerability.json"), "utf8"),
  ) as AnswerabilityModel;
  return model;
}
