import { freshTurns } from "../reading";
import type { Draft, Reading, Signal, Turn } from "../signal";
import { fold, quoteOf, similarity } from "../text";
import { sameness, saysSomething } from "./sameness";

/** Alike enough to be the same question in other words. */
const sameQuestion = 0.6;
/** Alike enough to be the same answer: only small words differ. */
const sameAnswer = 0.93;

/**
 * Is the customer asking the same thing for the third time? Only turns since the last settlement count, and only
 * messages that say something: a second "ok" repeats nothing.
 */
export function readRepetition(reading: Reading): Signal {
  const { message } = reading;
  if (!saysSomething(message.text)) return nothing;
  const before = freshTurns(reading).filter((turn) => turn.author === "CUSTOMER" && turn.id !== message.id);
  const same = before.filter((turn) => saysSomething(turn.text) && sameness(turn.text, message.text) >= sameQuestion);
  if (same.length === 0) return nothing;
  return signalOf(same.length === 1 ? 0.35 : Math.min(1, 0.7 + 0.1 * same.length), [...same.slice(-3), message]);
}

/**
 * Is the drafted answer one that the customer has been given already since the last settlement? A greeting that is
 * returned twice, or thanks, repeats nothing: one of the two messages must have been more than a courtesy.
 */
export function readRepeatedAnswer(reading: Reading, draft: Draft): Signal {
  if (!draft.answered || fold(draft.text) === "") return nothing;
  const before = freshTurns(reading).filter((turn) => turn.author === "ASSISTANT" && turn.answered !== false);
  const courteous = isCourtesy(reading.message.text);
  const same = before.findLast(
    (turn) => similarity(turn.text, draft.text) >= sameAnswer && !(courteous && answersCourtesy(reading, turn)),
  );
  return same ? signalOf(0.9, [same]) : nothing;
}

function answersCourtesy({ turns }: Reading, { inReplyTo, sequence }: Turn): boolean {
  const asked =
    turns.find(({ id }) => id === inReplyTo) ??
    turns.findLast((turn) => turn.author === "CUSTOMER" && turn.sequence < sequence);
  return asked === undefined || isCourtesy(asked.text);
}

function isCourtesy(text: string): boolean {
  const words = fold(text).match(/[\p{L}\p{M}']+/gu) ?? [];
  return words.length > 0 && words.length <= 9 && words.every((word) => courtesies.has(word));
}

/** Greetings, thanks, agreement and goodbyes, with what stands beside them; folded. */
const courtesies = new Set(
  `hi hello hey heya hiya there all good morning afternoon evening day night thanks thank you thx ty cheers so very much a
  lot again for your the help that is was that's great perfect super cool nice lovely awesome wonderful excellent ok okay
  fine alright understood clear got it bye goodbye see you have
  hallo moin servus guten tag morgen abend danke vielen dank dankeschon schon sehr gut fur die hilfe prima toll perfekt
  klasse alles klar verstanden tschuss tschuess auf wiedersehen bonjour bonsoir salut coucou merci beaucoup bien tres
  parfait d'accord compris au revoir hola buenos buenas dias tardes noches gracias muchas muy amable vale perfecto claro
  adios ciao buongiorno buonasera salve grazie mille tante perfetto va bene capito arrivederci ola oi bom boa dia tarde
  noite obrigado obrigada muito perfeito tchau hoi goedemorgen goedemiddag goedenavond bedankt dank je wel u dankjewel
  goed prima doei hej hei tack tak takk kiitos dziekuje спасибо привет здравствуйте`.split(/\s+/),
);

const nothing: Signal = { name: "REPETITION", score: 0, evidence: [], rule: null };

function signalOf(score: number, turns: Turn[]): Signal {
  const evidence = turns.map((turn) => ({ messageId: turn.id, quote: quoteOf(turn.text, () => true) }));
  return { name: "REPETITION", score, evidence, rule: null };
}
