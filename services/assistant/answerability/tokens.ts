import type { Language } from "../language";
import type { WordRelations } from "./word-relations";

/** One word of a text, as questions and sentences are compared. */
export interface Token {
  /** Accents off, lower case. */
  word: string;
  stem: string;
  /** Written with a capital, and not only because it opens the sentence. */
  name: boolean;
  /** Written with a capital at all. */
  capital: boolean;
  /** The value of a number, however it is written: "twelve" and "12" are both "12". */
  number: string | null;
  /** The years of a number that is one, a decade or a century: "1190" is [1190, 1190], "the 12th century" [1101, 1200]. */
  years: [from: number, to: number] | null;
  /** Carries no topic: "the", "of", "did". */
  empty: boolean;
}

const written = /\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?![\p{L}\p{N}])|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}]+)*/gu;

/** The words of a sentence. `isName` tells of a word at its beginning whether it is written with a capital elsewhere. */
export function tokensOf(
  text: string,
  language: Language,
  relations: WordRelations,
  isName: (word: string) => boolean = () => false,
): Token[] {
  const tokens: Token[] = [];
  // Shouted, a capital says nothing.
  const shouted = !/\p{Ll}/u.test(text);
  let opens = true;
  let end = 0;
  for (const found of text.matchAll(written)) {
    const between = text.slice(end, found.index);
    if (/[.!?:"“„«(]\s*$/.test(between) && end > 0) opens = /[.!?:"“„«]/.test(between);
    end = found.index + found[0].length;
    const capital = /^\p{Lu}/u.test(found[0]) && !shouted;
    for (const word of relations.wordsIn(found[0])) {
      if (word === "") continue;
      tokens.push(tokenOf(word, capital, opens, text.slice(end, end + 12)));
    }
    opens = false;
  }
  return tokens;

  function tokenOf(word: string, capital: boolean, opening: boolean, next: string): Token {
    const stem = relations.stem(word);
    const number = relations.number(word);
    const empty = relations.empty.has(word) && !(capital && !opening && word.length > 1 && word !== "i");
    const acronym = capital && /^\p{L}{2,5}$/u.test(word) && text.includes(word.toUpperCase());
    const name =
      capital && !empty && number === null && (acronym || (language.code !== "de" && (!opening || isName(word))));
    return {
      word,
      stem,
      name,
      capital,
      number,
      years: number === null ? null : yearsOf(word, Number(number), next),
      empty,
    };
  }
}

/** "1756", "the 1750s", "the 1100s", "18th century". */
function yearsOf(written: string, value: number, next: string): [number, number] | null {
  if (/^[\s-]*centur/i.test(next)) return value < 30 ? [value * 100 - 99, value * 100] : null;
  if (value < 500 || value > 2100 || !/^\d+s?$/.test(written)) return null;
  if (!written.endsWith("s")) return [value, value];
  return [value, value + (value % 100 === 0 ? 99 : 9)];
}
