/**
 * Text -> hashed features, the same for every language: words and word pairs where words are written apart, runs of
 * characters everywhere, so that a typo or an unknown ending costs a few features and not the whole word.
 */

import { remembering } from "../../../kit/remembering";

/** Features are hashed into 2^18 places: weights of one byte each make a model of 256 kB at most. */
export const places = 1 << 18;

/** Letters that Unicode does not take apart into a base letter and a mark. */
const unmarked: Record<string, string> = {
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  æ: "ae",
  œ: "oe",
  ı: "i",
  أ: "ا",
  إ: "ا",
  آ: "ا",
  ى: "ي",
  ة: "ه",
};
const unmarkedLetters = new RegExp(`[${Object.keys(unmarked).join("")}]`, "gu");

/**
 * One writing for the many ways to type the same thing: compatibility forms, case, accents (people leave them out),
 * Arabic vowel signs, curly quotes, and letters held down ("heeeelp" -> "heelp").
 */
export function normalize(text: string): string {
  if (isPlain(text)) return text.toLowerCase().replace(/`/g, "'").replace(heldDown, "$1$1");
  return text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u064b-\u0652\u0640]/gu, "")
    .normalize("NFC")
    .replace(unmarkedLetters, (letter) => unmarked[letter] as string)
    .replace(/[\u2018\u2019\u02bc`´]/gu, "'")
    .replace(heldDown, "$1$1");
}

const heldDown = /([^\d\s])\1{2,}/gu;

/** Most messages are: nothing in them has to be taken apart. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/** Runs of letters, marks and digits; an apostrophe inside a word belongs to it ("don't"). */
const wordPattern = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}]+)*/gu;
/** Scripts written without spaces. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The words of a normalized text, in order. */
export function wordsOf(normalized: string): string[] {
  return normalized.match(wordPattern) ?? [];
}

/** FNV-1a over UTF-16 code units, fed bit by bit: small, quick, and the same on every machine. */
function fed(value: number, text: string, from = 0, to = text.length): number {
  let mixed = value;
  for (let index = from; index < to; index++) mixed = Math.imul(mixed ^ text.charCodeAt(index), 0x01000193);
  return mixed;
}

const blank = " ".charCodeAt(0);
const fedBlank = (value: number) => Math.imul(value ^ blank, 0x01000193);

/** The place of what was fed, after a last mixing, since the low bits choose it. */
function placeOf(value: number): number {
  let mixed = value ^ (value >>> 15);
  mixed = Math.imul(mixed, 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) & (places - 1);
}

const kinds = { word: 1, pair: 2, triple: 3, apart: 4, characters: 5, shape: 6 };
const begun = (kind: number) => 0x811c9dc5 ^ kind;

/** What one word gives: places of its own, and what the features that begin with it have been fed so far. */
interface Word {
  text: string;
  /** Of the word itself and of its runs of characters. */
  places: number[];
  pair: number;
  triple: number;
  apart: number;
}

/** A message is read in pieces that overlap, and messages share their words, so each word is taken apart once. */
const wordOf = remembering(
  (text: string): Word => takenApart(text, [placeOf(fed(begun(kinds.word), text)), ...runsOf(text)]),
  { most: 8_000, longest: 30 },
);

function takenApart(text: string, places: number[]): Word {
  return {
    text,
    places,
    pair: fedBlank(fed(begun(kinds.pair), text)),
    triple: fedBlank(fed(begun(kinds.triple), text)),
    apart: fedBlank(fed(begun(kinds.apart), text)),
  };
}

function runsOf(word: string): number[] {
  const [shortest, longest, padded] = unspaced.test(word) ? [1, 4, word] : [3, 5, `_${word}_`];
  const runs: number[] = [];
  for (let start = 0; start + shortest <= padded.length; start++) {
    let value = fed(begun(kinds.characters), padded, start, start + shortest - 1);
    for (let end = start + shortest; end <= padded.length && end <= start + longest; end++) {
      value = fed(value, padded, end - 1, end);
      runs.push(placeOf(value));
    }
  }
  return runs;
}

const first = takenApart("^", []);
const last = takenApart("$", []);

/**
 * The distinct places of a text's features, in no order that means anything. Nobody may write into them. The models read
 * the same sentences one after the other.
 */
export const featuresOf = remembering(findFeatures, { most: 200, longest: 1_000 });

/** In which text each place was last found: a set that is emptied by counting on. */
const foundIn = new Uint32Array(places);
const found = new Uint32Array(places);
let texts = 0;

function findFeatures(text: string): Uint32Array {
  if (texts === 0xffffffff) foundIn.fill(0);
  texts = texts === 0xffffffff ? 1 : texts + 1;
  let count = 0;
  const find = (place: number) => {
    if (foundIn[place] === texts) return;
    foundIn[place] = texts;
    found[count++] = place;
  };
  const words = wordsOf(normalize(text)).map(wordOf);
  const bounded = [first, ...words, last];
  for (let index = 0; index < bounded.length - 1; index++) {
    const word = bounded[index] as Word;
    const next = bounded[index + 1] as Word;
    for (const place of word.places) find(place);
    find(placeOf(fed(word.pair, next.text)));
    const afterNext = bounded[index + 2];
    if (afterNext === undefined) continue;
    find(placeOf(fed(fedBlank(fed(word.triple, next.text)), afterNext.text)));
    find(placeOf(fed(word.apart, afterNext.text)));
  }
  for (const shape of shapesOf(text, words.length)) find(placeOf(fed(begun(kinds.shape), shape)));
  return found.slice(0, count);
}

/** How it is written, apart from what is written: length, shouting, question and exclamation marks. */
function shapesOf(text: string, words: number): string[] {
  const shapes = [`length ${words < 5 ? words : words < 9 ? "5-8" : words < 17 ? "9-16" : "17+"}`];
  if (isShouted(text)) shapes.push("shouting");
  if (/[?？]/.test(text)) shapes.push("question");
  if (/[!！]/.test(text)) shapes.push("exclamation");
  if (/[!！?？]{2,}/.test(text)) shapes.push("marks");
  if (/\d/.test(text)) shapes.push("digits");
  return shapes;
}

function isShouted(text: string): boolean {
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  if (capitals < 3) return false;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters > 3 && capitals / letters > 0.7;
}
