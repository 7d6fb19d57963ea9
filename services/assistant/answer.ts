import { shortened } from "../../kit/storable";
import { type Answerability, judgeAnswerability } from "./answerability/answerability";
import { notSo } from "./answerability/clues";
import { type Coverage, cover, share } from "./coverage";
import { primaryOf } from "./language";
import type { Question } from "./question";
import type { Passage, Retrieved } from "./retrieve";

/** Where an answer comes from. */
export interface Citation {
  articleId: string;
  title: string;
  url: string | null;
  quote: string;
}

/** What the assistant would say. */
export interface Draft {
  /** false: the knowledge does not cover the question, and `text` is empty. */
  answered: boolean;
  text: string;
  citations: Citation[];
  /** 0..1: how much of the question the knowledge covers; null for small talk, which asks nothing. */
  coverage: number | null;
  /** offline/<version>, or the model's name. */
  writtenBy: string;
  /** Whether what was found answers the question; missing where nothing was judged. */
  answerability?: Answerability;
}

export const offline = "offline/1";

/** Below this an answer would speak about something else than what was asked. */
export const enough = 0.62;

/** Who writes more asks several things; the beginning tells which. */
const longestQuestion = 600;

/** Passages in which the answer is looked for. */
const judged = 6;

/**
 * What answerability counts beside coverage. A passage that speaks of all that is asked is let down only by one that
 * says otherwise (the last, where the first is asked for); one that speaks of just enough must not leave doubts.
 */
const doubt = { share: 0.08, least: -6, most: 2 };

/** Does the knowledge cover the question? The best passage, trimmed to what answers; or an honest no. Pure. */
export function answer(question: Question, retrieved: Retrieved): Draft {
  const found = readings(question, retrieved);
  const [best] = found;
  if (!best || question.terms.length === 0) return cannotAnswer(best?.covered ?? 0);
  const second = helpful(best, found, retrieved);
  const parts = second ? [best, second.reading] : [best];
  const coverage = second?.covered ?? best.covered;
  const answerability = answerabilityOf(question, best, retrieved);
  // What fits tells nobody what does not, however much of the question it says.
  const turned = answerability?.otherwise.includes(notSo);
  if (turned || standingOf(coverage, answerability) < enough)
    return { ...cannotAnswer(Math.min(coverage, enough - 0.01)), ...(answerability && { answerability }) };
  return {
    answered: true,
    ...(answerability && { answerability }),
    text: parts.map((part) => joined(part.passage, part.sentences)).join("\n\n"),
    citations: parts.map((part) => citationOf(part.passage, joined(part.passage, part.sentences))),
    coverage: Math.min(1, coverage),
    writtenBy: offline,
  };
}

/** The judgement on the passages found; null where question and passages are of two languages, which it cannot compare. */
function answerabilityOf(question: Question, best: Coverage, { passages }: Retrieved): Answerability | null {
  const { language } = best.passage;
  if (primaryOf(language) !== primaryOf(question.language)) return null;
  const earlier = question.terms.filter((term) => term.earlier).map(({ words }) => words.join(" "));
  return judgeAnswerability(
    {
      text: question.text.slice(0, longestQuestion),
      language,
      ...(earlier.length > 0 && { earlier: earlier.join(", ") }),
    },
    passages
      .filter((passage) => passage.language === language)
      .slice(0, judged)
      .map(({ title, heading, text }) => ({ above: `${title}. ${heading}`, text })),
  );
}

function standingOf(coverage: number, answerability: Answerability | null): number {
  if (!answerability) return coverage;
  const score = Math.min(0.9999, Math.max(0.0001, answerability.score));
  const logit = Math.log(score / (1 - score));
  return coverage + doubt.share * Math.min(doubt.most, Math.max(doubt.least, logit));
}

/** How far each passage covers the question, the best first. */
export function readings(question: Question, retrieved: Retrieved): Coverage[] {
  const top = retrieved.passages[0]?.score || 1;
  return retrieved.passages
    .map((passage) => cover(passage, retrieved.terms, question))
    .sort((one, other) => rank(other) - rank(one));

  // Between two that cover the same, the search knows better where the topic is at home.
  function rank(reading: Coverage): number {
    return reading.covered + 0.35 * (reading.passage.score / top);
  }
}

/** A second passage, when it speaks about a part of the question that the best one leaves out. */
function helpful(
  best: Coverage,
  found: Coverage[],
  { terms }: Retrieved,
): { reading: Coverage; covered: number } | null {
  if (terms.length < 3 || best.covered > 0.85 || best.covered < 0.4) return null;
  let most: { reading: Coverage; covered: number } | null = null;
  for (const reading of found.slice(1, 4)) {
    // It must be about the question by itself; a common word in another article is not.
    if (reading.covered < 0.5 || reading.passage.score < 0.5 * best.passage.score) continue;
    const together = terms.map((_, index) => Math.max(best.credits[index] ?? 0, reading.credits[index] ?? 0));
    // Two passages that each know a part seldom answer a whole as well as one does.
    const covered = 0.92 * share(together, terms);
    if (covered > best.covered + 0.15 && covered > (most?.covered ?? 0)) most = { reading, covered };
  }
  return most;
}

function cannotAnswer(coverage: number): Draft {
  return { answered: false, text: "", citations: [], coverage: Math.min(1, coverage), writtenBy: offline };
}

export function citationOf({ articleId, title, url }: Passage, quote: string): Citation {
  return { articleId, title, url, quote: quote.length > 500 ? `${shortened(quote, 497)}...` : quote };
}

/** Sentences of one paragraph on one line, list items and rows on their own, as they stand in the passage. */
function joined(passage: Passage, sentences: string[]): string {
  let text = "";
  for (const sentence of sentences) {
    const before = passage.text.indexOf(sentence);
    const newLine = before <= 0 || passage.text[before - 1] === "\n";
    text += text === "" ? sentence : `${newLine ? "\n" : " "}${sentence}`;
  }
  return text;
}
