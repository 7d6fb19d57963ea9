/**
 * Text -> hashed features, the same for every language: words and word pairs where words are written apart, runs of
 * characters everywhere, so that a typo or an unknown ending costs a few features and not the whole word.
 */

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
  return text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u064b-\u0652\u0640]/gu, "")
    .normalize("NFC")
    .replace(unmarkedLetters, (letter) => unmarked[letter] as string)
    .replace(/[\u2018\u2019\u02bc`´]/gu, "'")
    .replace(/([^\d\s])\1{2,}/gu, "$1$1");
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
  for (let index = from; index < to; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value;
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

/** The models read the same sentences one after the other, so the last ones are remembered. */
const remembered = new Map<string, Uint32Array>();
const mostRemembered = 200;
const longestRemembered = 1_000;

/** The sorted, distinct places of a text's features. Nobody may write into them. */
export function featuresOf(text: string): Uint32Array {
  const before = remembered.get(text);
  if (before) return before;
  const features = findFeatures(text);
  if (text.length > longestRemembered) return features;
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(text, features);
  return features;
}

function findFeatures(text: string): Uint32Array {
  const normalized = normalize(text);
  const words = wordsOf(normalized);
  const found = new Set<number>();
  const bounded = ["^", ...words, "$"];
  for (let index = 0; index < bounded.length; index++) {
    const word = bounded[index] as string;
    const next = bounded[index + 1];
    const afterNext = bounded[index + 2];
    if (index > 0 && index < bounded.length - 1) found.add(placeOf(fed(begun(kinds.word), word)));
    if (next === undefined) continue;
    found.add(placeOf(fed(fedBlank(fed(begun(kinds.pair), word)), next)));
    if (afterNext === undefined) continue;
    found.add(placeOf(fed(fedBlank(fed(fedBlank(fed(begun(kinds.triple), word)), next)), afterNext)));
    found.add(placeOf(fed(fedBlank(fed(begun(kinds.apart), word)), afterNext)));
  }
  for (const word of words) {
    const [shortest, longest, padded] = unspaced.test(word) ? [1, 4, word] : [3, 5, `_${word}_`];
    for (let start = 0; start + shortest <= padded.length; start++) {
      let value = fed(begun(kinds.characters), padded, start, start + shortest - 1);
      for (let end = start + shortest; end <= padded.length && end <= start + longest; end++) {
        value = fed(value, padded, end - 1, end);
        found.add(placeOf(value));
      }
    }
  }
  for (const shape of shapesOf(text, words)) found.add(placeOf(fed(begun(kinds.shape), shape)));
  return Uint32Array.from(found).sort();
}

/** How it is written, apart from what is written: length, shouting, question and exclamation marks. */
function shapesOf(text: string, words: string[]): string[] {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const shapes = [
    `length ${words.length < 5 ? words.length : words.length < 9 ? "5-8" : words.length < 17 ? "9-16" : "17+"}`,
  ];
  if (letters > 3 && capitals / letters > 0.7) shapes.push("shouting");
  if (/[?？]/u.test(text)) shapes.push("question");
  if (/[!！]/u.test(text)) shapes.push("exclamation");
  if (/[!！?？]{2,}/u.test(text)) shapes.push("marks");
  if (/\d/u.test(text)) shapes.push("digits");
  return shapes;
}
