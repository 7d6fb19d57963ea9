import type { Aligned } from "./align";

/** Where a term is met, from nearest to farthest. */
export type Place = "sentence" | "near" | "document" | "elsewhere" | "nowhere";

/** From this quality on a word counts as met. */
export const met = 0.7;

const pronouns = new Set(
  "he she it they him her them his its their er sie es ihn ihm ihr ihnen sein seine seinen seiner ihre ihren ihrer il elle ils elles lui leur son sa ses el ella ellos ellas su sus lui lei loro suo sua suoi ele ela eles elas seu sua seus suas hij zij ze hem haar hun zijn".split(
    " ",
  ),
);

/** Where a term is met, seen from one sentence. */
export function placeOf(aligned: Aligned, at: number, term: number): Place {
  const { sentences, met: table, above } = aligned;
  const { document } = sentences[at] as { document: number };
  const has = (index: number) => (table[index]?.[term]?.quality ?? 0) >= met;
  if (has(at)) return "sentence";
  if ([at - 1, at - 2, at + 1].some((index) => sentences[index]?.document === document && has(index))) return "near";
  if ((above[document]?.[term] ?? 0) >= met) return "near";
  let first = Number.POSITIVE_INFINITY;
  const others = new Set<number>();
  for (const [index, sentence] of sentences.entries())
    if (has(index)) {
      if (sentence.document === document) first = Math.min(first, index);
      else others.add(sentence.document);
    }
  // "She was dismissed": who she is stands further up.
  if (first < at && sentences[at]?.tokens.some(({ word }) => pronouns.has(word))) return "near";
  if (first < Number.POSITIVE_INFINITY) return "document";
  // What all texts are about, each need not say.
  if (others.size > 1) return "document";
  return others.size > 0 ? "elsewhere" : "nowhere";
}
