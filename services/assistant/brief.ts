import type { DataSource, EntityManager } from "typeorm";
import type { EventOf } from "../../schema/events/catalogue";
import { answer, type Draft } from "./answer";
import { primaryOf } from "./language";
import { sentencesOf } from "./passages";
import type { Question } from "./question";
import type { Passage, Retrieved } from "./retrieve";

/** What a person of the company told the customer before the assistant got the conversation back. */
export interface Brief {
  agentName: string | null;
  /** What they decided, promised and changed, in their words. */
  said: string[];
  /** What the agent wrote for the assistant alone. */
  note: string | null;
}

type Turn = EventOf<"message.assessed">["data"]["recent"][number];
type BriefFacts = EventOf<"brief.written">["data"]["brief"];

/** How long an answer waits for the brief of a person who has just left, in milliseconds. */
const patienceMs = 1_000;

/**
 * The brief on what the last person did; null when there was none. It may be on its way still: it is awaited for a
 * moment, and what the person wrote lately stands in for it, so that an answer never knows nothing of them.
 */
export async function briefFor(
  db: DataSource | EntityManager,
  conversationId: string,
  turns: Turn[],
  signal: AbortSignal,
): Promise<Brief | null> {
  const theirs = turns.filter(({ author }) => author === "AGENT");
  const last = theirs.at(-1);
  const until = Date.now() + patienceMs;
  for (;;) {
    const [kept]: { facts: BriefFacts; through: number }[] = await db.query(
      "select facts, through_sequence as through from brief where conversation_id = $1",
      [conversationId],
    );
    if (kept && kept.through >= (last?.sequence ?? 0)) return fromFacts(kept.facts);
    if (!last) return null;
    if (Date.now() >= until || signal.aborted) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { agentName: last.authorName, said: theirs.flatMap(({ text }) => sentencesOf(text)).slice(-10), note: null };
}

function fromFacts({ agentName, decided, promised, changed, note }: BriefFacts): Brief {
  return { agentName, said: [...changed, ...decided, ...promised].map(({ text }) => text), note };
}

/** The brief as a source to answer from; null when it tells nothing. */
export function passageOf({ said }: Brief, language: string): Passage | null {
  if (said.length === 0) return null;
  return { articleId: "", title: "", url: null, language, heading: "", text: said.join(" "), score: 0 };
}

/** Does what the person told the customer answer the question? In their own words, never in others. Pure. */
export function answerFromBrief(brief: Brief, question: Question, retrieved: Retrieved): Draft | null {
  // What no article holds is not unknown here.
  const terms = retrieved.terms.map((term) => ({ ...term, unknown: false, misspelt: false, rarity: 1 }));
  const passages = brief.said.flatMap((text) => passageOf({ ...brief, said: [text] }, question.language) ?? []);
  const draft = answer(question, { passages, terms });
  if (!draft.answered) return null;
  return { ...draft, text: quoting(question.language, brief.agentName, draft.text), citations: [] };
}

/** Who said it, and that it is said already. */
function quoting(language: string, name: string | null, words: string): string {
  const quote = words.replaceAll("\n\n", " ");
  switch (primaryOf(language)) {
    case "de":
      return `${name ?? "Mein Kollege"} hat Ihnen dazu geschrieben: „${quote}“`;
    case "fr":
      return `${name ?? "Mon collègue"} vous a écrit à ce sujet : « ${quote} »`;
    case "es":
      return `${name ?? "Mi compañero"} le escribió sobre esto: «${quote}»`;
    case "it":
      return `${name ?? "Un mio collega"} le ha scritto al riguardo: «${quote}»`;
    case "pt":
      return `${name ?? "O meu colega"} escreveu sobre isso: “${quote}”`;
    case "nl":
      return `${name ?? "Mijn collega"} schreef u hierover: “${quote}”`;
    default:
      return `${name ?? "My colleague"} told you about this: “${quote}”`;
  }
}
