import { remembering } from "../../../kit/remembering";
import { featuresOf } from "../learned/features";
import { type LinearModel, predict, readLinearModel } from "../learned/linear";
import { failing, failingAnywhere, mild, notAnnoyed, strong, strongAnywhere } from "../lexicon/frustration";
import { fold, sentencesOf, together, withoutQuotes } from "../text";

let tone: LinearModel | undefined;

/** How one text sounds, without its context. */
export interface Tone {
  /** Annoyance, 0..1. */
  score: number;
  /** It says that the assistant does not help. */
  failing: boolean;
}

/** How annoyed one text sounds: what was learned from many ways to be annoyed, and words that leave no doubt. */
export const readTone = remembering((text: string): Tone => {
  const own = withoutQuotes(text);
  const folded = fold(own).replace(notAtAll, " ");
  const chances: number[] = [];
  for (let count = countOf(anyStrong, folded) + countOf(anyStrongAnywhere, folded); count > 0; count -= 1)
    chances.push(0.75);
  if (anyMild.test(folded)) chances.push(0.2);
  const isFailing = anyFailing.test(folded) || anyFailingAnywhere.test(folded);
  if (isFailing) chances.push(0.5);
  if (isShouted(own)) chances.push(0.45);
  const marks = own.match(/[!?\uff01\uff1f]{2,}/g)?.length ?? 0;
  if (marks > 0) chances.push(own.includes("!!") || own.includes("?!") || own.includes("！！") ? 0.25 : 0.12);
  if (/[🤬😡😤]/u.test(own)) chances.push(0.6);
  else if (/[😠😒🙄🤦😾💢👎]/u.test(own)) chances.push(0.4);
  const listed = together(chances.slice(0, 8));
  const learned = learnedTone(own, folded);
  // Words alone mislead ("damn, that was fast"): what was learned from whole sentences has a say in it.
  return { score: together([learned, listed * (0.55 + 0.45 * Math.min(1, learned * 2.5))]), failing: isFailing };
});

/** What is pasted into a chat is not how the customer feels; and the time stays bounded. */
const longest = 600;

function learnedTone(own: string, folded: string): number {
  if (!/\p{L}/u.test(own)) return 0;
  tone ??= readLinearModel("frustration.bin");
  // One word in capitals is a habit, several are a raised voice.
  const written = /\s/u.test(own.trim()) ? own : folded;
  const ends = written.length <= longest ? [written] : [written.slice(0, longest), written.slice(-longest)];
  const whole = Math.max(...ends.map((part) => predict(tone as LinearModel, featuresOf(part))));
  const sentences = sentencesOf(written).slice(-8);
  const loudest = Math.max(0, ...sentences.map((part) => predict(tone as LinearModel, featuresOf(part))));
  const chance = sentences.length < 2 ? whole : Math.max(whole, (whole + loudest) / 2);
  // Most of the doubtful ones are calm words the corpus does not know.
  return chance < 0.4 ? chance * 0.5 : 0.2 + ((chance - 0.4) * 4) / 3;
}

function isShouted(text: string): boolean {
  const letters = text.replace(/[^\p{Lu}\p{Ll}]/gu, "");
  const words = text.match(/\p{Lu}{2,}/gu) ?? [];
  return letters.length >= 8 && words.length >= 2 && letters.replace(/\p{Ll}/gu, "").length / letters.length >= 0.7;
}

const word = (sources: string[], flags = "u") =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${sources.join("|")})(?![\\p{L}\\p{N}])`, flags);
const anyStrong = word(strong, "gu");
const anyStrongAnywhere = new RegExp(strongAnywhere.join("|"), "gu");
const anyMild = word(mild);
const anyFailing = word(failing);
const anyFailingAnywhere = new RegExp(failingAnywhere.join("|"), "u");
const notAtAll = word(notAnnoyed, "gu");

function countOf(pattern: RegExp, text: string): number {
  return text.match(pattern)?.length ?? 0;
}
