import { remembering } from "../../../kit/remembering";
import { fold, similarity, wordsOf } from "../text";
import { ideasIn, plainWords, type Thesaurus, thesaurus } from "../thesaurus";

/** How alike two questions are in what they ask, 0..1: the same things named in other words, asked in another way. */
export function sameness(one: string, other: string): number {
  const [first, second] = [withoutFrame(one), withoutFrame(other)];
  if (first === second) return first === "" ? 0 : 1;
  if (differInNumbers(first, second)) return 0;
  const letters = similarity(first, second);
  if (unspaced.test(first) || unspaced.test(second)) return Math.max(letters, 0.8 * shareOfCharacters(first, second));
  return Math.max(alike(named(first), named(second), letters), alike(namedByWord(first), namedByWord(second), letters));
}

function alike(a: Map<string, number>, b: Map<string, number>, letters: number): number {
  const [loneA, loneB] = [unmatched(a, b), unmatched(b, a)];
  const all = sum(a) + sum(b);
  const shared = all === 0 ? 0 : 1 - (sum(loneA) + sum(loneB)) / all;
  const best = Math.max(shared, letters);
  // "Do you sell lamps? And curtains?": the same words around another thing are another question.
  const swapped = sum(loneA) >= 1 && sum(loneB) >= 1;
  return swapped ? best * 0.7 : best;
}

let singleWords: Thesaurus | undefined;

/** Without expressions of several words: one of them mistyped is no expression any more. */
function wordByWord(): Thesaurus {
  singleWords ??= { ...thesaurus(), phrases: new Map(), longest: 0 };
  return singleWords;
}

/** Does a text ask or say anything that could be said again? */
export const saysSomething = remembering((text: string): boolean => {
  if (unspaced.test(text)) return new Set(wordsOf(text)).size >= 3;
  return sum(named(withoutFrame(text))) >= 1.3 || plainWords(withoutFrame(text)).length >= 4;
});

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** What people put around a question when they ask it again. */
const frame = new RegExp(
  [
    "\\b(?:as|like) i (?:already |just )?(?:said|asked|wrote|told you)\\b|\\b(?:i|i've|i have) (?:already |just |now )?(?:asked|told|said|written)(?: you)?(?: this| that| it)?(?: \\w+ times| twice| before| already)?\\b",
    "\\bfor the (?:second|third|fourth|fifth|last|\\d+\\w*) time\\b|\\b(?:once more|one more time|once again|again|still|already|anyway|so|but|and|ok|okay|please|pls|hello|hi|hey|seriously|really|now|then|yet|just|my question(?: was| is)?|the question (?:was|is)|by the way|let me repeat|i repeat|i ask again|can you (?:please )?(?:answer|tell me)|do you know|i(?:'d| would) like to know|i want to know|i am asking|i'm asking|could you (?:please )?tell me)\\b",
    "\\b(?:otra vez|de nuevo|repito|encore une fois|je repete|nochmal|noch einmal|ich frage|de novo|repito|di nuovo|ripeto|nogmaals|jeszcze raz|tekrar(?: soruyorum)?)\\b|еще раз|повторяю|снова|مرة (?:أخرى|اخرى)|أكرر|الآن|फिर (?:से )?(?:पूछ\\S+ हूँ)?|अभी|다시|지금",
  ].join("|"),
  "gu",
);

const withoutFrame = remembering((text: string): string =>
  fold(text)
    .replace(frame, " ")
    .replace(/[^\p{L}\p{M}\p{N}' ]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim(),
);

/** What carries no matter in scripts without blanks: particles, politeness, "now". */
const particles =
  /现在|現在|请问|請問|一下|[的了呢啊吗嗎吧呀我你您]|ですか|ますか|んです|ください|でしょうか|[はがをのにでかよね]/gu;

function shareOfCharacters(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => new Set(text.replace(particles, "").replace(/\s/g, ""))) as [
    Set<string>,
    Set<string>,
  ];
  if (a.size < 3 || b.size < 3) return 0;
  return (2 * [...a].filter((character) => b.has(character)).length) / (a.size + b.size);
}

function differInNumbers(one: string, other: string): boolean {
  const [a, b] = [numbersIn(one), numbersIn(other)];
  return a.length > 0 && b.length > 0 && !a.some((number) => b.includes(number));
}

function numbersIn(text: string): string[] {
  return text.match(/\p{N}{2,}|\b\p{N}\b/gu) ?? [];
}

/** Ways to ask where something is and when it comes are one question about it. */
const whereabouts = new Set(
  "when where arrive late track status long come eta wait not-delivered out-for-delivery tracking-number bring".split(
    " ",
  ),
);
const asking = new Set("what which who whom whose why how much many can could will would does is are".split(" "));

/** What a text names, each with its weight: question words say less than things. */
function namedIn(text: string, by: Thesaurus): Map<string, number> {
  const ideas = ideasIn(text, () => false, undefined, by).map((idea) =>
    idea.concept !== undefined && by.gathers.includes(idea.concept) ? { ...idea, name: idea.stem } : idea,
  );
  const about = ideas.filter(({ name }) => !whereabouts.has(name) && !asking.has(name));
  const found = new Map<string, number>();
  for (const { name } of ideas)
    if (asking.has(name)) found.set(name, 0.2);
    else if (!whereabouts.has(name)) found.set(name, 1);
    else if (about.length > 0) found.set("whereabouts", 0.8);
    else found.set(name, 0.8);
  return found;
}

const named = remembering((text: string) => namedIn(text, thesaurus()));
const namedByWord = remembering((text: string) => namedIn(text, wordByWord()));

function unmatched(of: Map<string, number>, within: Map<string, number>): Map<string, number> {
  const names = [...within.keys()];
  return new Map([...of].filter(([name]) => !within.has(name) && !names.some((other) => oneSlipApart(name, other))));
}

/** Mistyped or inflected, not another word. */
function oneSlipApart(one: string, other: string): boolean {
  // Korean writes endings onto short stems.
  if (/^\p{Script=Hangul}/u.test(one) && one.length > 1 && other.length > 1)
    return one.slice(0, 2) === other.slice(0, 2);
  if (one.length < 5 || other.length < 5) return false;
  if (one.slice(0, 5) === other.slice(0, 5) && Math.abs(one.length - other.length) <= 3) return true;
  return similarity(one, other) >= 0.6;
}

function sum(named: Map<string, number>): number {
  let all = 0;
  for (const weight of named.values()) all += weight;
  return all;
}
