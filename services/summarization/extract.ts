import { isSaidToTheMachine } from "../../kit/said-to-the-machine";
import { claims, ownTries, wishForPerson } from "./claims";
import { companySide } from "./exchanges";
import { languageOf } from "./language";
import { currentMatter, firstProblem, problemSentences, type Reference, references, type Said } from "./matter";
import { moodOf } from "./mood";
import { openQuestion } from "./open-question";
import { phrasesFor } from "./phrases";
import { besideTheWish, clip, substanceOf, titled } from "./sentences";
import { type Dialogue, type Draft, headlineLimit, legible, type Statement } from "./summary";
import { type Telling, tellCustomer } from "./tell";

/** Name and version of the extract, as `writtenBy` tells it. */
export const extractName = "extract/3";

/**
 * The summary without a model: the problem as first stated, what the customer claims and an agent confirmed, what was
 * answered, refused and promised, and the question still open, each with the messages it rests on. Pure; the same
 * dialogue gives the same draft, and only the beginning and the end of a long one are read, and of very long messages the
 * beginning.
 */
export function extract(dialogue: Dialogue): Draft {
  const messages = legible(dialogue.messages);
  const customers = messages.filter(({ author }) => author === "CUSTOMER");
  const reads = languageOf(
    customers.map(({ text }) => text),
    dialogue.language,
  );
  const telling: Telling = { reads, writes: dialogue.agentLanguage ?? dialogue.language };
  const phrases = phrasesFor(telling.writes);
  const saidIn = (reading: typeof substanceOf): Said[] =>
    customers
      .map((message) => ({ message, substance: reading(message.text, reads).filter(forPeople) }))
      .filter(({ substance }) => substance.length > 0);
  const substance = saidIn(substanceOf);
  const said = substance.length > 0 ? substance : saidIn(besideTheWish);

  const matter = currentMatter(messages, said, dialogue.triggerId ?? null);
  const problem = firstProblem(matter);
  const stated = problem ? problemSentences(problem, matter) : [];
  const person = wishForPerson(messages, telling);
  const wants = problem
    ? withReferences(
        { text: tellCustomer(stated, telling), messageIds: [problem.message.id] },
        references(messages, telling.writes),
      )
    : person;
  const open = openQuestion(messages, said, telling);
  const known = [...stated, ...(open ? [open.sentence] : []), ...(wants ? [wants.text] : [])];
  const company = companySide(messages, said, known, telling);
  const claimed = claims(messages, said, known, telling);
  const tried = [...ownTries(said, telling), ...company.tried];
  const nextStep = suggested(open?.statement ?? null, company.promised.at(-1) ?? null, tried.at(-1) ?? null);
  return {
    headline: clip(
      problem ? titled(problem.sentence) : (wants?.text ?? phrases.nothingSaid).replace(/\.$/, ""),
      headlineLimit,
    ),
    wants,
    facts: [
      ...claimed,
      ...company.confirmed,
      ...(person && problem ? [{ ...person, standing: "CLAIMED" as const }] : []),
    ],
    tried,
    promised: company.promised,
    openQuestion: open?.statement ?? null,
    nextStep,
    mood: moodOf(
      customers.map(({ text }) => text),
      company,
    ),
  };

  /** What is written to make the summary say something tells nothing of the matter. */
  function forPeople(sentence: string): boolean {
    return !isSaidToTheMachine(sentence);
  }

  function suggested(question: Statement | null, promise: Statement | null, last: Statement | null): Statement | null {
    if (question) return { text: phrases.next.answer, messageIds: question.messageIds };
    if (promise) return { text: phrases.next.keepPromise, messageIds: promise.messageIds };
    if (company.unanswered > 0 && last) return { text: phrases.next.lookInto, messageIds: last.messageIds };
    return null;
  }
}

/** The problem with the order ids that the customer gave on the matter, where its words do not hold them already. */
function withReferences(wants: Statement, all: Reference[]): Statement {
  const missing = all.filter(({ id }) => !wants.text.includes(id)).slice(0, 2);
  if (missing.length === 0) return wants;
  const named = missing.map(({ id, kind }) => (kind ? `${kind} ${id}` : id)).join(", ");
  return {
    text: wants.text.replace(/([.!?…]?)$/u, ` (${named})$1`),
    messageIds: [...new Set([...wants.messageIds, ...missing.flatMap(({ messageIds }) => messageIds)])],
  };
}
