import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../../kit/project";
import { fold, stemOf } from "../text";
import { nothing, plainWords, type Thesaurus, withoutBlanks } from "../thesaurus";

/**
 * Takes services/policy/concepts apart: `concept: word, several words, beginning*` a line (with `~` for kinds of a thing),
 * `[kind]` above concepts of one world; the English files first, en.txt before all, then a file a language. A concept's own name is one of its words.
 */
export function compileThesaurus(): Thesaurus {
  const folder = projectPath("services/policy/concepts");
  const to: Thesaurus = {
    concepts: [],
    kinds: [],
    gathers: [],
    english: new Map(),
    stems: new Map(),
    phrases: new Map(),
    longest: 0,
    foreign: new Map(),
    beginnings: new Map(),
    unspaced: new Map(),
  };
  const numbers = new Map<string, number>();
  const add = (name: string, kind: string) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const number = to.concepts.push(name) - 1;
    to.kinds.push(kind);
    numbers.set(name, number);
    return number;
  };
  /** What a word of another language means is what the English word of the same name means. */
  const meantBy = (name: string) =>
    numbers.get(name) ??
    (name === nothing ? add(name, "") : (to.english.get(name) ?? to.stems.get(stemOf(name)) ?? add(stemOf(name), "")));
  const files = readdirSync(folder).flatMap((file) => (file.endsWith(".txt") ? [file.slice(0, -4)] : []));
  const isEnglish = (file: string) => /^en\b/.test(file);
  for (const file of [...files.filter(isEnglish).sort(), ...files.filter((file) => !isEnglish(file)).sort()]) {
    let kind = "";
    for (const line of readFileSync(join(folder, `${file}.txt`), "utf8").split("\n")) {
      kind = /^\[(\w*)\]$/.exec(line)?.[1] ?? kind;
      const [, name, sign, rest] = /^([\w-]+) ?([:~])(.*)$/.exec(line) ?? [];
      if (name === undefined || rest === undefined) continue;
      const words = rest.split(",");
      if (isEnglish(file)) words.push(name.replace(/-/g, " "));
      const concept = isEnglish(file) ? add(name, kind) : meantBy(name);
      if (sign === "~") to.gathers.push(concept);
      for (const word of words) put(to, concept, fold(word), isEnglish(file));
    }
  }
  for (const list of to.unspaced.values()) list.sort((a, b) => b[0].length - a[0].length);
  return { ...to, longest: Math.max(...Array.from(to.phrases.keys(), (phrase) => phrase.split(" ").length)) };
}

function put(to: Thesaurus, concept: number, word: string, isEnglish: boolean): void {
  if (word === "") return;
  if (withoutBlanks.test(word)) {
    const first = word[0] as string;
    to.unspaced.set(first, [...(to.unspaced.get(first) ?? []), [word, concept]]);
    return;
  }
  if (word.endsWith("*")) {
    setOnce(to.beginnings, word.slice(0, -1), concept);
    return;
  }
  const words = plainWords(word);
  const [first] = words;
  if (first === undefined) return;
  if (words.length === 1) {
    if (isEnglish) {
      setOnce(to.english, first, concept);
      setOnce(to.stems, stemOf(first), concept);
    } else setOnce(to.foreign, word, concept);
    return;
  }
  setOnce(to.phrases, words.join(" "), concept);
  if (isEnglish) setOnce(to.phrases, words.map(stemOf).join(" "), concept);
}

function setOnce(map: Map<string, number>, key: string, value: number): void {
  if (!map.has(key)) map.set(key, value);
}
