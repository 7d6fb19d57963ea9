import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../../kit/project";
import { remembering } from "../../../kit/remembering";
import { fold, type Language, languageOf, wordsOf } from "../language";
import { lexiconOf } from "../lexicon";
import { openWordNet } from "./wordnet";

/** What is known of a language's words: which mean the same, and of which only one can be so. */
export interface WordRelations {
  /** What is written between blanks, as it is compared: usually one word; pairs of characters where there are no blanks. */
  wordsIn(written: string): string[];
  stem(word: string): string;
  /** The stem that stands for two words: "took place" is "happen". */
  pair(first: string, second: string): string | null;
  /** Words that carry no topic. */
  empty: Set<string>;
  /** Words that say little of one: "type", "name", "called". */
  light: Set<string>;
  same(stem: string, other: string): boolean;
  /** A folded word and the stem of another that shops and their customers use for the same. */
  alike(word: string, stem: string): boolean;
  /** A folded word and the stem of another that a dictionary knows to mean the same, or to come from it; English only. */
  related(word: string, stem: string): boolean;
  /** A folded word is the name of one of a kind of things: trumpet, instrument. English only. */
  isA(word: string, kind: string): boolean;
  /** What is often asked of a thing: its price, its colour, somebody's wife. */
  attribute(stem: string): boolean;
  /** It has an opposite, or others of which only one can be so. */
  opposed(stem: string): boolean;
  /** first and last, north and south, king and queen: what is said of one is not said of the other. */
  excludes(stem: string, other: string): boolean;
  /** The value of a number written in digits or in letters. */
  number(word: string): string | null;
}

const known = new Map<string, WordRelations>();

/** The word relations of a language; read once. */
export function wordRelationsOf(code: string): WordRelations {
  const language = languageOf(code);
  let relations = known.get(language.code);
  if (!relations) {
    relations = read(language);
    known.set(language.code, relations);
  }
  return relations;
}

