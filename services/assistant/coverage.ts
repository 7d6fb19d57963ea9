import { type Language, languageOf, wordsOf } from "./language";
import { sentencesOf } from "./passages";
import type { Wanted } from "./question";
import type { Passage, RatedTerm } from "./retrieve";
import { denies } from "./support";

/** How far one passage answers, and where in it. */
export interface Coverage {
  passage: Passage;
  /** 0..1: the share of what was asked, by weight, that the passage speaks about. */
  covered: number;
  /** The sentences that answer, in their order. */
  sentences: string[];
  /** Per term, how well the chosen sentences and what stands above them meet it. */
  credits: number[];
}

/** Where a term is met decides how much that is worth. */
const worth = { sentence: 1, above: 0.92, elsewhere: 0.7, exactElsewhere: 0.4 };
/** Met by another word for the same, or by what a slip was read as. */
const otherWord = 0.93;
const slip = 0.9;

/** An answer should be read at a glance. */
const longestAnswer = 480;
/** A passage this short is not cut. */
const short = 260;

/** How well a passage covers the terms of a question, and the sentences of it that do. Pure. */
export function cover(
  passage: Passage,
  terms: RatedTerm[],
  { wanted, denied }: { wanted: Wanted; denied: boolean },
): Coverage {
  const language = languageOf(passage.language);
  const meets = terms.map((term) => finder(term, language));
  const above = textOf(`${passage.title} . ${passage.heading}`, language);
  const sentences = sentencesOf(passage.text);
  const read = sentences.map((sentence) => textOf(sentence, language));
  const inSentence = read.map((text) => meets.map((find) => find(text)));
  const inAbove = meets.map((find) => find(above));

  const weights = terms.map(weightOf);
  const gain = (index: number) =>
    (inSentence[index] as number[]).reduce((sum, met, term) => sum + met * (weights[term] as number), 0) +
    (wanted && states[wanted].test(sentences[index] as string) ? 0.25 : 0);
  const chosen = choose(passage.text, sentences, gain);

  const credits = terms.map(({ exact }, term) => {
    const here = Math.max(0, ...chosen.map((index) => inSentence[index]?.[term] ?? 0)) * worth.sentence;
    const over = (inAbove[term] ?? 0) * worth.above;
    const somewhere =
      Math.max(0, ...inSentence.map((met) => met[term] ?? 0)) * (exact ? worth.exactElsewhere : worth.elsewhere);
    return Math.max(here, over, somewhere);
  });
  const picked = chosen.map((index) => sentences[index] as string);
  let fits = wanted === null || states[wanted].test(picked.join(" ")) ? 1 : 0.85;
  if (denied && !denies(picked.join(" "))) fits *= 0.6;
  return { passage, covered: share(credits, terms) * fits, sentences: picked, credits };
}

/** The share of the question's weight that the credits meet. 0 when nothing was asked. */
export function share(credits: number[], terms: RatedTerm[]): number {
  const all = terms.reduce((sum, term) => sum + weightOf(term), 0);
  if (all === 0) return 0;
  return terms.reduce((sum, term, index) => sum + weightOf(term) * (credits[index] ?? 0), 0) / all;
}

function weightOf(term: RatedTerm): number {
  const rarity = Math.min(1.8, Math.max(0.7, term.rarity));
  return term.weight * rarity * (term.exact && term.weight === 1 ? 1.25 : 1);
}

interface ReadText {
  stems: string[];
  known: Set<string>;
}

function textOf(text: string, language: Language): ReadText {
  const stems = wordsOf(text).map(language.stem);
  return { stems, known: new Set(stems) };
}

/** How well a text meets a term: 1 by its own words, a little less by others. */
function finder(term: RatedTerm, language: Language): (text: ReadText) => number {
  const phrases = term.phrases.map((phrase) => phrase.map(language.stem));
  return (text) => {
    for (const [index, phrase] of phrases.entries()) {
      if (!contains(text, phrase, language)) continue;
      if (index === 0) return 1;
      return term.misspelt ? slip : otherWord;
    }
    return 0;
  };
}

function contains(text: ReadText, phrase: string[], language: Language): boolean {
  const [first, ...rest] = phrase;
  if (first === undefined) return false;
  if (rest.length === 0) {
    if (text.known.has(first)) return true;
    return (
      language.compounds &&
      first.length >= 5 &&
      text.stems.some((stem) => stem.startsWith(first) || stem.endsWith(first))
    );
  }
  return text.stems.some(
    (stem, at) => stem === first && rest.every((next, index) => text.stems[at + 1 + index] === next),
  );
}

/** What a text must hold to answer such a question at all. */
const states: Record<Exclude<Wanted, null>, RegExp> = {
  AMOUNT:
    /[€$£]|\d\s*(?:%|per cent|percent|prozent|euros?|eur\b|dollars?|usd|pounds?|gbp|chf|francs?|franken|cents?)|\b(?:free|no charge|kostenlos|kostenfrei|gratis|gratuite?s?|offerte?s?|gratuit[oa]s?)\b/i,
  COUNT:
    /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|zwei|drei|vier|fünf|sechs|deux|trois|quatre|cinq|dos|tres|cuatro|cinco)\b/i,
  DURATION:
    /\d|\b(?:hours?|days?|weeks?|months?|years?|minutes?|at once|immediately|same day|forever|sofort|stunden?|tage?n?|wochen?|monate?n?|jahre?n?|heures?|jours?|semaines?|mois|ans?|horas?|días?|semanas?|meses|años?)\b/i,
  TIME: /\d|\b(?:when|until|before|after|as soon as|once|days?|hours?|weeks?|months?|closed|open|monday|sunday|wann|bis|sobald|nach|vor|tage?n?|stunden?|quand|dès|avant|après|jours?|cuando|hasta|antes|después|días?)\b/i,
};

/** The best sentence and those around it that say more of what was asked; the whole of a short passage. */
function choose(passage: string, sentences: string[], gain: (index: number) => number): number[] {
  const all = sentences.map((_, index) => index);
  const lengthOf = (indices: number[]) =>
    indices.reduce((sum, index) => sum + (sentences[index] as string).length + 1, 0);
  if (lengthOf(all) <= short) return all;
  const gains = all.map(gain);
  const most = Math.max(...gains);
  // Only what stands above the passage speaks of the topic: then its beginning answers, as far as it is short.
  if (most < 0.3) return within(all);
  const best = gains.indexOf(most);
  const chosen = [best];
  // Sentences as good as the best one (rows of a table), then the one after it, which often has the "but".
  const next = all.filter((index) => index !== best && (gains[index] as number) >= 0.6 * most);
  const following = sentences[best + 1];
  // The next row of a table or item of a list is another case, not the rest of this one.
  if (following && !next.includes(best + 1) && passage.includes(`${sentences[best]} ${following}`)) next.push(best + 1);
  for (const index of next) if (lengthOf([...chosen, index]) <= longestAnswer) chosen.push(index);
  return chosen.sort((one, other) => one - other);

  function within(indices: number[]): number[] {
    const kept: number[] = [];
    for (const index of indices) {
      if (kept.length > 0 && lengthOf([...kept, index]) > longestAnswer) break;
      kept.push(index);
    }
    return kept;
  }
}
