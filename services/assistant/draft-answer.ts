import type { DataSource, EntityManager } from "typeorm";
import type { Log } from "../../kit/log";
import type { Model } from "../../kit/model";
import { isSaidToTheMachine } from "../../kit/said-to-the-machine";
import { answer, type Draft, offline } from "./answer";
import { answerWithModel } from "./answer-with-model";
import { answerFromBrief, type Brief } from "./brief";
import { sentencesOf } from "./passages";
import { type Question, questionOf, type Said } from "./question";
import { languagesOf, retrieve } from "./retrieve";
import { smallTalk } from "./small-talk";

export interface DraftAnswerDeps {
  db: DataSource | EntityManager;
  model: Model | null;
  log: Log;
}

/** One answer: small talk, the model's from the passages, or the passages themselves. */
export async function draftAnswer(
  { db, model, log }: DraftAnswerDeps,
  asked: {
    workspaceId: string;
    turns: Said[];
    /** What the customer asked before these turns, the oldest first; for a model alone. */
    earlier?: string[];
    language: string;
    tone?: string | null;
    /** What a person told the customer before; null when nobody did. */
    brief?: Brief | null;
    signal?: AbortSignal;
    /** Told the model's sentences so far, each already checked. */
    onGrowth?: (soFar: string) => void;
  },
): Promise<{ draft: Draft; question: Question }> {
  const { workspaceId, turns, earlier = [], language, tone = null, brief = null, signal, onGrowth } = asked;
  const languages = await languagesOf(db, workspaceId, "PUBLIC");
  const question = questionOf(turns, language, languages);
  const friendly = smallTalk(question.text, language);
  if (friendly)
    return { question, draft: { answered: true, text: friendly, citations: [], coverage: null, writtenBy: offline } };
  const found = await retrieve(db, { workspaceId, question, languages, visibility: "PUBLIC", first: 12 });
  const passages = found.passages.map((passage) => ({ ...passage, text: withoutOrders(passage.text) }));
  const retrieved = { ...found, passages: passages.filter(({ text }) => text) };
  const fromArticles = answer(question, retrieved);
  // What a person has told this customer counts more than what is written for everybody.
  const told = brief && answerFromBrief(brief, question, retrieved);
  const draft = told && (told.coverage ?? 0) >= (fromArticles.coverage ?? 0) ? told : fromArticles;
  if (!model) return { question, draft };
  const coverage = draft.coverage ?? 0;
  const written = await answerWithModel({
    model,
    log,
    question,
    retrieved,
    turns,
    earlier,
    coverage,
    tone,
    brief,
    ...(signal && { signal }),
    ...(onGrowth && { onGrowth }),
  });
  if (!written) return { question, draft };
  // Whoever writes it, policy sees the same judgement of what was found; a person's word alone is found in no article.
  const byPerson = brief !== null && written.answered && written.citations.length === 0;
  const answerability = (byPerson ? told : fromArticles)?.answerability;
  return { question, draft: { ...written, ...(answerability && { answerability }) } };
}

/** The text without the sentences that give orders to an assistant: nobody obeys them, and nobody is told them. */
function withoutOrders(text: string): string {
  if (!sentencesOf(text).some(isSaidToTheMachine)) return text;
  const lines = text.split("\n").map((line) =>
    sentencesOf(line)
      .filter((sentence) => !isSaidToTheMachine(sentence))
      .join(" "),
  );
  return lines.filter(Boolean).join("\n");
}