function read(language: Language): WordRelations {
  const lines = linesOf(language.code);
  const forms = new Map<string, string>();
  const groups = new Map<string, Set<string>>();
  const classes = new Map<string, Set<string>>();
  const pairs = new Map<string, string>();
  const numbers = new Map<string, string>();
  // What customers wrap a question in says as little.
  const light = new Set([...language.empty].filter((word) => !language.stops.has(word)));
  const attributes = new Set<string>();
  const lexicon = lexiconOf(language);
  const stem = (word: string) => {
    const plainest = forms.get(word) ?? word;
    return language.stem(language.code === "en" ? americanOf(plainest) : plainest);
  };
  const stemOf = (text: string) => wordsOf(text).map(stem).join(" ");
  for (const line of lines)
    if (line.startsWith("forms: ")) {
      const [first = "", ...others] = wordsOf(line.slice("forms: ".length));
      for (const other of others) if (!forms.has(other)) forms.set(other, first);
    }

  for (const [at, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#") || line.startsWith("forms: ")) continue;
    const [, mark = "", rest = line] = /^(light|attribute|number|pair):\s*(.*)$/.exec(line) ?? [];
    if (mark === "light") for (const word of wordsOf(rest)) light.add(word);
    else if (mark === "attribute") for (const word of rest.split(",")) attributes.add(stemOf(word));
    else if (mark === "number")
      for (const entry of rest.split(",")) {
        const [word = "", value = ""] = entry.split("=").map((part) => part.trim());
        numbers.set(wordsOf(word).join(" "), value);
      }
    else if (mark === "pair") {
      const [from = "", to = ""] = rest.split(">");
      for (const phrase of from.split(",")) pairs.set(stemOf(phrase), stemOf(to));
    } else if (line.includes("|")) {
      // Words before the same "|" are one side of the choice: "begin, start | end, finish".
      for (const [side, words] of line.split("|").entries())
        for (const word of words.split(",")) put(classes, stemOf(word), `${at}:${side}`);
    } else {
      // "take = carry, last": each of them may stand for the first, but not for one another.
      const [head = "", others] = line.split(" = ");
      const words = (others ?? head).split(",");
      for (const [index, word] of words.entries()) {
        const stems = stemOf(word);
        const group = others === undefined ? `${at}` : `${at}:${index}`;
        put(groups, stems, group);
        if (others !== undefined) put(groups, stemOf(head), group);
        // "gave up" is one word.
        for (const one of [stems, stemOf(head)]) if (particle.test(one) && !pairs.has(one)) pairs.set(one, one);
      }
    }
  }

  const memory = { most: 50_000, longest: 100 };
  /** Stems of the single words that customers and help centres use for the same. */
  const conceptOf = remembering((word) => {
    const phrases = lexicon.at([word], 0)?.phrases ?? [];
    return new Set(phrases.filter(({ length }) => length === 1).map(([one]) => stem(one as string)));
  }, memory);
  const dictionary = language.code === "en" ? openWordNet() : null;
  const base = (word: string) => forms.get(word) ?? word;
  // Of one word often fifty others.
  const relativesOf = remembering((word) => new Set(dictionary?.relatives(base(word)).map(stem)), {
    ...memory,
    most: 5_000,
  });
  const wordsIn = remembering((written) => {
    const folded = fold(written).trim();
    return (unspaced.test(written) ? folded : plain(folded, language.code)).split(/\s+/).filter(Boolean);
  }, memory);
  return {
    wordsIn,
    stem,
    related: (word, otherStem) => relativesOf(word).has(otherStem),
    isA: (word, kind) => dictionary?.isA(base(word), base(kind)) ?? false,
    alike: (word, otherStem) => conceptOf(word).has(otherStem),
    pair: (first, second) => pairs.get(`${first} ${second}`) ?? null,
    empty: language.stops,
    light,
    attribute: (one) => attributes.has(one),
    opposed: (one) => classes.has(one),
    same(one, other) {
      const mine = groups.get(one);
      const theirs = groups.get(other);
      if (mine && theirs) for (const group of mine) if (theirs.has(group)) return true;
      return false;
    },
    excludes(one, other) {
      if (negated(one, other) || negated(other, one)) return true;
      const mine = classes.get(one);
      const theirs = classes.get(other);
      if (!mine || !theirs) return false;
      for (const entry of mine) {
        const [line] = entry.split(":");
        if (theirs.has(entry)) continue;
        for (const their of theirs) if (their.split(":")[0] === line) return true;
      }
      return false;
    },
    number(word) {
      const spelt = numbers.get(word);
      if (spelt !== undefined) return spelt;
      if (!/^\d/.test(word)) return null;
      const digits = word.replace(/(?:st|nd|rd|th|s)$/, "");
      // "4,300" and "4300" are one number; "4,90" and "4.90" too.
      return /^\d{1,3}(?:[.,]\d{3})+$/.test(digits) ? digits.replace(/[.,]/g, "") : digits.replace(",", ".");
    },
  };
}

/** The lines of words/en.txt, words/en-verbs.txt and so on. */
function linesOf(code: string): string[] {
  const folder = projectPath("services/assistant/answerability/words");
  return readdirSync(folder)
    .filter((name) => name === `${code}.txt` || name.startsWith(`${code}-`))
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"));
}

const particle = /^\S+ (?:up|out|off|down|over|away|in|on|back|for|into|about|together|through|along|ahead|across)$/;

/** "organise" and "organize", "colour" and "color": told apart by nothing but where they are written. */
function americanOf(word: string): string {
  return word
    .replace(/is(?=(?:e[ds]?|ing|ers?|ations?)$)/, "iz")
    .replace(/(?<=.{3})our(?=(?:s|ed|ing|able|ite|ful|ers?)?$)/, "or");
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** "France's" is France, "l'article" is article; "don't" stays itself, since it denies. */
function plain(word: string, code: string): string {
  if (/n't$/.test(word)) return word.replace("'", "");
  if (code === "fr" || code === "it") return word.replace(/^[a-z]{1,6}'/, "");
  return word.replace(/'.*$/, "");
}

function put<Value>(to: Map<string, Set<Value>>, key: string, value: Value): void {
  if (key === "") return;
  const values = to.get(key) ?? new Set<Value>();
  to.set(key, values.add(value));
}

/** "unfocused" and "focus", "illegal" and "legal". */
function negated(one: string, other: string): boolean {
  const prefix = /^(?:un|in|im|il|ir|dis|non|mis|des|onge|on)(?=.{4})/.exec(one)?.[0];
  if (prefix === undefined || other.length < 4) return false;
  const rest = one.slice(prefix.length);
  return rest.startsWith(other) && rest.length - other.length <= 1;
}
