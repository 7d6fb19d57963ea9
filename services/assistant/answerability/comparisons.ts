import type { Met } from "./align";
import { type Asked, denies } from "./asked";
import { met, type Place } from "./places";
import type { Token } from "./tokens";
import type { WordRelations } from "./word-relations";

/** Words of which the sentence says the opposite, or another of the same kind. */
export function contradictions(
  asked: Asked,
  placed: Place[],
  tokens: Token[],
  used: Map<number, number>,
  here: Met[],
  relations: WordRelations,
): { otherwise: string[]; beside: boolean } {
  const otherwise: string[] = [];
  let beside = false;
  // "I can't remember" and "forgot" say the same.
  const negated = (list: Token[], at: number) => [1, 2].some((back) => denies(list[at - back]?.word ?? ""));
  // What holds a sentence together can be turned round too: before, after.
  const small = asked.tokens.filter(({ empty, word }) => empty && word.length > 3);
  const all: { stem: string; word: string; met: boolean; denied: boolean }[] = [
    ...asked.terms.map(({ stem, word, at, earlier }, index) => ({
      stem,
      word,
      // "How long did it last?" asks for no last one.
      met: earlier || placed[index] === "sentence" || (word === "last" && at === asked.tokens.length - 1),
      denied: negated(asked.tokens, at),
    })),
    ...small.map(({ stem, word }) => ({
      stem,
      word,
      met: tokens.some((token) => token.stem === stem),
      denied: false,
    })),
  ];
  for (const { stem, word, met: said, denied } of all) {
    if (said || denied) continue;
    for (const [at, token] of tokens.entries()) {
      if (used.has(at) || !relations.excludes(stem, token.stem) || negated(tokens, at)) continue;
      otherwise.push(`${word}/${token.word}`);
      if ([-2, -1, 1, 2].some((step) => used.has(at + step))) beside = true;
    }
  }
  // Said of something else in the same sentence: "agreed to sign" where it says "refused to sign, unless it agreed".
  for (const [index, term] of asked.terms.entries()) {
    const own = here[index] as Met;
    const next = asked.terms.findIndex(({ at }) => at === term.at + 1 || at === term.at + 2);
    const neighbour = next >= 0 ? (here[next] as Met) : undefined;
    if (own.quality < met || !neighbour || neighbour.quality < met || Math.abs(own.at - neighbour.at) <= 3) continue;
    for (const step of [-2, -1]) {
      const token = tokens[neighbour.at + step];
      if (!token || !relations.excludes(term.stem, token.stem)) continue;
      otherwise.push(`${term.word}/${token.word}`);
      beside = true;
    }
  }
  return { otherwise, beside };
}

/** Where the question's neighbour is met, another word stands in the missing one's place: "Old" for "New" France. */
export function replacements(
  asked: Asked,
  here: Met[],
  tokens: Token[],
  used: Map<number, number>,
): { names: number; words: number } {
  let names = 0;
  let words = 0;
  for (const [index, term] of asked.terms.entries()) {
    if ((here[index] as Met).quality >= met || term.earlier || term.weight < 0.5) continue;
    let replaced = false;
    for (const [step, offset] of [
      [1, -1],
      [-1, 1],
    ] as const) {
      const neighbour = asked.terms.findIndex(
        (other) => other.at === term.at + step || other.at === term.at + 2 * step,
      );
      const found = neighbour >= 0 ? (here[neighbour] as Met) : undefined;
      if (!found || found.quality < met) continue;
      const other = tokens[found.at + offset];
      if (other && !other.empty && !used.has(found.at + offset)) replaced = true;
    }
    if (!replaced) continue;
    if (term.name || term.number !== null) names++;
    else words++;
  }
  return { names, words };
}

/** The longest run of the question's words, small ones too, that stands in the sentence, as a share of the question. */
export function wordForWord(asked: Asked, tokens: Token[]): number {
  let longest = 0;
  const words = asked.tokens;
  for (let start = 0; start < words.length; start++)
    for (let at = 0; at < tokens.length; at++) {
      let length = 0;
      while (words[start + length] && words[start + length]?.stem === tokens[at + length]?.stem) length++;
      longest = Math.max(longest, length);
    }
  return longest / Math.max(4, words.length);
}

/** How far the nearest thing that could answer stands from what is matched; 1 is far, or there is none. */
export function candidateDistance(candidates: number[], matched: number[]): number {
  if (candidates.length === 0 || matched.length === 0) return 1;
  let nearest = 15;
  for (const candidate of candidates) {
    const mean = matched.reduce((sum, at) => sum + Math.min(15, Math.abs(at - candidate)), 0) / matched.length;
    nearest = Math.min(nearest, mean);
  }
  return nearest / 15;
}

/** "How many archers": does a number stand before the archers? Null where nothing is counted. */
export function countedIn(asked: Asked, here: Met[], tokens: Token[]): boolean | null {
  const how = asked.tokens.findIndex(({ word }) =>
    /^(?:many|viele|combien|cuantos|cuantas|quanti|quante|quantos|quantas|hoeveel)$/.test(word),
  );
  if (how < 0) return null;
  const thing = asked.terms.findIndex(({ at }) => at > how && at <= how + 3);
  if (thing < 0) return null;
  const found = here[thing] as Met;
  if (found.quality < met) return false;
  return [1, 2, 3, 4].some((back) => tokens[found.at - back]?.number != null);
}

/** "Which instrument": does the sentence speak of a trumpet that the question does not? */
export function holdsOneOfTheKind(
  asked: Asked,
  tokens: Token[],
  used: Map<number, number>,
  relations: WordRelations,
): boolean {
  const kind = asked.terms.findLast(({ focus }) => focus);
  if (!kind) return false;
  return tokens.some(
    ({ word, stem, empty }, at) => !empty && !used.has(at) && stem !== kind.stem && relations.isA(word, kind.word),
  );
}

/** Is the word that the question denies the one that the sentence denies: "may not leave", "not allowed to leave"? */
export function deniedAlike(asked: Asked, here: Met[], tokens: Token[]): boolean {
  const denial = asked.tokens.findIndex(({ word }) => denies(word));
  const index = asked.terms.findIndex(({ at }) => at > denial && at <= denial + 4);
  const said = here[index];
  if (denial < 0 || !said || said.quality < met) return false;
  return [1, 2, 3, 4].some((back) => denies(tokens[said.at - back]?.word ?? ""));
}

/** "Some were never opened": is something that the question speaks of denied in the sentence? */
export function deniedBeside(tokens: Token[], used: Map<number, number>): boolean {
  return tokens.some(
    ({ word }, at) =>
      (denies(word) || /^(?:lack|refus|unable|prevent)/.test(word)) && [1, 2, 3].some((step) => used.has(at + step)),
  );
}

/** A name was put before another word than in the sentence: "the Byzantine mercenary" of "Norman mercenaries, a Byzantine general". */
export function nameTorn(asked: Asked, here: Met[], tokens: Token[]): boolean {
  return asked.terms.some((one, index) => {
    const other = asked.terms[index + 1];
    const first = here[index] as Met;
    const second = here[index + 1];
    if (!other || !second || !one.name || one.at < 0 || other.at !== one.at + 1 || second.quality < met) return false;
    return first.at !== second.at && first.at !== second.at - 1 && tokens[second.at - 1]?.name === true;
  });
}
