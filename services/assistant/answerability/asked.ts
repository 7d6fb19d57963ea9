import { fold, type Language } from "../language";
import { type Asks, asking } from "./asking";
import { type Token, tokensOf } from "./tokens";
import type { WordRelations } from "./word-relations";

/** What kind of thing would answer. */
export const kinds = [
  "PERSON",
  "DATE",
  "PLACE",
  "NUMBER",
  "REASON",
  "MANNER",
  "COLOUR",
  "NAMED",
  "YES_NO",
  "THING",
] as const;
export type Kind = (typeof kinds)[number];

/** One thing the question is about, as its alignment needs it. */
export interface AskedTerm extends Token {
  /** Where in the question. */
  at: number;
  /** 0..1: a word that says little of the topic counts less, and so does one from an earlier message. */
  weight: number;
  /** The noun after "which" or "what": it says what the answer is. */
  focus: boolean;
  /** Only of the first, the largest, the only one is asked. */
  superlative: boolean;
  earlier: boolean;
}

/** A question as the judge reads it. */
export interface Asked {
  kind: Kind;
  /** Folded. */
  text: string;
  /** It asks what is not so. */
  denied: boolean;
  /** Who does what is read in English only. */
  english: boolean;
  tokens: Token[];
  terms: AskedTerm[];
}

const asksWhich =
  /^(?:what|which|welche[mnrs]?|was|quel(?:le)?s?|que|qual|quale|quali|quais|cual|cuales|che|welke?|wat)$/;

const asksHow = /^(?:how|wie|hoe)$/;
const measures =
  /^(?:many|much|long|far|old|large|big|high|tall|deep|wide|often|fast|quickly|soon|early|late|heavy|hot|cold|thick|good|viele?[nrs]?|lange?|weit|alt|gross|hoch|tief|breit|oft|schnell|teuer|schwer|veel|lang|ver|oud|groot|hoog|diep|breed|vaak|snel|duur|zwaar)$/;

const superlatives = new Set(
  "first last only most least largest biggest smallest oldest youngest newest earliest latest highest lowest tallest longest shortest main primary sole best worst greatest fastest slowest strongest weakest deepest richest final original erste ersten erster letzte letzten einzige einzigen grosste grossten kleinste alteste altesten hochste langste meisten wichtigste premier premiere dernier derniere seul seule plus principal principale primer primera primero ultimo ultima unico unica mayor menor mejor peor primo prima maggiore minore migliore primeiro primeira maior melhor eerste laatste enige grootste kleinste oudste hoogste langste meeste belangrijkste".split(
    " ",
  ),
);

const denying =
  /\b(?:not|never|no|none|without|cannot|neither|nor|unable|fail(?:s|ed)? to|lacks?|lacked|except|\w{2,6}n't|nicht|kein\w*|nie|niemals|ohne|ne .{0,20}(?:pas|jamais|aucune?|rien)|n'.{0,20}(?:pas|jamais|aucune?|rien)|sans|nunca|jamas|ningun\w*|sin|non|mai|nessun\w*|senza|nao|nenhum\w*|sem|niet|geen|nooit|zonder)\b|^\W*no\b/;

/** Does a text deny something? In Spanish "no" is "not", in English it may be "no fee". */
export function denies(text: string): boolean {
  return denying.test(fold(text));
}

const asksAnything =
  /\b(?:who|whom|whose|what|which|where|when|how|wer|wen|wem|was|welche\w*|wo|wann|wie|qui|que|quoi|quel\w*|ou|quand|combien|quien\w*|cual\w*|donde|cuando|cuant\w*|chi|che|cosa|quale|quali|dove|quando|quant\w*|quem|qual|quais|onde|wat|welke?|waar|wanneer|hoe)\b/;

/** Asks for what is *not* so, which texts hardly ever tell. "Why not?" and "what if it does not?" are told often. */
function asksForTheOther(folded: string, kind: Kind): boolean {
  // "What did it not provide for?" asks for no reason.
  if (kind === "REASON" && !/\bwhat\b.*\bnot\b.*\bfor\W*$/.test(folded)) return false;
  if (kind === "YES_NO" || kind === "MANNER" || !asksAnything.test(folded)) return false;
  const [main = ""] = folded.split(
    /(?<=\w.*)\b(?:if|when|whenever|because|while|although|unless|i|my|we|wenn|falls|weil|ich|si|quand|je|mon|cuando|mi|se|quando|io|meu|minha|als|ik|mijn)\b/,
  );
  return denying.test(main);
}

