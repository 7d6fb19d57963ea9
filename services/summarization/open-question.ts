import type { Said } from "./matter";
import { moodOf } from "./mood";
import {
  asksBack,
  best,
  clip,
  isWishForPerson,
  sameMeaning,
  sentencesOf,
  substanceOf,
  tellsTrouble,
} from "./sentences";
import type { Line, Statement } from "./summary";
import { type Telling, tellCustomer } from "./tell";

const settled =
  /^(?:ah[, ]*|oh[, ]*)?(?:ok(?:ay)?|alright|vale|va bene|d'accord|in ordnung)(?![\p{L}])|(?<![\p{L}])(?:that (?:works?|worked|helps?|helped|did it|answers)|it works now|works (?:now|fine|again)|solved|sorted|all good|(?:is|sounds|that's) (?:fine|good|great|perfect)|perfect|great|fine|got it|never ?mind|thanks?(?: you)?(?: so much| a lot)?[.! ]*$|das hilft|hat geklappt|alles klar|passt|erledigt|danke[.! ]*$|ça marche|c'est bon|parfait|merci[.! ]*$|funciona|perfecto|resuelto|todo bien|gracias[.! ]*$|va bene|grazie[.! ]*$|perfetto|tá bom|obrigad[oa][.! ]*$|bedankt[.! ]*$|prima)(?![\p{L}])/iu;
const rejected =
  /(?<![\p{L}])(?:no|not|doesn't|does not|didn't|don't|isn't|wrong|still|but|already|again|nothing|nicht|nein|falsch|aber|noch|pas|non|mais|pero|ma|ancora|mas|não|maar|niet)(?![\p{L}])/iu;

/** The customer's latest question that nothing has settled, and the sentence it rests on; null when none is. */
export function openQuestion(
  messages: Line[],
  said: Said[],
  telling: Telling,
): { statement: Statement; sentence: string } | null {
  // "Five weeks ago" answers the assistant; the question it was asked about is still open.
  const stands = ({ message, substance }: Said) => substance.some(asksSomething) || !answers(message, messages);
  const latest = said.findLast((one) => stands(one) && !isOnlyCross(one.message)) ?? said.findLast(stands);
  if (!latest) return null;
  const customers = messages.filter(({ author }) => author === "CUSTOMER");
  const lastWords = customers.at(-1)?.text ?? "";
  if (settled.test(lastWords) && !rejected.test(lastWords) && !lastWords.includes("?")) return null;
  const after = messages.filter(({ sequence }) => sequence > latest.message.sequence);
  const answer = after.find((line) => isAnswer(line));
  // After an answer, silence and thanks settle it; anything else the customer wrote keeps it open.
  const reaction =
    answer && after.filter(({ author, sequence }) => author === "CUSTOMER" && sequence > answer.sequence);
  if (
    answer &&
    !reaction?.some(({ text }) =>
      sentencesOf(text, telling.reads).some((one) => isWishForPerson(one) || rejected.test(one)),
    )
  )
    return null;
  const asking = latest.substance.filter(asksSomething);
  const sentence = best(asking.length > 0 ? asking : latest.substance);
  if (!sentence) return null;
  const same = said.filter(({ substance }) => substance.some((other) => sameMeaning(other, sentence, 0.6)));
  const text = tellCustomer([clip(sentence, 220)], telling);
  return { sentence, statement: { text, messageIds: same.map(({ message }) => message.id) } };
}

const politely =
  /(?<![\p{L}])(?:please|pls|bitte|por favor|s'il (?:vous|te) pla[iî]t|svp|per favore|alstublieft|graag)(?![\p{L}])/iu;

/** Does the message answer what an agent or the assistant has asked? */
function answers({ sequence }: Line, messages: Line[]): boolean {
  const before = messages.findLast((line) => line.sequence < sequence && line.author !== "CUSTOMER");
  return before !== undefined && sentencesOf(before.text, "en").some(asksBack);
}

/** "This is useless!" is how the customer feels; the summary's mood tells it. */
function isOnlyCross({ text }: Line): boolean {
  return !text.includes("?") && moodOf([text], { unanswered: 0, repeats: 0 }) !== "CALM";
}

/** A question, a trouble or a wish: what somebody has to do something about. */
function asksSomething(sentence: string): boolean {
  return sentence.includes("?") || tellsTrouble(sentence) || politely.test(sentence);
}

function isAnswer({ author, answered, text }: Line): boolean {
  if (author === "AGENT") return !text.trimEnd().endsWith("?") && substanceOf(text, "en").length > 0;
  return author === "ASSISTANT" && answered === true;
}
