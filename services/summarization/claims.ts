import type { Said } from "./matter";
import { phrasesFor } from "./phrases";
import { asksBack, clip, isWishForPerson, sameMeaning, sentencesOf, tellsTrouble, weight, wordsOf } from "./sentences";
import type { Fact, Line, Statement } from "./summary";
import { ended, retold, retoldAbroad, type Telling, tellCustomer } from "./tell";

const ownTry =
  /\b(?:i|we)(?:'ve| have| had)? (?:already |also |just )?(?:tried|restarted|rebooted|reset|reinstalled|re-?installed|cleared|cleaned|replaced|adjusted|checked|called|e-?mailed|contacted|logged out|updated|unplugged|followed)\b|\b(?:habe|hab) (?:ich )?(?:das )?(?:alles )?(?:schon|bereits)\b.*\b(?:versucht|probiert|geprüft|neu gestartet|angerufen)\b|\bj'ai (?:déjà )?(?:essayé|vérifié|redémarré|appelé)\b|\bya (?:he )?(?:intent|prob|reinici|comprob|llam)\w+|^(?:did that|tried (?:that|it)|already (?:did|tried))\b/iu;

/** What the customer has tried by themselves, the latest three. */
export function ownTries(said: Said[], telling: Telling): Statement[] {
  const found: Statement[] = [];
  for (const { message, substance } of said)
    for (const sentence of substance) {
      if (!ownTry.test(sentence)) continue;
      const text =
        retold(telling) || retoldAbroad(clip(sentence, 160), telling)
          ? tellCustomer([sentence], telling)
          : phrasesFor(telling.writes).customerTried(ended(clip(sentence, 160)));
      const same = found.find((earlier) => sameMeaning(earlier.text, text));
      if (same) same.messageIds.push(message.id);
      else found.push({ text, messageIds: [message.id] });
    }
  return found.slice(-3);
}

/**
 * What the customer claims besides the problem: nobody has confirmed it. A short answer is told with the question that
 * it answers, because alone it means nothing. `known`: sentences that are told elsewhere.
 */
export function claims(messages: Line[], said: Said[], known: string[], telling: Telling): Fact[] {
  const found: { fact: Fact; sentence: string; score: number }[] = [];
  for (const { message, substance } of said) {
    for (const sentence of substance) {
      if (ownTry.test(sentence) || isKnown(sentence, [...known, ...found.map((one) => one.sentence)])) continue;
      const score = weight(sentence) + (tellsTrouble(sentence) ? 0.3 : 0);
      const short = wordsOf(sentence).length <= 4 && !tellsTrouble(sentence);
      const statement = short
        ? answerTo(message, sentence, messages, telling)
        : { text: tellCustomer([sentence], telling), messageIds: [message.id] };
      if (statement && (short || score >= 0.45))
        found.push({ sentence, score: short ? score - 1 : score, fact: { ...statement, standing: "CLAIMED" } });
    }
  }
  const best = new Set([...found].sort((one, other) => other.score - one.score).slice(0, 5));
  return found.filter((one) => best.has(one)).map(({ fact }) => fact);
}

function isKnown(sentence: string, known: string[]): boolean {
  if (known.some((other) => sameMeaning(sentence, other, 0.6) || other.includes(sentence))) return true;
  // "It's 60412", where the number is told already.
  const numbers = sentence.match(/\S*\d{3,}\S*/gu) ?? [];
  return (
    numbers.length > 0 &&
    wordsOf(sentence).length <= 4 &&
    numbers.every((number) => known.some((other) => other.includes(number.replace(/[.,;:!?]+$/, ""))))
  );
}

/** "60412" as the answer to "What is the order number?"; null where nothing was asked. */
function answerTo(message: Line, sentence: string, messages: Line[], telling: Telling): Statement | null {
  const before = messages.filter(({ sequence }) => sequence < message.sequence);
  const asked = before.findLast(({ author }) => author === "AGENT" || author === "ASSISTANT");
  const question = asked && sentencesOf(asked.text, telling.reads).findLast(asksBack);
  if (!asked || !question) return null;
  const text = retold(telling)
    ? `Asked “${clip(question, 90)}”, the customer answered: ${ended(sentence)}`
    : phrasesFor(telling.writes).customerAnswers(clip(question, 90), sentence);
  return { text, messageIds: [asked.id, message.id] };
}

/** The customer's last words ask for a person, and so does the whole conversation. */
export function wishForPerson(messages: Line[], telling: Telling): Statement | null {
  const message = messages.findLast(
    ({ author, text }) => author === "CUSTOMER" && sentencesOf(text, telling.reads).some(isWishForPerson),
  );
  return message ? { text: phrasesFor(telling.writes).wantsPerson, messageIds: [message.id] } : null;
}
