import { readLearned } from "./learned/learned-file";
import { fold, stemOf } from "./text";

/** What words mean the same, as services/policy/concepts says; `npm run train` takes it apart beforehand. */
export interface Thesaurus {
  /** Names of the concepts, and the world each belongs to ("" for none). */
  concepts: string[];
  kinds: string[];
  /** Numbers of the concepts that gather kinds of a thing, which are not the same thing: cotton and silk. */
  gathers: number[];
  /** Number of the concept by English word as written, and by its stem where no word says otherwise. */
  english: Map<string, number>;
  stems: Map<string, number>;
  /** By expressions of several words, joined by blanks: as written, those in English also as stems. */
  phrases: Map<string, number>;
  /** How many words the longest of them has. */
  longest: number;
  /** By word or beginning of a word in other languages. */
  foreign: Map<string, number>;
  beginnings: Map<string, number>;
  /** Expressions in scripts without blanks, longest first, by their first character. */
  unspaced: Map<string, [string, number][]>;
}

const byConcept = ["english", "stems", "phrases", "foreign", "beginnings"] as const;

/** As JSON: of each concept its words with commas between, and what can't be found from these. */
type Written = Pick<Thesaurus, "concepts" | "kinds" | "gathers" | "longest"> &
  Record<(typeof byConcept)[number], string[]> & { unspaced: [string, [string, number][]][] };

/** The concept of words and expressions that name nothing: other languages' little words. */
export const nothing = "nothing";

let loaded: Thesaurus | undefined;

/** Read when first asked for. */
export function thesaurus(): Thesaurus {
  loaded ??= fromJson(readLearned("thesaurus.bin").toString("utf8"));
  return loaded;
}

export function toJson({ concepts, kinds, gathers, longest, unspaced, ...words }: Thesaurus): string {
  const lists = byConcept.map((part) => {
    const found = concepts.map((): string[] => []);
    for (const [word, concept] of words[part]) found[concept]?.push(word);
    return [part, found.map((list) => list.join(","))];
  });
  return JSON.stringify({ concepts, kinds, gathers, longest, unspaced: [...unspaced], ...Object.fromEntries(lists) });
}

function fromJson(json: string): Thesaurus {
  const { concepts, kinds, gathers, longest, unspaced, ...lists } = JSON.parse(json) as Written;
  const map = (words: string[]) => {
    const found = new Map<string, number>();
    for (const [concept, list] of words.entries())
      if (list !== "") for (const word of list.split(",")) found.set(word, concept);
    return found;
  };
  return {
    concepts,
    kinds,
    gathers,
    longest,
    english: map(lists.english),
    stems: map(lists.stems),
    phrases: map(lists.phrases),
    foreign: map(lists.foreign),
    beginnings: map(lists.beginnings),
    unspaced: new Map(unspaced),
  };
}

export const withoutBlanks = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** "how does it work", "my card does not work": the verb, which has nothing to do with anybody's work. */
const works =
  /\b((?:do|does|did|not|will|would|can|could|should|make it|made it|wont|doesnt|dont)\b[^.?!]{0,60}?)(?<!\b(?:to|at|from|my|for|off|of|after|the|your|i|we|you|they|who) )works?\b|\b((?:it|this|that|which) )works?\b/g;

