import type { Mood } from "../../schema/words";
import { moodOf } from "./mood";
import { phrasesFor } from "./phrases";
import {
  asksBack,
  clip,
  isCourtesy,
  isWishForPerson,
  sameMeaning,
  sentencesOf,
  substanceOf,
  titled,
  wordsOf,
} from "./sentences";
import { type Dialogue, type Draft, headlineLimit, type Line, type Statement } from "./summary";

/** Name and version of the extract, as `writtenBy` tells it. */
export const extractName = "extract/1";

/** The customer's first and latest messages are enough: the cost does not grow with the conversation. */
const window = { first: 20, last: 80 };

/**
 * The summary without a model: the problem as first stated, what was answered or refused, and the question still
 * open - in the customer's own words, each with the messages it rests on. Pure; the same dialogue gives the same draft.
 */
export function extract({ language, messages: all }: Dialogue): Draft {
  const phrases = phrasesFor(language);
  const messages = bounded(all);
  const said = messages
    .filter(({ author }) => author === "CUSTOMER")
    .map((message) => ({ message, substance: substanceOf(message.text, language) }));
  const substantial = said.filter(({ substance }) => substance.length > 0);

  const problem = firstProblem(substantial);
  const wants = problem
    ? wanted(problem, substantial)
    : wishForPerson(
        said.map(({ message }) => message),
        language,
      );
  const exchanges = exchangesOf(messages, substantial);
  const openQuestion = stillOpen(messages, substantial);
  const mood: Mood = moodOf(
    said.map(({ message }) => message.text),
    {
      unanswered: exchanges.filter(({ kind }) => kind === "refused").reduce((sum, { count }) => sum + count, 0),
      repeats: exchanges.reduce((sum, { count }) => sum + count - 1, 0),
    },
  );
  return {
    headline: clip(problem ? titled(problem.sentence) : (wants?.text ?? phrases.nothingSaid), headlineLimit),
    wants,
    tried: [
      ...customersOwnTries(substantial, language),
      ...exchanges.slice(-6).map((exchange) => told(exchange, language)),
    ],
    openQuestion,
    mood,
  };
}

function bounded(messages: Line[]): Line[] {
  const spoken = messages.filter(({ author }) => author !== "SYSTEM");
  if (spoken.length <= window.first + window.last) return spoken;
  return [...spoken.slice(0, window.first), ...spoken.slice(-window.last)];
}

interface Said {
  message: Line;
  substance: string[];
}
interface Problem {
  sentence: string;
  message: Line;
}

