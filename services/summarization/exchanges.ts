import type { Said } from "./matter";
import { phrasesFor } from "./phrases";
import {
  asksBack,
  best,
  clip,
  contentWordsOf,
  isCourtesy,
  sameMeaning,
  sentencesOf,
  substanceOf,
  weight,
} from "./sentences";
import type { Fact, Line, Statement } from "./summary";
import { type Telling, tellCompany } from "./tell";

/** What agents and the assistant said, by what it is to the reader. */
export interface Company {
  tried: Statement[];
  promised: Statement[];
  confirmed: Fact[];
  unanswered: number;
  repeats: number;
}

interface Exchange {
  kind: "answered" | "refused" | "promised" | "confirmed";
  line: Line;
  question: string | null;
  told: string[];
  /** The customer's messages it answers. */
  asking: string[];
  messageIds: string[];
  count: number;
}

const promise =
  /(?<![\p{L}])(?:(?:i|we)(?:'ll|’ll| will| am going to|'m going to)|will (?:be|get|receive|reach|arrive|call|come|have|contact|reply|send|take|do)|you(?:'ll|’ll) (?:get|receive|have|hear)|should (?:reach|arrive|be with)|i(?:'ve| have) (?:passed|forwarded|asked|let|escalated|opened|raised|arranged|booked)|ich (?:werde|schicke|melde|sende|veranlasse|kümmere)|wir (?:werden|schicken|melden|senden)|wird \p{L}+ (?:binnen|innerhalb|bis)|innerhalb von|je vais|nous (?:allons|vous)|vous (?:recevrez|serez)|sous \d|(?:le|les) (?:enviaré|enviaremos|llamaremos|avisaremos)|recibirá|en un plazo|dentro de|le (?:invierò|invieremo)|riceverà|verrà \p{L}+ entro|entro \d|vou|enviaremos|receberá|ik (?:zal|stuur)|u (?:ontvangt|krijgt)|binnen \d)(?![\p{L}])/iu;
