import { concepts } from "./lexicon/concepts";
import { contentOf, fold, stemOf, wordsOf } from "./text";

/** Words that nearly every message to a shop's support holds: they tie a message to a topic only a little. */
const everyday = new Set(
  "customer client user person contact ask say tell want need question issue problem thing product item company case matter relate concern mention talk anything something request help support team hand transfer escalat inform information detail day time today way make use please know like get give find look new"
    .split(" ")
    .map(stemOf),
);

const ideaOfStem = new Map<string, string>();
const ideaBeginnings: [string, string][] = [];
for (const [idea, words] of Object.entries(concepts))
  for (const word of words.split(" ")) {
    const folded = fold(word).replace(/-/g, " ");
    if (folded.includes(" ")) continue;
    ideaOfStem.set(stemOf(folded), idea);
    if (folded.length >= 5) ideaBeginnings.push([folded, idea]);
  }
const phrases = Object.entries(concepts).flatMap(([idea, words]) =>
  words
    .split(" ")
    .filter((word) => word.includes("-"))
    .map((word) => ({ idea, phrase: ` ${fold(word).replace(/-/g, " ")} ` })),
);

/** What a text is about: ideas where a word belongs to one, else stems, each with its weight. */
export function ideasOf(text: string): Map<string, number> {
  const ideas = new Map<string, number>();
  for (const stem of contentOf(text)) {
    const idea = ideaOf(stem);
    if (/^\p{N}+$/u.test(stem)) continue;
    ideas.set(idea ?? stem, everyday.has(stem) ? 0.15 : 1);
  }
  const words = ` ${wordsOf(text).join(" ")} `;
  for (const { idea, phrase } of phrases) if (words.includes(phrase)) ideas.set(idea, 1);
  return ideas;
}

function ideaOf(stem: string): string | undefined {
  const known = ideaOfStem.get(stem);
  if (known) return known;
  if (stem.length < 5) return undefined;
  // Compounds and inflections: "lieferung", "reembolsado".
  return ideaBeginnings.find(([beginning]) => stem.startsWith(beginning))?.[1];
}

export interface Overlap {
  /** The weight of what both texts are about. */
  shared: number;
  /** `shared` as a part of all that the wanted text is about, 0..1. */
  share: number;
  ideas: string[];
}

/** How much of what `wanted` is about the message is about, too. */
export function overlapOf(wanted: Map<string, number>, message: Map<string, number>): Overlap {
  let [shared, all] = [0, 0];
  const ideas: string[] = [];
  for (const [idea, weight] of wanted) {
    all += weight;
    if (!message.has(idea)) continue;
    shared += weight;
    if (weight >= 1) ideas.push(idea);
  }
  return { shared, share: all === 0 ? 0 : shared / all, ideas };
}