/** Reads a question: what kind of thing would answer it, and what it is about. Pure. */
export function askedIn(
  question: { text: string; earlier?: string },
  language: Language,
  relations: WordRelations,
  isName: (word: string) => boolean,
): Asked {
  const folded = fold(question.text);
  const tokens = joinPairs(tokensOf(question.text, language, relations, isName), relations);
  const colour =
    /\b(?:what|which|welche|quelle|que|de que|di che|que|welke) (?:colou?rs?|farben?|couleurs?|color|colore|cor|kleur)\b/.test(
      folded,
    );
  const patterns = asking[language.code] ?? asking.en ?? [];
  let kind: Kind = colour ? "COLOUR" : kindOf(folded, patterns);
  const focus = focusOf(tokens, relations);
  // "Where" inside a question that asks "which": the relative clause does not say what is asked.
  if (kind === "YES_NO" && focus.length > 0) kind = "THING";
  const terms = termsOf(tokens, focus, relations, kind);
  if (question.earlier) {
    const before = joinPairs(tokensOf(question.earlier, language, relations, isName), relations);
    for (const term of termsOf(before, [], relations, "THING"))
      if (!terms.some(({ stem }) => stem === term.stem))
        terms.push({ ...term, at: -1, weight: term.weight * 0.5, earlier: true, superlative: false });
  }
  return { kind, text: folded, denied: asksForTheOther(folded, kind), english: language.code === "en", tokens, terms };
}

/** The kind that is asked for first: "who led them when ..." asks for a person. */
function kindOf(folded: string, patterns: Asks): Kind {
  let kind: Kind = "THING";
  let first =
    /\b(?:what|which|was|welche\w*|quel\w*|qu'|que|qual\w*|quais|che|cosa|cual\w*|welke?|wat)\b/.exec(folded)?.index ??
    folded.length;
  first += 0.5;
  for (const [one, pattern] of patterns) {
    const at = pattern.exec(folded)?.index ?? folded.length;
    if (at < first) {
      kind = one;
      first = at;
    }
  }
  return kind;
}

function joinPairs(tokens: Token[], relations: WordRelations): Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const next = tokens[at + 1];
    const stem = next ? relations.pair(token.stem, next.stem) : null;
    if (stem) {
      joined.push({ ...token, stem, empty: false });
      at++;
    } else joined.push(token);
  }
  return joined;
}

/** Where the noun stands that "which" or "what" asks for: "which Belgian town", "what type of arch". */
function focusOf(tokens: Token[], relations: WordRelations): number[] {
  const which = tokens.findIndex(({ word }) => asksWhich.test(word));
  if (which < 0) return [];
  const focus: number[] = [];
  for (let at = which + 1; at < tokens.length && at < which + 7; at++) {
    const { word, empty } = tokens[at] as Token;
    if (!empty) {
      focus.push(at);
      if (focus.length === 3) break;
    } else if (!/^(?:of|de|d|von|der|des|van|di|do|da)$/.test(word) || focus.length === 0) break;
    else if (focus.some((one) => !relations.light.has((tokens[one] as Token).word))) break;
  }
  return focus;
}

const temporal =
  /^(?:years?|dates?|days?|months?|time|jahr\w*|datum|annee|date|jour|ano|fecha|anno|data|giorno|jaar|dag|dia)$/;

function termsOf(tokens: Token[], focus: number[], relations: WordRelations, kind: Kind): AskedTerm[] {
  const terms: AskedTerm[] = [];
  for (const [at, token] of tokens.entries()) {
    const superlative = superlatives.has(token.word) && !(token.word === "last" && at === tokens.length - 1);
    if (
      (token.empty && !superlative) ||
      (token.word.length < 2 && token.number === null && !/\p{Lo}/u.test(token.word))
    )
      continue;
    if (at > 0 && asksHow.test(tokens[at - 1]?.word ?? "") && measures.test(token.word)) continue;
    if (asksWhich.test(token.word) || (denies(token.word) && !/^(?:fail|lack)/.test(token.word))) continue;
    const inFocus = focus.includes(at);
    if (kind === "COLOUR" && inFocus && at < 4) continue;
    if (kind === "DATE" && temporal.test(token.word) && (inFocus || at < 3)) continue;
    // "the 9th century" is one thing.
    if (/^centur(?:y|ies)$/.test(token.word) && tokens[at - 1]?.number != null) continue;
    const known = terms.find(({ stem }) => stem === token.stem);
    if (known) continue;
    // "Which two courts" asks no less of one that lists them without counting.
    const counting =
      at > 0 && token.number !== null && Number(token.number) < 13 && asksWhich.test(tokens[at - 1]?.word ?? "");
    const weight = counting
      ? 0.25
      : relations.light.has(token.word) && !relations.opposed(token.stem)
        ? 0.25
        : token.empty
          ? 0.5
          : 1;
    terms.push({ ...token, at, weight, focus: inFocus, superlative, earlier: false });
  }
  return terms;
}
