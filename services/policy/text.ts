import { stemmer } from "@orama/stemmers/english";
import { stopwords as dutch } from "@orama/stopwords/dutch";
import { stopwords as english } from "@orama/stopwords/english";
import { stopwords as french } from "@orama/stopwords/french";
import { stopwords as german } from "@orama/stopwords/german";
import { stopwords as italian } from "@orama/stopwords/italian";
import { stopwords as portuguese } from "@orama/stopwords/portuguese";
import { stopwords as spanish } from "@orama/stopwords/spanish";
import { remembering } from "../../kit/remembering";

/** No message is read further than this: a signal's time stays bounded whatever is pasted into the chat. */
const readAtMost = 4_000;

function beginning(text: string): string {
  // Not in the middle of a character: half a one cannot be stored.
  return text.length <= readAtMost ? text : text.slice(0, readAtMost).replace(/[\ud800-\udbff]$/, "");
}

/** Latin letters that Unicode does not take apart. */
const plain: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i" };

/**
 * Text as patterns compare it: compatibility forms unified, lower case, Latin accents off, apostrophes straight,
 * letters drawn out over three or more ("pleeease") once, blanks single.
 */
export const fold = remembering((text: string): string => {
  const read = beginning(text);
  // Most of what is read is plain ASCII, in which there is little to unify.
  if (!/[^\0-\x7f]/.test(read))
    return read
      .toLowerCase()
      .replace(/`/g, "'")
      .replace(/([a-z])\1{2,}/g, "$1")
      .replace(/\s+/g, " ")
      .trim();
  return read
    .normalize("NFKD")
    .toLowerCase()
    .replace(/(\p{Script=Latin})[\u0300-\u036f]+/gu, "$1")
    .normalize("NFC")
    .replace(/[ßæœøłđı]/g, (letter) => plain[letter] ?? letter)
    .replace(/[\u2018\u2019\u02bc`´]/g, "'")
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(/(\p{L})\1{2,}/gu, "$1")
    .replace(/\s+/g, " ")
    .trim();
});

/** The text without what it quotes from others: "...", “...”, «...», and lines that begin with ">". */
export function withoutQuotes(text: string): string {
  return beginning(text)
    .replace(/^\s*>.*$/gm, " ")
    .replace(
      /(?<=[\s:(,])'[^'\n]{3,200}'(?=[\s.,;:!?)]|$)|"[^"\n]{3,400}"|“[^”\n]{3,400}”|„[^“”\n]{3,400}[“”]|«[^»\n]{3,400}»|「[^」\n]{2,400}」/g,
      " ",
    );
}

/** Sentences looked at: the first and the last ones, where people say what they want. */
const mostSentences = { first: 24, last: 12 };

/** The sentences of a text, as written; of a very long one its beginning and its end. */
export function sentencesOf(text: string): string[] {
  const all = beginning(text)
    .split(/(?<=[.!?;\u3002\uff01\uff1f\u0964\u061f])(?![.!?;\u3002\uff01\uff1f])\s*|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
  const { first, last } = mostSentences;
  return all.length <= first + last ? all : [...all.slice(0, first), ...all.slice(-last)];
}

const written = /[\p{L}\p{N}][\p{L}\p{M}\p{N}']*/gu;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** The folded words of a text. Scripts without blanks give pairs of characters instead of words. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [word] of fold(text).matchAll(written)) {
    if (!unspaced.test(word)) words.push(word);
    else if (word.length === 1) words.push(word);
    else for (let at = 0; at + 1 < word.length; at += 1) words.push(word.slice(at, at + 2));
  }
  return words;
}

const emptyWords = new Set(
  [english, german, spanish, french, italian, dutch, portuguese]
    .flat()
    .concat(
      "please thanks thank hello hi hey ok okay yes no can could would will want need get im i'm ive i've".split(" "),
    )
    .map(fold),
);
// Stop words of one language that mean something in English.
for (const word of ["war", "die", "hat", "man"]) emptyWords.delete(word);

/** The stems of a text's words that carry meaning, in order, each as often as it is said. */
export const contentOf = remembering((text: string): readonly string[] => {
  const stems: string[] = [];
  for (const word of wordsOf(text)) if (!emptyWords.has(word)) stems.push(stemOf(word));
  return stems;
});

/** A word's stem: English rules, which do no harm to other languages when both sides are stemmed alike. */
export const stemOf = remembering((word: string): string => stemmer(word.replace(/'s?$/, "")), {
  most: 8_000,
  longest: 30,
});

/** How alike two texts are in their content words and their letters, 0..1; 1 for the same text, whatever its case. */
export function similarity(one: string, other: string): number {
  const [a, b] = [fold(one), fold(other)];
  if (a === b) return a === "" ? 0 : 1;
  return Math.max(dice(distinctContent(one), distinctContent(other)), dice(trigrams(a), trigrams(b)) * 0.9);
}

const distinctContent = remembering((text: string): Set<string> => new Set(contentOf(text)));

const trigrams = remembering((folded: string): Set<string> => {
  const letters = ` ${folded.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
  const found = new Set<string>();
  for (let at = 0; at + 3 <= letters.length; at += 1) found.add(letters.slice(at, at + 3));
  return found;
});

function dice(a: Set<string>, b: Set<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let both = 0;
  for (const item of a) if (b.has(item)) both += 1;
  return (2 * both) / (a.size + b.size);
}

/** A quote for a person to read: the first sentence that `speaks`, as written and at most 160 characters long. */
export function quoteOf(text: string, speaks: (folded: string) => boolean): string {
  const sentence = sentencesOf(text).find((candidate) => speaks(fold(candidate))) ?? text.trim();
  return sentence.length <= 160 ? sentence : `${Array.from(sentence).slice(0, 157).join("")}...`;
}

/** Chances that do not know of each other, taken together: 1 - (1-a)(1-b)... */
export function together(chances: number[]): number {
  return 1 - chances.reduce((left, chance) => left * (1 - chance), 1);
}
