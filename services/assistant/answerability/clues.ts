import type { Aligned, Met } from "./align";
import { type Asked, type AskedTerm, denies, type Kind } from "./asked";
import { candidatesIn } from "./candidates";
import {
  candidateDistance,
  contradictions,
  countedIn,
  deniedAlike,
  deniedBeside,
  holdsOneOfTheKind,
  nameTorn,
  replacements,
  wordForWord,
} from "./comparisons";
import { met, type Place, placeOf } from "./places";
import { rolesFound } from "./roles";
import type { WordRelations } from "./word-relations";

/** What speaks for and against one sentence holding the answer. */
export interface Clues {
  sentence: number;
  /** In the order of `clueNames`. */
  values: number[];
  /** Words of the question that the sentence and what is around it do not say. */
  missing: string[];
  /** Words it says otherwise: "first" where the question asks for the last. */
  otherwise: string[];
}

/** The sentence that, with what is around it, says most of what is asked. Null where there is none. */
export function closestSentence(asked: Asked, aligned: Aligned): number | null {
  const { sentences, weights } = aligned;
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const scores = sentences.map((sentence, at) => {
    const here = asked.terms.reduce((sum, _, term) => sum + (weights[term] as number) * reach(aligned, at, term), 0);
    const terms = aligned.met[at] as Met[];
    const used = new Set(terms.filter(({ quality }) => quality >= met).map(({ at: place }) => sentence.tokens[place]));
    const held = candidatesIn(asked.kind, sentence, (token) => used.has(token), asked.text).length > 0;
    return here / total + (held ? 0.15 : 0);
  });
  const most = Math.max(...scores);
  return scores.length === 0 ? null : scores.indexOf(most);
}

/** How well a term is met in a sentence, its neighbours or its document. */
function reach({ sentences, met: table, above }: Aligned, at: number, term: number): number {
  const { document } = sentences[at] as { document: number };
  const quality = (index: number) =>
    sentences[index]?.document === document ? (table[index]?.[term]?.quality ?? 0) : 0;
  let farther = 0;
  for (const [index, sentence] of sentences.entries())
    if (sentence.document === document && index !== at) farther = Math.max(farther, quality(index));
  return Math.max(
    quality(at),
    0.6 * quality(at - 1),
    0.4 * quality(at + 1),
    0.6 * (above[document]?.[term] ?? 0),
    0.3 * farther,
  );
}

/** Kinds of answer that a sentence visibly holds or not. */
const telling: Kind[] = ["PERSON", "DATE", "NUMBER", "COLOUR", "NAMED"];

/** Every clue, and which way it may point: towards an answer or away from one. */
const clueSigns: Record<string, 1 | -1> = {
  "covered in its document": 1,
  "by other words": 1,
  "name near": -1,
  "name missing": -1,
  "word near": -1,
  "word nowhere": -1,
  "number near": -1,
  "number missing": -1,
  "said otherwise": -1,
  "said otherwise beside a match": -1,
  "opposed word missing": -1,
  "name torn from its word": -1,
  "word for word but for one": -1,
  clean: 1,
  "denied in the question": -1,
  "denied in the question only": -1,
  "candidate far": -1,
  ...Object.fromEntries(telling.map((kind) => [`asks ${kind}, no candidate`, -1] as const)),
  "counted by a number": 1,
  "not counted": -1,
  "acted on otherwise": -1,
  "its subject missing": -1,
  "attribute missing": -1,
  "attribute missing, nothing of its kind": -1,
  "holds one of the kind": 1,
};

export const clueNames = Object.keys(clueSigns);
export const signOf = (at: number): number => clueSigns[clueNames[at] as string] as number;

/** Among what is said otherwise: the question asks for what is *not* so, the sentence tells what is. */
export const notSo = "not";

/** Everything that is noticed about one sentence. Pure. */
export function cluesOf(asked: Asked, aligned: Aligned, at: number, relations: WordRelations): Clues {
  const { weights } = aligned;
  const sentence = aligned.sentences[at] as Aligned["sentences"][number];
  const here = aligned.met[at] as Met[];
  const { tokens } = sentence;
  const placed = asked.terms.map((_, term) => placeOf(aligned, at, term));
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const share = (has: (place: Place, term: number) => boolean) =>
    placed.reduce((sum, place, term) => sum + (has(place, term) ? (weights[term] as number) : 0), 0) / total;
  const count = (is: (term: AskedTerm, place: Place) => boolean) =>
    asked.terms.filter((term, index) => term.weight >= 0.5 && is(term, placed[index] as Place)).length;
  const classOf = (term: AskedTerm) => (term.number !== null ? "number" : term.name ? "name" : "word");
  const missing = (of: string) => count((term, place) => classOf(term) === of && away(place));

  const used = new Map<number, number>();
  for (const [term, { quality, at: place }] of here.entries()) if (quality >= met) used.set(place, term);
  const matched = [...used.keys()].sort((one, other) => one - other);
  const taken = new Set(matched.map((place) => tokens[place]));
  const candidates = candidatesIn(asked.kind, sentence, (token) => taken.has(token), asked.text);
  const { otherwise, beside } = contradictions(asked, placed, tokens, used, here, relations);
  const replaced = replacements(asked, here, tokens, used);
  const torn = nameTorn(asked, here, tokens);
  const verbatim = wordForWord(asked, tokens);
  const denied = asked.denied && !deniedAlike(asked, here, tokens);
  const deniedHere = !asked.denied && deniedBeside(tokens, used);
  const roles = asked.english ? rolesFound(asked, here, tokens, met) : null;
  const counted = countedIn(asked, here, tokens);
  const attributes = asked.terms.filter(
    (term, index) => placed[index] !== "sentence" && !term.earlier && relations.attribute(term.stem),
  ).length;
  const changes = missing("word") + missing("name") + replaced.names + replaced.words;

  const values: (number | boolean)[] = [
    share((place) => place !== "elsewhere" && place !== "nowhere"),
    share((place, term) => place === "sentence" && (here[term] as Met).quality < exact),
    count((term, place) => classOf(term) === "name" && place === "near"),
    missing("name"),
    count((term, place) => classOf(term) === "word" && place === "near"),
    count((term, place) => classOf(term) === "word" && place === "nowhere"),
    count((term, place) => classOf(term) === "number" && place === "near") > 0,
    missing("number") > 0,
    otherwise.length > 0,
    beside,
    count((term, place) => away(place) && !term.name && relations.opposed(term.stem)) > 0,
    torn,
    verbatim >= 0.5 && changes === 1 ? verbatim : 0,
    otherwise.length === 0 && replaced.names === 0 && !torn && !denied && !deniedHere,
    denied,
    asked.denied && !denies(sentence.text),
    candidateDistance(candidates, matched),
    ...telling.map((kind) => asked.kind === kind && candidates.length === 0),
    counted === true,
    counted === false,
    roles?.turned ?? false,
    roles?.subjectMissing ?? false,
    attributes > 0,
    attributes > 0 && candidates.length === 0,
    holdsOneOfTheKind(asked, tokens, used, relations),
  ];
  return {
    sentence: at,
    values: values.map((value) => Math.min(3, Number(value))),
    missing: asked.terms
      .filter(({ weight }, index) => weight >= 0.5 && away(placed[index] as Place))
      .map(({ word }) => word),
    otherwise: denied ? [...otherwise, notSo] : otherwise,
  };
}

const away = (place: Place) => place !== "sentence" && place !== "near";

/** From this quality on a word is met by itself, below by another one. */
const exact = 0.95;
