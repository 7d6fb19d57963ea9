import { moodOf } from "./mood";
import { phrasesFor } from "./phrases";
import { asksBack, clip, contentWordsOf, sameMeaning, sentencesOf, tellsTrouble, weight, wordsOf } from "./sentences";
import type { Line } from "./summary";

/** A customer's message that says something, and the sentences that do. */
export interface Said {
  message: Line;
  substance: string[];
}

export interface Problem {
  sentence: string;
  message: Line;
}

/** Points back to something said before, so it begins nothing new. */
const pointsBack =
  /^(?:i (?:did|have|tried)|i've|did|done|hab(?:e)? ich|ya|j'ai|l'ho|yes|no|ja|nein|sí|oui|non|sì|sim|nee|ok(?:ay)?|and|but|then|so|still|again|what if|in that case|y|pero|und|aber|et|mais|ma|en|maar|dann|entonces|alors)(?![\p{L}])|(?<![\p{L}])(?:it|its|that|this|these|those|them|they|one|ones|there|he|she|das|es|sie|ihn|diese[rsnm]?|dort|ça|cela|celui|celle|eso|esto|ese|esa|ello|questo|quello|isso|isto|deze|dit)(?![\p{L}'])/iu;
const pointsBackAtOnce = new RegExp(`^(?:${pointsBack.source.replace("^", "")})`, "iu");
/** "That I know", "I have already": with a verb behind it, since "das Regal" and "le colis" name a thing. */
const wentBack =
  /^(?:das (?:habe?|weiß|kenne|geht|ging|hat|klappt|hilft|funktioniert|war|ist)|dat (?:heb|weet|werkt|helpt|lukt|is|was)|it|that|ça|cela|eso|isso|isto|lo so|l['’]ho|je le|je l['’]ai|(?:j['’]ai|ho|ik heb|ich habe?) (?:es |das |dat |het )?(?:déjà|schon|già|al)|ya|já)(?![\p{L}])/iu;
const noAnaphora =
  /(?<![\p{L}])(?:is it possible|is there|are there|there (?:is|are)|gibt es|ist es möglich)(?![\p{L}'])/giu;

/** Announces another matter. */
const saysSo =
  /(?<![\p{L}])(?:(?:another|different|second|other|one more|new) (?:question|thing|problem|issue|matter)|by the way|also,? (?:i|can|could|my|what|how)|eine? (?:andere|weitere|neue)s? (?:frage|problem|thema)|noch (?:etwas|was|eine frage)|übrigens|une autre (?:question|chose)|au fait|otra (?:pregunta|cosa|duda)|por cierto|un'altra (?:domanda|cosa)|outra (?:pergunta|coisa)|nog een vraag|iets anders)(?![\p{L}])/iu;

/** Asks the customer to do something, so that what follows tells how it went. */
const tellsToDo = /(?<![\p{L}])(?:please|bitte|por favor|veuillez|s'il vous plaît|per favore|alstublieft)(?![\p{L}])/iu;

/**
 * What the customer said on the matter that is open now. Who asks about a parcel, is answered and then asks about a
 * refund has two matters; the one that led to the handover is what the person is needed for.
 */
export function currentMatter(messages: Line[], said: Said[], triggerId: string | null): Said[] {
  const trigger = messages.find(({ id }) => id === triggerId);
  const matters: Said[][] = [];
  for (const [index, one] of said.entries()) {
    const matter = matters.at(-1);
    const before = said[index - 1];
    if (!matter || !before || beginsAnew(one, before, matter, messages, one.message.id === triggerId))
      matters.push([one]);
    else matter.push(one);
  }
  const until = trigger?.sequence ?? Number.POSITIVE_INFINITY;
  return matters.findLast(([first]) => first && first.message.sequence <= until) ?? matters[0] ?? [];
}

function beginsAnew(one: Said, before: Said, matter: Said[], messages: Line[], led: boolean): boolean {
  const between = messages.filter(
    ({ sequence, author }) =>
      sequence > before.message.sequence && sequence < one.message.sequence && author !== "CUSTOMER",
  );
  const last = between.at(-1);
  // Nobody has answered yet, or the customer answers a question or tells how it went.
  if (!last || (last.answered === null && (tellsToDo.test(last.text) || sentencesOf(last.text, "en").some(asksBack))))
    return false;
  // Where nothing tells an answer from other words, only the customer's own word makes a new matter.
  if (last.author === "ASSISTANT" && last.answered === null && !saysSo.test(one.message.text)) return false;
  // What led to the handover needs to say less to be a matter, as long as it is one and no outcry; and it points back
  // with its first word only: "the lamp I bought gets so hot that it smells" points to its own lamp.
  const calmly = led && moodOf([one.message.text], { unanswered: 0, repeats: 0 }) === "CALM";
  const sentence = one.substance.find(
    (candidate) =>
      weight(candidate) >= (calmly ? 0.5 : 0.8) &&
      wordsOf(candidate).length >= 5 &&
      contentWordsOf(candidate).size >= 3,
  );
  const points = calmly ? pointsBackAtOnce : pointsBack;
  if (!sentence || points.test(one.substance.join(" ").replace(noAnaphora, ""))) return false;
  const known = contentWordsOf(
    [...matter.flatMap(({ substance }) => substance), ...between.map(({ text }) => text)].join(" "),
  );
  return ![...contentWordsOf(one.substance.join(" "))].some((word) => word.length > 3 && known.has(word));
}

/** The problem as first stated: the first sentence of weight, among the first messages on the matter. */
export function firstProblem(matter: Said[]): Problem | null {
  const candidates = matter.slice(0, 6).flatMap(({ message, substance }, index) =>
    substance.map((sentence) => ({
      sentence,
      message,
      score: tellingOf(sentence) - (index > 0 && wentBack.test(sentence) ? 0.5 : 0),
    })),
  );
  if (candidates.length === 0) return null;
  // The first message that says enough, and of it the sentence that says most.
  const stating =
    candidates.find(({ score }) => score >= 0.5)?.message ?? candidates.find(({ score }) => score >= 0.35)?.message;
  const inIt = candidates.filter(({ message }) => message === stating);
  return (inIt.length > 0 ? inIt : candidates).reduce((best, candidate) =>
    candidate.score > best.score ? candidate : best,
  );
}

/** How much it tells about the problem: "my order number is 55123" tells a number, and no problem. */
function tellingOf(sentence: string): number {
  return weight(sentence) - (/\d/.test(sentence) && !tellsTrouble(sentence) ? 0.25 : 0);
}

/** The problem and the next sentence of weight beside it, in the order in which they were written. */
export function problemSentences(problem: Problem, matter: Said[]): string[] {
  const sentences = matter.find(({ message }) => message.id === problem.message.id)?.substance ?? [];
  const beside = sentences.find(
    (sentence) => sentence !== problem.sentence && !sameMeaning(sentence, problem.sentence) && weight(sentence) >= 0.4,
  );
  return sentences
    .filter((sentence) => sentence === problem.sentence || sentence === beside)
    .map((sentence) => clip(sentence, 200));
}

const id =
  /(?<![\p{L}\p{N}@.#+-])#?(?=[\p{L}\p{N}-]*\d)[\p{L}\p{N}]+(?:[-_/][\p{L}\p{N}]+)*(?![\p{L}\p{N}@]|[-.]\p{L}|[.,:]\d)/gu;
const kinds =
  /(?<![\p{L}])(order|booking|reservation|invoice|ticket|tracking|parcel|account|serial|customer|reference|policy|contract|case|vat|bestell\p{L}*|rechnung\p{L}*|auftrag\p{L}*|buchung\p{L}*|kunden\p{L}*|sendung\p{L}*|commande|facture|réservation|colis|pedido|factura|reserva|ordine|fattura|prenotazione|encomenda|fatura|bestelling|factuur)(?![\p{L}])/giu;

export interface Reference {
  id: string;
  /** What it is called there: order, booking; null when nobody said. */
  kind: string | null;
  messageIds: string[];
}

/** Order ids and the like that the customer gave, in order, each once. */
export function references(messages: Line[], language: string): Reference[] {
  const found = new Map<string, Reference>();
  for (const [index, message] of messages.entries()) {
    if (message.author !== "CUSTOMER") continue;
    const asked = askedBefore(messages, index);
    const question = asked.map(({ text }) => text).join(" ");
    for (const { 0: text, index: at } of message.text.matchAll(id)) {
      const before = message.text.slice(Math.max(0, at - 40), at);
      if (found.has(text.toUpperCase()) || !isReference(text, before, question)) continue;
      const ownKind = [...before.matchAll(kinds)].at(-1)?.[1];
      const kind = ownKind ?? [...question.matchAll(kinds)].at(-1)?.[1] ?? null;
      if (!kind && !/[\p{L}]/u.test(text) && text.replace(/\D/g, "").length < 6 && !text.startsWith("#")) continue;
      found.set(text.toUpperCase(), {
        id: text.replace(/^#/, ""),
        kind: kind && (isOrder(kind) ? phrasesFor(language).order : kind),
        messageIds: [...(kind && !ownKind ? asked : []), message].map(({ id: messageId }) => messageId),
      });
    }
  }
  return [...found.values()].slice(0, 3);
}

/** What the company wrote last before that message. */
function askedBefore(messages: Line[], index: number): Line[] {
  let last = index - 1;
  while (last >= 0 && messages[last]?.author === "CUSTOMER") last -= 1;
  let first = last;
  while (first > 0 && messages[first - 1]?.author !== "CUSTOMER") first -= 1;
  return messages.slice(Math.max(0, first), last + 1);
}

function isOrder(kind: string): boolean {
  return /^(?:order|bestell|auftrag|commande|pedido|ordine|encomenda)/iu.test(kind);
}

function isReference(text: string, before: string, question: string): boolean {
  const digits = text.replace(/\D/g, "");
  const letters = /\p{L}/u.test(text);
  if (letters ? digits.length < 3 || text.length < 5 : digits.length < 4) return false;
  // A year, a phone number, an amount, a card's name, a speed: no ids.
  if (/^(?:19|20)\d\d'?s?$/.test(text) || /[€$£+(]\s?$/u.test(before)) return false;
  if (/(?:user ?name|login|benutzername|usuario|utente|pseudo)\W*$/iu.test(before)) return false;
  if (
    /(?:phone|tel|call|telefon|handy|mobil|teléfono|téléphone|numero di telefono)[^?]*$/iu.test(`${question} ${before}`)
  )
    return false;
  return !/^\d+(?:st|nd|rd|th|x|mm|cm|kg|g|l|h|min|am|pm|%)$/iu.test(text);
}