const troubleWords =
  /\b(?:not|n't|cannot|can't|won't|never|no longer|problem|issue|error|fail\w*|broken|damaged|missing|lost|late|delay\w*|wrong|stuck|refund|return|cancel\w*|charg\w*|exchange|complain\w*|want|need|trying|looking|help with|how (?:do|can|to|long|much|many)|where|when|why|what|which|does|is there|nicht|kein\w*|problem|fehler|kaputt|fehlt|falsch|rückgabe|erstattung|möchte|wie|wo|wann|warum|pas|plus|problème|erreur|cassée?|manque|rembours\w*|comment|où|quand|pourquoi|quelle?|no|problema|error|rot[oa]|falta|reembolso|quiero|cómo|dónde|cuándo|por qué)\b/iu;

/** How much a sentence tells about the matter. */
function weight(sentence: string): number {
  const words = wordsOf(sentence).length;
  let score = Math.min(words, 16) / 16;
  if (words < 3) score -= 0.6;
  if (troubleWords.test(sentence)) score += 0.5;
  if (/\d/.test(sentence)) score += 0.25;
  if (sentence.includes("?")) score += 0.25;
  return score;
}

/** The problem as first stated: the first sentence of weight, among the customer's first messages. */
function firstProblem(substantial: Said[]): Problem | null {
  const candidates = substantial
    .slice(0, 6)
    .flatMap(({ message, substance }) => substance.map((sentence) => ({ sentence, message, score: weight(sentence) })));
  if (candidates.length === 0) return null;
  const clear = candidates.find(({ score }) => score >= 0.8) ?? candidates.find(({ score }) => score >= 0.35);
  return clear ?? candidates.reduce((best, candidate) => (candidate.score > best.score ? candidate : best));
}

const reference = /(?:#|\b[A-Z]{1,5}-?)?\d[\d-]{3,}\b/g;

/** The problem, the next best sentence beside it, and the order numbers and the like that came later. */
function wanted(problem: Problem, substantial: Said[]): Statement {
  const beside =
    substantial
      .find(({ message }) => message.id === problem.message.id)
      ?.substance.filter((sentence) => sentence !== problem.sentence && !sameMeaning(sentence, problem.sentence))
      .filter((sentence) => weight(sentence) >= 0.5)
      .slice(0, 1) ?? [];
  const parts = [clip(problem.sentence, 220), ...beside.map((sentence) => clip(sentence, 160))];
  const messageIds = [problem.message.id];
  for (const { message, substance } of substantial) {
    const detail = substance.find(
      (sentence) => isDetail(sentence) && !parts.some((part) => sameMeaning(part, sentence, 0.5)),
    );
    if (!detail || message.sequence <= problem.message.sequence || parts.length >= 4) continue;
    parts.push(clip(detail, 120));
    messageIds.push(message.id);
  }
  const known = new Set(parts.join(" ").match(reference) ?? []);
  for (const { message, substance } of substantial) {
    const sentence = substance.find((candidate) => candidate.match(reference)?.some((found) => !known.has(found)));
    if (!sentence || messageIds.length >= 5) continue;
    for (const found of sentence.match(reference) ?? []) known.add(found);
    if (parts.includes(sentence)) continue;
    parts.push(clip(sentence, 120));
    if (!messageIds.includes(message.id)) messageIds.push(message.id);
  }
  return { text: parts.map(ended).join(" "), messageIds };
}

/** States a trouble, and asks or reports nothing else. */
function isDetail(sentence: string): boolean {
  return troubleWords.test(sentence) && !sentence.includes("?") && weight(sentence) >= 0.75 && !ownTry.test(sentence);
}

/** All the customer ever said was that they want a person. */
function wishForPerson(messages: Line[], language: string): Statement | null {
  const message = messages.find(({ text }) => sentencesOf(text, language).some(isWishForPerson));
  return message ? { text: phrasesFor(language).wantsPerson, messageIds: [message.id] } : null;
}

type Exchange = {
  answer: string;
  /** The customer's messages it answers. */
  asking: string[];
  messageIds: string[];
  count: number;
} & (
  | { kind: "answered" | "refused"; question: string | null }
  | { kind: "agent"; name: string | null; question: null }
);

/** What was answered, what was refused and what agents said; the same again is merged. */
function exchangesOf(messages: Line[], substantial: Said[]): Exchange[] {
  // Where the assistant's messages tell whether they answer, those that do not tell (offers, questions back) are neither.
  const marked = messages.some(({ author, answered }) => author === "ASSISTANT" && answered !== null);
  const found: Exchange[] = [];
  for (const message of messages) {
    const exchange = exchangeIn(message, substantial, marked);
    if (exchange) merge(found, exchange);
  }
  return found;
}

function exchangeIn(message: Line, substantial: Said[], marked: boolean): Exchange | null {
  if (message.author === "AGENT") {
    const answer = best(substanceOf(message.text, "en").filter((sentence) => !isCourtesy(sentence)));
    if (!answer) return null;
    return {
      kind: "agent",
      name: message.authorName,
      question: null,
      answer,
      asking: [],
      messageIds: [message.id],
      count: 1,
    };
  }
  if (message.author !== "ASSISTANT" || (marked && message.answered === null)) return null;
  const kind = message.answered === false ? "refused" : "answered";
  const told = substanceOf(message.text, "en").filter(
    (sentence) => marked || !(asksBack(sentence) || isCourtesy(sentence)),
  );
  const answer = told.slice(0, 2).join(" ");
  if (kind === "answered" && !answer) return null;
  const asked = questionBefore(message, substantial);
  const question = asked ? best(asked.substance) : null;
  const asking = asked ? [asked.message.id] : [];
  return { kind, question, answer, asking, messageIds: [...asking, message.id], count: 1 };
}

function questionBefore(answer: Line, substantial: Said[]): Said | null {
  const replied = substantial.find(({ message }) => message.id === answer.inReplyTo);
  if (replied) return replied;
  return substantial.filter(({ message }) => message.sequence < answer.sequence).at(-1) ?? null;
}

function merge(found: Exchange[], next: Exchange): void {
  const same = found.find(
    (earlier) =>
      earlier.kind === next.kind &&
      (next.question === null || earlier.question === null
        ? earlier.question === next.question && sameMeaning(earlier.answer, next.answer)
        : sameMeaning(earlier.question, next.question, 0.6)),
  );
  if (!same) {
    found.push(next);
    return;
  }
  // Two messages that answer one question are no repetition; the one that says more is told.
  const askedAgain = next.asking.some((id) => !same.asking.includes(id)) || next.question === null;
  if (askedAgain) same.count += 1;
  if (weight(next.answer) > weight(same.answer)) same.answer = next.answer;
  same.asking.push(...next.asking);
  for (const id of next.messageIds) if (!same.messageIds.includes(id)) same.messageIds.push(id);
}

function told(exchange: Exchange, language: string): Statement {
  const phrases = phrasesFor(language);
  const parts: string[] = [];
  if (exchange.question) parts.push(phrases.asked(clip(exchange.question, 110)));
  if (exchange.count > 1 && exchange.question) parts.push(phrases.times(exchange.count));
  if (exchange.kind === "refused") parts.push(phrases.notAnswered);
  if (exchange.kind === "answered") parts.push(phrases.answered(ended(clip(exchange.answer, 180))));
  if (exchange.kind === "agent") parts.push(phrases.agentSaid(exchange.name, ended(clip(exchange.answer, 180))));
  return { text: parts.join(" "), messageIds: exchange.messageIds };
}

const ownTry =
  /\b(?:i|we)(?:'ve| have| had)? (?:already |also |just )?(?:tried|restarted|rebooted|reset|reinstalled|re-?installed|cleared|checked|called|e-?mailed|contacted|logged out|updated|unplugged|followed)\b|\b(?:habe|hab) (?:ich )?(?:schon|bereits)\b.*\b(?:versucht|probiert|geprüft|neu gestartet|angerufen)\b|\bj'ai (?:déjà )?(?:essayé|vérifié|redémarré|appelé)\b|\bya (?:he )?(?:intent|prob|reinici|comprob|llam)\w+/iu;

function customersOwnTries(substantial: Said[], language: string): Statement[] {
  const found: Statement[] = [];
  for (const { message, substance } of substantial)
    for (const sentence of substance) {
      if (!ownTry.test(sentence)) continue;
      const text = phrasesFor(language).customerTried(ended(clip(sentence, 160)));
      const same = found.find((earlier) => sameMeaning(earlier.text, text));
      if (same) same.messageIds.push(message.id);
      else found.push({ text, messageIds: [message.id] });
    }
  return found.slice(-3);
}

const settled =
  /\b(?:that (?:works?|worked|helps?|helped|did it|answers)|it works now|works now|solved|sorted|all good|perfect|got it|never ?mind|das hilft|hat geklappt|alles klar|passt|erledigt|ça marche|c'est bon|parfait|funciona|perfecto|resuelto|todo bien)\b/iu;
const rejected =
  /\b(?:no|not|doesn't|does not|didn't|don't|isn't|wrong|still|but|already|again|nicht|nein|falsch|aber|pas|non|mais|no|pero)\b/iu;

/** The customer's latest question that nothing has settled; null when the last word was an answer or thanks. */
function stillOpen(messages: Line[], substantial: Said[]): Statement | null {
  const latest = substantial.at(-1);
  if (!latest) return null;
  const after = messages.filter(({ sequence }) => sequence > latest.message.sequence);
  const answer = after.find(
    ({ author, answered }) => author === "AGENT" || (author === "ASSISTANT" && answered === true),
  );
  const lastWords = latest.substance.join(" ");
  if (settled.test(lastWords) && !rejected.test(lastWords)) return null;
  // After an answer, silence and thanks settle it; anything else the customer wrote keeps it open.
  const reaction =
    answer && after.filter(({ author, sequence }) => author === "CUSTOMER" && sequence > answer.sequence);
  if (
    answer &&
    !reaction?.some(({ text }) => sentencesOf(text, "en").some((s) => isWishForPerson(s) || rejected.test(s)))
  )
    return null;
  const question = best(latest.substance);
  if (!question) return null;
  const same = substantial.filter(({ substance }) =>
    substance.some((sentence) => sameMeaning(sentence, question, 0.6)),
  );
  return { text: ended(clip(question, 220)), messageIds: same.map(({ message }) => message.id) };
}

/** The sentence that asks, the last of several; without a question the weightiest. */
function best(sentences: string[]): string | null {
  if (sentences.length === 0) return null;
  const asking = sentences.filter((sentence) => sentence.includes("?") && wordsOf(sentence).length >= 3).at(-1);
  return asking ?? sentences.reduce((top, sentence) => (weight(sentence) > weight(top) ? sentence : top));
}

function ended(sentence: string): string {
  return /[.!?…。！？]["”’)]?$/.test(sentence) ? sentence : `${sentence}.`;
}
