import type { Aligned, Met } from "./align";
import { type Asked, type AskedTerm, denies, kinds } from "./asked";
import { candidatesIn } from "./candidates";
import {
  bestClause,
  candidateDistance,
  contradictions,
  countedIn,
  inOrder,
  pairsKept,
  replacements,
  tornPairs,
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

const classes = ["name", "word"] as const;
const places: Place[] = ["near", "document", "elsewhere", "nowhere"];

/** Every clue, and which way it may point: towards an answer, away from one, or as it is learned. */
const clueSigns: Record<string, 1 | -1 | 0> = {
  "covered in the sentence": 1,
  "covered near it": 1,
  "covered in its document": 1,
  "covered, and all of it": 1,
  "covered near, and all of it": 1,
  "heaviest missing": -1,
  ...Object.fromEntries(classes.flatMap((kind) => places.map((place) => [`${kind} ${place}`, -1] as const))),
  "number near": -1,
  "number missing": -1,
  "one word missing": -1,
  "two words missing": -1,
  "more words missing": -1,
  "one name missing": -1,
  "more names missing": -1,
  "superlative missing": -1,
  "focus missing": -1,
  "said otherwise": -1,
  "said otherwise beside a match": -1,
  "name in its place": -1,
  "word in its place": -1,
  "two in its place": -1,
  "pairs torn": -1,
  "name torn from its word": -1,
  "word for word": 1,
  "word for word but for one": -1,
  "complete and clean": 1,
  "incomplete and clean": 1,
  "denied in the question": -1,
  "denied in the question only": -1,
  "denied in the sentence only": -1,
  "denied beside a match only": -1,
  "in order": 1,
  "pairs kept": 1,
  spread: -1,
  "candidate far": -1,
  "another candidate": 1,
  ...Object.fromEntries(kinds.map((kind) => [`asks ${kind}, no candidate`, -1] as const)),
  "acted on otherwise": -1,
  "another one nearer": -1,
  "its subject missing": -1,
  "its verb missing": -1,
  "roles kept": 1,
  "known word missing": -1,
  "opposed word missing": -1,
  "attribute missing": -1,
  "attribute missing, nothing of its kind": -1,
  "modifier missing": -1,
  "another number there": -1,
  "covered in a clause": 1,
  "candidate in the clause": 1,
  "counted by a number": 1,
  "not counted": -1,
};

export const clueNames = Object.keys(clueSigns);
export const signOf = (at: number): number => clueSigns[clueNames[at] as string] as number;

/** Everything that is noticed about one sentence. Pure. */
export function cluesOf(asked: Asked, aligned: Aligned, at: number, relations: WordRelations): Clues {
  const { weights } = aligned;
  const sentence = aligned.sentences[at] as Aligned["sentences"][number];
  const here = aligned.met[at] as Met[];
  const { tokens } = sentence;
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const placed = asked.terms.map((_, term) => placeOf(aligned, at, term));
  const share = (has: (place: Place, term: number) => boolean) =>
    placed.reduce((sum, place, term) => sum + (has(place, term) ? (weights[term] as number) : 0), 0) / total;
  const inSentence = share((place) => place === "sentence");
  const near = share((place) => place === "sentence" || place === "near");
  const inDocument = share((place) => place !== "elsewhere" && place !== "nowhere");
  const classOf = (term: AskedTerm) => (term.number !== null ? "number" : term.name ? "name" : "word");
  const heavy = asked.terms.map((term) => term.weight >= 0.5);
  const count = (is: (term: AskedTerm, place: Place, index: number) => boolean) =>
    asked.terms.filter((term, index) => heavy[index] && is(term, placed[index] as Place, index)).length;
  const away = (place: Place) => place !== "sentence" && place !== "near";
  const missingWords = count((term, place) => classOf(term) === "word" && away(place));
  const missingNames = count((term, place) => classOf(term) === "name" && away(place));
  const heaviest = Math.max(
    0,
    ...asked.terms.map((_, term) => (away(placed[term] as Place) ? (weights[term] as number) : 0)),
  );

  const used = new Map<number, number>();
  for (const [term, { quality, at: place }] of here.entries()) if (quality >= met) used.set(place, term);
  const { otherwise, beside } = contradictions(asked, placed, tokens, used, here, relations);
  const { names, words } = replacements(asked, here, tokens, used);
  const torn = tornPairs(asked, here, tokens);
  const verbatim = wordForWord(asked, tokens);
  const deniedBeside = tokens.some(
    ({ word }, place) =>
      (denies(word) || /^(?:lack|refus|unable|prevent)/.test(word)) && [1, 2, 3].some((step) => used.has(place + step)),
  );
  const clause = bestClause(asked, here, sentence, weights);
  const counted = countedIn(asked, here, tokens);
  const roles = asked.english
    ? rolesFound(asked, here, tokens, met)
    : { turned: false, another: false, subjectMissing: false, verbMissing: false, kept: false };
  // A word that has others for it, none of which is there: not a matter of wording.
  const knownMissing = count((term, place) => away(place) && relations.knows(term.stem));
  const attributes = asked.terms.filter(
    (term, index) => placed[index] !== "sentence" && !term.earlier && relations.attribute(term.stem),
  ).length;
  const modifiersMissing = count((term, place) => {
    const head = asked.terms.findIndex((other) => other.at === term.at + 1);
    return place !== "sentence" && classOf(term) === "word" && head >= 0 && (here[head] as Met).quality >= met;
  });
  const numberInPlace =
    asked.kind !== "NUMBER" &&
    asked.kind !== "DATE" &&
    count((term, place) => term.number !== null && away(place)) > 0 &&
    tokens.some((token, place) => token.number !== null && !used.has(place));
  const clean = otherwise.length === 0 && names === 0 && torn.names === 0 && !asked.denied && !deniedBeside;
  const taken = new Set([...used.keys()].map((place) => tokens[place]));
  const candidates = candidatesIn(asked.kind, sentence, (token) => taken.has(token), asked.text);
  const matched = [...used.keys()].sort((one, other) => one - other);
  const inSentenceDenied = denies(sentence.text);
  const order = here
    .filter(({ quality }, term) => quality >= met && (asked.terms[term]?.at ?? -1) >= 0)
    .map((one) => one.at);
  const number = (value: boolean) => (value ? 1 : 0);

  const values = [
    inSentence,
    near,
    inDocument,
    number(inSentence > 0.999),
    number(near > 0.999),
    heaviest,
    ...classes.flatMap((kind) =>
      places.map((place) =>
        Math.min(
          3,
          count((term, found) => classOf(term) === kind && found === place),
        ),
      ),
    ),
    number(count((term, place) => term.number !== null && place === "near") > 0),
    number(count((term, place) => term.number !== null && away(place)) > 0),
    number(missingWords === 1),
    number(missingWords === 2),
    number(missingWords > 2),
    number(missingNames === 1),
    number(missingNames > 1),
    number(count((term, place) => term.superlative && place !== "sentence") > 0),
    number(asked.terms.some((term, index) => term.focus && term.weight === 1 && away(placed[index] as Place))),
    number(otherwise.length > 0),
    number(beside),
    Math.min(2, names),
    Math.min(2, words),
    number(names + words > 1),
    Math.min(2, torn.pairs),
    number(torn.names > 0),
    verbatim,
    verbatim >= 0.5 && missingWords + missingNames + names + words === 1 ? verbatim : 0,
    number(clean && near > 0.999),
    number(clean && near <= 0.999),
    number(asked.denied),
    number(asked.denied && !inSentenceDenied),
    number(!asked.denied && inSentenceDenied),
    number(!asked.denied && deniedBeside),
    inOrder(order),
    pairsKept(asked, here),
    matched.length > 1 ? Math.min(1, ((matched.at(-1) as number) - (matched[0] as number)) / (6 * matched.length)) : 0,
    candidateDistance(candidates, matched),
    Math.min(1, candidates.length / 8),
    ...kinds.map((kind) => number(asked.kind === kind && candidates.length === 0)),
    number(roles.turned),
    number(roles.another),
    number(roles.subjectMissing),
    number(roles.verbMissing),
    number(roles.kept),
    Math.min(2, knownMissing),
    number(count((term, place) => away(place) && !term.name && relations.opposed(term.stem)) > 0),
    number(attributes > 0),
    number(attributes > 0 && candidates.length === 0),
    Math.min(2, modifiersMissing),
    number(numberInPlace),
    clause.covered / total,
    number(candidates.some((place) => place >= clause.from && place < clause.to)),
    number(counted === true),
    number(counted === false),
  ];
  return {
    sentence: at,
    values,
    missing: asked.terms.filter((_, index) => heavy[index] && away(placed[index] as Place)).map(({ word }) => word),
    otherwise,
  };
}
