import type { Language } from "../language";
import { sentencesOf } from "../passages";
import { misspells } from "../retrieve";
import type { Asked, AskedTerm } from "./asked";
import { type Token, tokensOf } from "./tokens";
import type { WordRelations } from "./word-relations";

/** A text that may hold the answer: what stands above it (title, heading) and its sentences. */
export interface Document {
  above: string;
  text: string;
}

export interface Sentence {
  text: string;
  tokens: Token[];
  document: number;
}

/** How a term is met in one sentence: 0..1, and by which of its words. */
export interface Met {
  quality: number;
  at: number;
}

/** The documents, read, and where each term of the question is met. */
export interface Aligned {
  sentences: Sentence[];
  /** Per sentence, per term. */
  met: Met[][];
  /** Per document, per term: 0..1 in what stands above it. */
  above: number[][];
  /** Per term: how rare it is among the sentences, times what it says by itself. */
  weights: number[];
}

/** Words that documents write with a capital inside sentences, and never without. */
export function namesOf(texts: string[]): (word: string) => boolean {
  const capital = new Set<string>();
  const small = new Set<string>();
  for (const text of texts) {
    for (const [found] of text.matchAll(/(?<=[\p{Ll}\p{N},;)]['’]?s?\s+)\p{Lu}[\p{L}\p{M}]+/gu))
      capital.add(found.toLowerCase());
    for (const [found] of text.matchAll(/(?<![\p{L}\p{M}])\p{Ll}[\p{L}\p{M}]+/gu)) small.add(found);
  }
  return (word) => capital.has(word) && !small.has(word);
}

/** Puts question and documents side by side. Pure. */
export function align(
  asked: Asked,
  documents: Document[],
  language: Language,
  relations: WordRelations,
  isName: (word: string) => boolean,
): Aligned {
  const sentences = documents.flatMap(({ text }, document) =>
    wholeSentencesOf(text).map((sentence) => ({
      text: sentence,
      tokens: tokensOf(sentence, language, relations, isName),
      document,
    })),
  );
  for (const { tokens } of sentences) markPairs(tokens, relations);
  const acronyms = acronymsIn([asked.tokens, ...sentences.map(({ tokens }) => tokens)]);
  const measure = asked.terms.map((term) => likeness(term, asked, sentences, language, relations, acronyms));
  const met = sentences.map(({ tokens }) =>
    together(
      asked.terms,
      measure.map((like) => allBest(tokens, like)),
    ),
  );
  const headings = documents.map(({ above }) => tokensOf(above, language, relations, isName));
  const above = headings.map((tokens) => measure.map((like) => allBest(tokens, like).quality));
  const weights = asked.terms.map((term, index) => {
    const frequency = met.filter((row) => (row[index] as Met).quality >= 0.7).length;
    const rarity = Math.log(1 + (sentences.length + 1) / (frequency + 0.5)) / Math.log(2 + 2 * sentences.length);
    return term.weight * (0.4 + 0.6 * rarity);
  });
  return { sentences, met, above, weights };
}

const shortened =
  /(?:^|[\s(])(?:St|Mr|Mrs|Ms|Dr|Jr|Sr|Lt|Col|Gen|Capt|Sgt|Prof|Rev|No|Nr|vs|v|ca|c|approx|e\.g|i\.e|z\.B|bzw|Hr|Fr|Sra?|Mme|p\.ej|\p{Lu})\.$/u;

/** "Gulf of St. Lawrence" is not two sentences. */
function wholeSentencesOf(text: string): string[] {
  const whole: string[] = [];
  for (const sentence of sentencesOf(text)) {
    const before = whole.at(-1);
    if (before && shortened.test(before)) whole[whole.length - 1] = `${before} ${sentence}`;
    else whole.push(sentence);
  }
  return whole;
}

/** "took place" is one word: it stands at the first of the two. */
function markPairs(tokens: Token[], relations: WordRelations): void {
  for (let at = 0; at + 1 < tokens.length; at++) {
    const stem = relations.pair((tokens[at] as Token).stem, (tokens[at + 1] as Token).stem);
    if (stem) tokens[at] = { ...(tokens[at] as Token), stem, empty: false };
  }
}

/** All the places where a term is met best. */
function allBest(tokens: Token[], like: (token: Token) => number): { quality: number; places: number[] } {
  let quality = 0;
  let places: number[] = [];
  for (const [index, token] of tokens.entries()) {
    const found = like(token);
    if (found === 0 || found < quality) continue;
    if (found > quality) places = [];
    quality = found;
    places.push(index);
  }
  return { quality, places };
}

/** Of a word that is said several times, the one that is meant stands beside the words it stands beside in the question. */
function together(terms: AskedTerm[], found: { quality: number; places: number[] }[]): Met[] {
  const chosen = found.map(({ quality, places }) => ({ quality, at: places[0] ?? -1 }));
  for (let round = 0; round < 2; round++)
    for (const [index, { places }] of found.entries()) {
      if (places.length < 2) continue;
      const own = terms[index] as AskedTerm;
      let least = Number.POSITIVE_INFINITY;
      for (const place of places) {
        let strain = 0;
        for (const [other, { at }] of chosen.entries()) {
          const away = (terms[other] as AskedTerm).at - own.at;
          if (other === index || at < 0) continue;
          strain += Math.min(12, Math.abs(at - place - away)) / Math.max(1, Math.abs(away));
        }
        if (strain < least) {
          least = strain;
          (chosen[index] as Met).at = place;
        }
      }
    }
  return chosen;
}

/** Initials of names of several words: "eu" -> european, union. */
function acronymsIn(texts: Token[][]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const tokens of texts) {
    let run: Token[] = [];
    for (const token of [...tokens, undefined]) {
      if (token?.capital) {
        run.push(token);
        continue;
      }
      for (let start = 0; start < run.length - 1; start++) {
        const part = run.slice(start);
        const initials = part.map(({ word }) => word[0]).join("");
        const stems = found.get(initials) ?? new Set<string>();
        for (const { stem } of part) stems.add(stem);
        found.set(initials, stems);
      }
      // "Treaty on the Functioning of the ...": small words do not end a name.
      if (!token?.empty || run.length > 6) run = [];
    }
  }
  return found;
}

/** "gun powder" is gunpowder. */
function joinedWith(term: AskedTerm, { tokens }: Asked): Set<string> {
  const before = tokens[term.at - 1];
  const after = tokens[term.at + 1];
  const joined = new Set<string>();
  if (term.at < 0 || term.number !== null) return joined;
  if (before && !before.empty && before.number === null) joined.add(before.word + term.word);
  if (after && !after.empty && after.number === null) joined.add(term.word + after.word);
  return joined;
}

/** How much a word of the documents means a term. */
function likeness(
  term: AskedTerm,
  asked: Asked,
  sentences: Sentence[],
  language: Language,
  relations: WordRelations,
  acronyms: Map<string, Set<string>>,
): (token: Token) => number {
  const known = new Map<string, number>();
  const written = sentences.some(({ tokens }) => tokens.some(({ stem }) => stem === term.stem));
  const expanded = acronyms.get(term.word);
  const joined = joinedWith(term, asked);
  const like = (token: Token): number => {
    if (token.stem === term.stem && !(term.years && token.years)) return 1;
    if (term.years && token.years) return term.years[0] <= token.years[0] && token.years[1] <= term.years[1] ? 1 : 0;
    if (term.number !== null || token.number !== null)
      return term.number !== null && term.number === token.number ? 1 : 0;
    if (joined.has(token.word)) return 1;
    if (token.empty && token.word.length < 5) return 0;
    // "When do you close?" is told by opening hours; "who closed it?" not by who opened it.
    const opposite = relations.excludes(term.stem, token.stem);
    if (relations.alike(term.word, token.stem) && (asked.kind === "DATE" || !opposite)) return 0.9;
    if (opposite) return 0;
    if (relations.same(term.stem, token.stem) || relations.related(term.word, token.stem)) return 0.9;
    if (expanded?.has(token.stem) && token.capital) return 0.85;
    if (token.capital && token.word.length <= 5 && acronyms.get(token.word)?.has(term.stem)) return 0.85;
    if (derived(term, token)) return 0.75;
    if (language.compounds && glued(term.stem, token.stem)) return 0.75;
    if (!written && slipped(term.word, token.word)) return 0.8;
    return 0;
  };
  return (token) => {
    const key = token.years
      ? `${token.word} ${token.years}`
      : token.word === token.stem
        ? token.word
        : `${token.word} ${token.stem}`;
    let quality = known.get(key);
    if (quality === undefined) {
      quality = like(token);
      known.set(key, quality);
    }
    return quality;
  };
}

function slipped(written: string, meant: string): boolean {
  if (written.length < 4 || (written[0] !== meant[0] && written.length < 6)) return false;
  if (/\d/.test(written) || written.slice(1) === meant || meant.slice(1) === written) return false;
  return misspells(written, meant, written.length < 9 ? 1 : 2);
}

/** Of one family: "invade", "invasion"; "Norway" and "Northern" are not. */
function derived(term: AskedTerm, token: Token): boolean {
  const one = term.stem;
  const other = token.stem;
  const shorter = Math.min(one.length, other.length);
  const longer = Math.max(one.length, other.length);
  if (shorter < 4 || longer - shorter > 5) return false;
  let same = 0;
  while (same < shorter && one[same] === other[same]) same++;
  if (same === shorter) return shorter >= 5 || longer - shorter <= 3;
  return same >= 5 ? same >= shorter - 2 && same >= longer / 2 : same === 4 && shorter === 5 && longer <= 7;
}

function glued(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= 5 && (long.startsWith(short) || long.endsWith(short));
}