/** Words as everything here compares them: folded, "can't" taken apart, no signs. */
export function plainWords(folded: string): string[] {
  return (
    folded
      .replace(/\b(ca|wo)n't\b/g, (_, start: string) => (start === "ca" ? "can not" : "will not"))
      .replace(/n't\b|\bcannot\b/g, (found) => (found === "cannot" ? "can not" : " not"))
      .replace(/\b(do|did|does|is|was|are|has|have|would|could|should)nt\b/g, "$1 not")
      .replace(/\b(cant|wont)\b/g, "not")
      .replace(/'(s|m|re|ve|ll|d)\b/g, "")
      .replace(works, (_, before?: string, other?: string) => `${before ?? other}function`)
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

/** One thing a text names: its concept, if it has one, else its stem. */
export interface Idea {
  /** The concept's name, or the stem. */
  name: string;
  stem: string;
  known: boolean;
  /** The world its concept belongs to; "" for none. */
  kind: string;
  /** Its concept, undefined for a word that has none. */
  concept: number | undefined;
}

const figure =
  /^(?:\p{N}+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|dozen)$/u;

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
  by: Thesaurus = thesaurus(),
): Idea[] {
  const plain = plainWords(fold(text));
  const words = withoutBlanks.test(text)
    ? plain.flatMap((word) => (withoutBlanks.test(word) ? cut(word, by) : [word]))
    : plain;
  const stems = words.map((word) => (word.startsWith("\u0001") || withoutBlanks.test(word) ? word : stemOf(word)));
  const ideas: Idea[] = [];
  const put = (concept: number | undefined, stem: string, known: boolean) => {
    if (concept !== undefined && by.concepts[concept] === nothing) return;
    const [name, kind] =
      concept === undefined ? [stem, ""] : [by.concepts[concept] as string, by.kinds[concept] as string];
    ideas.push({ name, stem, known, kind, concept });
  };
  const foreign = isForeign(words, stems, knows, by);
  for (let at = 0; at < words.length; at += 1) {
    const phrase = phraseAt(words, stems, at, by);
    if (phrase) {
      put(phrase.concept, phrase.key, true);
      at += phrase.length - 1;
      continue;
    }
    const word = words[at] as string;
    let stem = stems[at] as string;
    if (word.startsWith("\u0001")) {
      put(Number(word.slice(1)), by.concepts[Number(word.slice(1))] as string, true);
      continue;
    }
    if (emptyWords.has(word) && !(foreign && by.foreign.has(word))) continue;
    if (figure.test(word)) {
      const name = Number(word) >= 20 ? "##" : "#";
      ideas.push({ name, stem: name, known: true, kind: "", concept: undefined });
      continue;
    }
    if (foreign) {
      // "hat", "die", "Bad": words of both languages mean what they mean in the one that is spoken.
      const concept = meantAbroad(word, by) ?? by.stems.get(stem);
      put(concept, stem, concept !== undefined || knows(stem));
      continue;
    }
    let concept = by.english.get(word) ?? by.stems.get(stem);
    let known = concept !== undefined || knows(stem);
    if (!known) {
      concept = by.foreign.get(word) ?? beginningOf(word, by.beginnings);
      if (concept === undefined && word.length >= 5) {
        const meant = respell(stem);
        if (meant !== undefined) [stem, concept] = [meant, by.stems.get(meant)];
      }
      known = concept !== undefined || knows(stem);
    }
    put(concept, stem, known);
  }
  return ideas;
}

/** Whether more of the words are known in other languages only than in English only. */
function isForeign(words: string[], stems: string[], knows: (stem: string) => boolean, by: Thesaurus): boolean {
  let lean = 0;
  for (const [at, word] of words.entries()) {
    const stem = stems[at] as string;
    const here = emptyWords.has(word) || by.english.has(word) || by.stems.has(stem) || knows(stem);
    const there = by.foreign.has(word) || beginningOf(word, by.beginnings) !== undefined;
    if (there !== here) lean += there ? 1 : -1;
  }
  return lean > 0;
}

/** What a word of a foreign text means; "Ueberweisung" is written "Überweisung", too, which folds to "uberweisung". */
function meantAbroad(word: string, { foreign, english, beginnings }: Thesaurus): number | undefined {
  const plain = word.replace(/([aou])e/g, "$1");
  return (
    foreign.get(word) ??
    english.get(word) ??
    beginningOf(word, beginnings) ??
    (plain === word ? undefined : (foreign.get(plain) ?? beginningOf(plain, beginnings)))
  );
}

/** The longest expression that begins with a word; of one length, as written before as stems. */
function phraseAt(words: string[], stems: string[], at: number, { phrases, longest }: Thesaurus) {
  let found: { concept: number; key: string; length: number } | undefined;
  let written = words[at] as string;
  let key = stems[at] as string;
  const most = Math.min(longest, words.length - at);
  for (let length = 2; length <= most; length += 1) {
    written += ` ${words[at + length - 1]}`;
    key += ` ${stems[at + length - 1]}`;
    const concept = phrases.get(written) ?? phrases.get(key);
    if (concept !== undefined) found = { concept, key, length };
  }
  return found;
}

function beginningOf(word: string, beginnings: Map<string, number>): number | undefined {
  for (let length = word.length; length >= 2; length -= 1) {
    const concept = beginnings.get(word.slice(0, length));
    if (concept !== undefined) return concept;
  }
  return undefined;
}

/** A run of characters without blanks, cut at the expressions known; the rest goes by single characters. */
function cut(run: string, { unspaced, concepts }: Thesaurus): string[] {
  const parts: string[] = [];
  for (let at = 0; at < run.length; ) {
    const hit = unspaced.get(run[at] as string)?.find(([word]) => run.startsWith(word, at));
    if (hit && concepts[hit[1]] !== nothing) parts.push(`\u0001${hit[1]}`);
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