const cannot =
  /(?<![\p{L}])(?:cannot|can't|can’t|not possible|unable|not able|isn't possible|won't|no longer possible|only|nicht möglich|können wir (?:leider )?nicht|leider nicht|impossible|ne pouvons pas|pas possible|no es posible|no podemos|non è possibile|não é possível|niet mogelijk)(?![\p{L}])/iu;
const noAnswer =
  /(?:could|can|did) ?(?:not|n't|n’t) (?:find|answer|help with)|(?:have|has|had) (?:no|not found any) (?:information|answer)|(?:do|does) ?(?:not|n't|n’t) (?:have (?:any )?information|know (?:why|what|how|whether|the answer))|not (?:able|sure) (?:to (?:find|answer)|how|why|what)|no information about|not in (?:our|my) (?:articles|help)|(?:nichts|keine? (?:information|antwort|angaben))\s?\p{L}* (?:gefunden|dazu|darüber)|keine information|weiß ich (?:leider )?nicht|pas (?:trouvé|de réponse|d'information)|no (?:tengo información|he encontrado|encontré|sé)|non (?:ho (?:trovato|informazioni)|so)|não (?:tenho informaç|encontrei|sei)|geen (?:informatie|antwoord)/iu;

/** "Returns are possible within 30 days": a rule, and nobody's promise. */
const within = /innerhalb von|sous \d|en un plazo|dentro de|entro \d|binnen \d/giu;
const allowed =
  /(?<![\p{L}])(?:möglich|können|kann|possible|peut|pouvez|posible|puede|possibile|può|possível|pode|mogelijk|kan|kunt)(?![\p{L}])/iu;

/** Does the sentence, of an agent or the assistant, say what will be done? */
export function isPromise(sentence: string): boolean {
  return promise.test(allowed.test(sentence) ? sentence.replace(within, "") : sentence) && !cannot.test(sentence);
}

/**
 * Reads what was answered, refused, promised and confirmed; the same again is merged. `known`: sentences that are told
 * elsewhere, so that the question which had no answer need not be told once more.
 */
export function companySide(messages: Line[], said: Said[], known: string[], telling: Telling): Company {
  // Where the assistant's messages tell whether they answer, those that do not tell (offers, questions back) are neither.
  const marked = messages.some(({ author, answered }) => author === "ASSISTANT" && answered !== null);
  const found: Exchange[] = [];
  for (const message of messages)
    if (message.author === "AGENT" || (message.author === "ASSISTANT" && !quotesAgent(message, messages)))
      for (const exchange of exchangesIn(message, said, marked)) merge(found, exchange);
  const of = (...kinds: Exchange["kind"][]) => found.filter(({ kind }) => kinds.includes(kind));
  return {
    tried: of("answered", "refused")
      .slice(-5)
      .map((exchange) => told(exchange, known, telling)),
    promised: of("promised")
      .slice(-3)
      .map((exchange) => told(exchange, known, telling)),
    confirmed: of("confirmed")
      .slice(-4)
      .map((exchange) => ({ ...told(exchange, known, telling), standing: "CONFIRMED" as const })),
    unanswered: of("refused").reduce((sum, { count }) => sum + count, 0),
    repeats: found.reduce((sum, { count }) => sum + count - 1, 0),
  };
}

/** What stands in quotation marks at the end of a text. */
const quoted = /[“„«]\s?([^“„«]+?)\s?[”“»]\s*$/u;

/** Does the assistant only tell again what an agent wrote? Then the agent's own words tell it. */
function quotesAgent({ text, sequence }: Line, messages: Line[]): boolean {
  const quote = quoted.exec(text)?.[1];
  if (!quote) return false;
  const folded = (said: string) => said.replace(/\s+/g, " ");
  const agents = messages.filter((line) => line.author === "AGENT" && line.sequence < sequence);
  return sentencesOf(quote, "en").every((sentence) =>
    agents.some((line) => folded(line.text).includes(sentence.replace(/…$/, ""))),
  );
}

function exchangesIn(line: Line, said: Said[], marked: boolean): Exchange[] {
  const assistant = line.author === "ASSISTANT";
  if (assistant && marked && line.answered === null) return [];
  const asked = questionBefore(line, said);
  const asking = asked ? [asked.message.id] : [];
  const exchange = (kind: Exchange["kind"], told: string[], answers: boolean): Exchange => ({
    kind,
    line,
    question: answers && asked ? best(asked.substance) : null,
    told,
    asking,
    messageIds: answers ? [...asking, line.id] : [line.id],
    count: 1,
  });
  if (assistant && (line.answered === false || (line.answered === null && noAnswer.test(line.text))))
    return [exchange("refused", [], true)];
  // An answer of the assistant's is told as it is; from people, questions back and courtesies are none.
  const sentences = substanceOf(line.text, "en").filter(
    (sentence) =>
      (assistant && line.answered === true) ||
      !(asksBack(sentence) || isCourtesy(sentence) || contentWordsOf(sentence).size < 2),
  );
  const promises = sentences.filter(isPromise);
  const others = sentences.filter((sentence) => !promises.includes(sentence));
  const confirmed = assistant ? [] : others.filter((sentence) => !cannot.test(sentence));
  const answers = others.filter((sentence) => !confirmed.includes(sentence));
  return [
    ...(answers.length > 0 ? [exchange("answered", answers.slice(0, 2), assistant)] : []),
    ...(confirmed.length > 0 ? [exchange("confirmed", confirmed.slice(0, 2), false)] : []),
    ...(promises.length > 0 ? [exchange("promised", promises.slice(0, 2), false)] : []),
  ];
}

function questionBefore(answer: Line, said: Said[]): Said | null {
  const replied = said.find(({ message }) => message.id === answer.inReplyTo);
  return replied ?? said.findLast(({ message }) => message.sequence < answer.sequence) ?? null;
}

function merge(found: Exchange[], next: Exchange): void {
  const same = found.find((earlier) => earlier.kind === next.kind && isAgain(earlier, next));
  if (!same) {
    found.push(next);
    return;
  }
  // Two messages that answer one question are no repetition; the one that says more is told.
  const askedAgain = next.asking.some((id) => !same.asking.includes(id)) || next.question === null;
  if (askedAgain) same.count += 1;
  if (weight(next.told.join(" ")) > weight(same.told.join(" "))) same.told = next.told;
  same.asking.push(...next.asking);
  for (const id of next.messageIds) if (!same.messageIds.includes(id)) same.messageIds.push(id);
}

function isAgain(earlier: Exchange, next: Exchange): boolean {
  const saidAgain = sameMeaning(earlier.told.join(" "), next.told.join(" "));
  if (earlier.kind !== "refused" && earlier.kind !== "answered") return saidAgain;
  if (earlier.question === null || next.question === null) return earlier.question === next.question && saidAgain;
  const sameQuestion = sameMeaning(earlier.question, next.question, 0.6);
  return earlier.kind === "refused"
    ? sameQuestion
    : saidAgain || (sameQuestion && earlier.line.author === "ASSISTANT" && earlier.line.answered === true);
}

function told(exchange: Exchange, known: string[], telling: Telling): Statement {
  const phrases = phrasesFor(telling.writes);
  const { question } = exchange;
  const isTold = question !== null && known.some((sentence) => sameMeaning(sentence, question, 0.6));
  const text =
    exchange.kind === "refused"
      ? phrases.notAnswered(isTold ? null : question && clip(question, 110))
      : tellCompany(exchange.line, exchange.told, telling);
  const times = exchange.count > 1 && exchange.question ? ` ${phrases.times(exchange.count)}` : "";
  return { text: `${text}${times}`, messageIds: exchange.messageIds };
}
