import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../kit/project";
import { fold, stemOf } from "./text";

/** Where the concepts lie: `concept: word, several words, beginning*` a line; en.txt first, then a file a language. */
const folder = () => projectPath("services/policy/concepts");

interface Thesaurus {
  /** Concept by English stem. */
  english: Map<string, string>;
  /** Concept by stems of an expression of several words, joined by blanks, and how many words the longest has. */
  phrases: Map<string, string>;
  longestPhrase: number;
  /** Concept by word or beginning of a word in other languages. */
  foreign: Map<string, string>;
  beginnings: Map<string, string>;
  /** Expressions in scripts without blanks, longest first, by their first character. */
  unspaced: Map<string, [string, string][]>;
}

let loaded: Thesaurus | undefined;

/** Read once. A concept's own name is one of its words. */
export function thesaurus(): Thesaurus {
  loaded ??= read();
  return loaded;
}

const withoutBlanks = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function read(): Thesaurus {
  const found: Thesaurus = {
    english: new Map(),
    phrases: new Map(),
    longestPhrase: 1,
    foreign: new Map(),
    beginnings: new Map(),
    unspaced: new Map(),
  };
  const files = readdirSync(folder()).filter((name) => name.endsWith(".txt"));
  for (const file of files.sort()) {
    const isEnglish = file.startsWith("en");
    for (const line of readFileSync(join(folder(), file), "utf8").split("\n")) {
      const colon = line.indexOf(":");
      if (colon < 0 || line.startsWith("#")) continue;
      const name = line.slice(0, colon).trim();
      const words = line.slice(colon + 1).split(",");
      if (isEnglish) words.push(name.replace(/-/g, " "));
      // What a word of another language means is what the English word of the same name means.
      const concept = isEnglish ? name : (found.english.get(stemOf(name)) ?? name);
      for (const word of words) add(found, concept, fold(word), isEnglish);
    }
  }
  for (const list of found.unspaced.values()) list.sort((a, b) => b[0].length - a[0].length);
  return found;
}

function add(to: Thesaurus, concept: string, word: string, isEnglish: boolean): void {
  if (word === "") return;
  if (withoutBlanks.test(word)) {
    const first = word[0] as string;
    to.unspaced.set(first, [...(to.unspaced.get(first) ?? []), [word, concept]]);
    return;
  }
  if (word.endsWith("*")) {
    if (!to.beginnings.has(word.slice(0, -1))) to.beginnings.set(word.slice(0, -1), concept);
    return;
  }
  const words = plainWords(word);
  if (words.length > 1) {
    const key = words.map(stemOf).join(" ");
    if (!to.phrases.has(key)) to.phrases.set(key, concept);
    to.longestPhrase = Math.max(to.longestPhrase, words.length);
  } else if (isEnglish) {
    if (!to.english.has(stemOf(word))) to.english.set(stemOf(word), concept);
  } else if (!to.foreign.has(word)) to.foreign.set(word, concept);
}

/** Words as everything here compares them: folded, "can't" taken apart, no signs. */
export function plainWords(folded: string): string[] {
  return (
    folded
      .replace(/\b(ca|wo)n't\b/g, (_, start: string) => (start === "ca" ? "can not" : "will not"))
      .replace(/n't\b|\bcannot\b/g, (found) => (found === "cannot" ? "can not" : " not"))
      .replace(/\b(do|did|does|is|was|are|has|have|would|could|should)nt\b/g, "$1 not")
      .replace(/\b(cant|wont)\b/g, "not")
      .replace(/'(s|m|re|ve|ll|d)\b/g, "")
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

/** One thing a text names: its concept, if it has one, else its stem. */
export interface Idea {
  /** The concept's name, or the stem. */
  name: string;
  stem: string;
  known: boolean;
}

/**
 * What a text names, in order: expressions of several words first, then words; words of other languages by their
 * English concept; a word nobody knows by the known word that is one slip of the fingers away.
 * @param knows whether an English stem is known beside the thesaurus
 * @param respell the known stem nearest to an unknown one, or undefined
 */
export function ideasIn(
  text: string,
  knows: (stem: string) => boolean,
  respell: (stem: string) => string | undefined = () => undefined,
): Idea[] {
  const { english, phrases, longestPhrase, foreign, beginnings } = thesaurus();
  const words = plainWords(fold(text)).flatMap((word) => (withoutBlanks.test(word) ? cut(word) : [word]));
  const stems = words.map((word) => (withoutBlanks.test(word) || word.startsWith("\u0001") ? word : stemOf(word)));
  const ideas: Idea[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const phrase = phraseAt(stems, at, phrases, longestPhrase);
    if (phrase) {
      ideas.push({ name: phrase.concept, stem: phrase.key, known: true });
      at += phrase.length - 1;
      continue;
    }
    const word = words[at] as string;
    let stem = stems[at] as string;
    if (word.startsWith("\u0001")) {
      ideas.push({ name: word.slice(1), stem: word.slice(1), known: true });
      continue;
    }
    if (emptyWords.has(word)) continue;
    let concept = english.get(stem);
    let known = concept !== undefined || knows(stem);
    if (!known) {
      concept = foreign.get(word) ?? beginningOf(word, beginnings);
      if (concept === undefined && word.length >= 5) {
        const meant = respell(stem);
        if (meant !== undefined) [stem, concept] = [meant, english.get(meant)];
      }
      known = concept !== undefined || knows(stem);
      if (concept === "nothing") continue;
    }
    ideas.push({ name: concept ?? stem, stem, known });
  }
  return ideas;
}

function phraseAt(stems: string[], at: number, phrases: Map<string, string>, longest: number) {
  for (let length = Math.min(longest, stems.length - at); length > 1; length -= 1) {
    const key = stems.slice(at, at + length).join(" ");
    const concept = phrases.get(key);
    if (concept !== undefined) return { concept, key, length };
  }
  return undefined;
}

function beginningOf(word: string, beginnings: Map<string, string>): string | undefined {
  for (let length = word.length; length >= 2; length -= 1) {
    const concept = beginnings.get(word.slice(0, length));
    if (concept !== undefined) return concept;
  }
  return undefined;
}

/** A run of characters without blanks, cut at the expressions known; the rest goes by single characters. */
function cut(run: string): string[] {
  const { unspaced } = thesaurus();
  const parts: string[] = [];
  for (let at = 0; at < run.length; ) {
    const hit = unspaced.get(run[at] as string)?.find(([word]) => run.startsWith(word, at));
    if (hit && hit[1] !== "nothing") parts.push(`\u0001${hit[1]}`);
    else if (!hit) parts.push(run[at] as string);
    at += hit ? hit[0].length : 1;
  }
  return parts;
}

/** Words that say nothing about the matter. Question words, negations and times stay: they tell matters apart. */
export const emptyWords = new Set(
  `a an the i im ive id me my mine myself we us our ours you your yours u ur it its this that these those there here he she him her his
they them their is are was were be been being am isnt do does did doing done have has had having will would shall should can could
may might must of to in on at for with by from as into onto upon about and or but if so then than also just really very please pls plz thanks
thank hi hello hey ok okay yes oh well like some any all such get got getting gotten make made go going let lets know tell say said
want wants wanted need needs needed help me able try trying tried possible way thing things something anything kind sort bit lot
way wonder wondering looking question understand sure guys team somehow actually currently right now today recently
s t d m re ve ll`
    .split(/\s+/)
    .filter(Boolean),
);
