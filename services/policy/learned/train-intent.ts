import { statementsOf } from "../statements";
import { corporaOf } from "./corpora";
import { featuresOf } from "./features";
import { type Corpus, mistype, pick, say, sayMany, waysToSay } from "./grammar";
import { heldOut, sayingOf } from "./held-out";
import { type Example, type LinearModel, seeded, train } from "./linear";
import { messagesOutside } from "./situation-corpus";

/**
 * How many ways to say one template are learned from: more of those that can be said in more ways, since a template
 * with long lists of words is worth many of the others.
 */
const perTemplate = { request: 20, not: 34, ordinary: 32, story: 6, unsafe: 6, harmless: 6, everyday: 2 };
/** Messages made of a story and a request, or of a story and what is none, for each of these. */
const composed = { request: 0.28, not: 0.35 };

/** A language with fewer examples than this is learned from with more weight: few must not be forgotten among many. */
const enough = 4_000;

/** Learns "asks for a person" from services/policy/corpus/intent: every language in one model. */
export function trainIntent(): LinearModel {
  return train(examples(), { rounds: 6, rate: 0.5, decay: 2e-6, seed: 11 });
}

/** What one language's files say, and how its people join two clauses. */
interface Sayings {
  requests: string[];
  nots: string[];
  ordinary: string[];
  stories: string[];
  /** Between a story and what follows from it; between a request and its story. */
  joins: string[];
  becauses: string[];
}

function examples(): Example[] {
  const seen = heldOut("intent");
  const found: Example[] = [];
  const random = seeded(7);

  function learn(text: string, positive: boolean, weight: number): void {
    const trimmed = text.trim();
    const spoken = sayingOf(trimmed);
    if (!trimmed || seen.has(trimmed) || seen.has(spoken)) return;
    seen.add(trimmed);
    found.push({ features: featuresOf(trimmed), positive, weight });
  }

  const everyday = messagesOutside(mayAsk, perTemplate.everyday, random);
  for (const text of everyday.foreign) learn(text, false, 1);
  for (const [name, files] of filesByLanguage()) {
    const first = found.length;
    const language: Sayings = { requests: [], nots: [], ordinary: [], stories: [], joins: [], becauses: [] };
    for (const corpus of files) {
      const ordinary = sayAll(corpus, "ordinary", random);
      const requests = sayAll(corpus, "request", random);
      const nots = sayAll(corpus, "not", random);
      for (const text of requests)
        for (const variant of variants(text, corpus, ordinary, random)) learn(variant, true, 1);
      for (const text of nots)
        for (const variant of variants(text, corpus, ordinary, random)) learn(variant, false, 1.3);
      for (const text of ordinary) {
        learn(text, false, 1);
        learn(dressed(text, corpus, random), false, 1);
        if (random() < 0.4) learn(`${text}${pick([". ", ", ", "! ", " "], random)}${pick(ordinary, random)}`, false, 1);
      }
      language.requests.push(...requests);
      language.nots.push(...nots);
      language.ordinary.push(...ordinary);
      language.stories.push(...sayAll(corpus, "story", random));
      language.joins.push(...(corpus.sections.get("join") ?? []));
      language.becauses.push(...(corpus.sections.get("because") ?? []));
    }
    if (name === "en") {
      for (const text of everyday.english) learn(text, false, 1);
      language.ordinary.push(...everyday.english);
    }
    for (const text of language.stories) learn(text, false, 1);
    learnComposed(language, random, learn);
    const share = Math.min(3, Math.max(1, Math.sqrt(enough / (found.length - first))));
    for (const example of found.slice(first)) example.weight *= share;
  }
  // Despair, threats and stolen cards are urgent, but ask for nobody.
  for (const { corpus } of corporaOf("safety"))
    for (const section of ["unsafe", "harmless"] as const)
      for (const text of sayAll(corpus, section, random)) learn(text, false, 1);
  return found;
}

/** In these situations people do ask for a person, or write what nobody could tell from it. */
const mayAsk = new Set(
  "talk-to-human speak-to-manager callback bot-or-human contact-service sales-demo call complaint shop-visit".split(
    " ",
  ),
);

/** The corpus files of each language together: "en.txt" and "en-ordinary.txt", but not "hi.txt" and "hi-latn.txt". */
function filesByLanguage(): Map<string, Corpus[]> {
  const languages = new Map<string, Corpus[]>();
  for (const { file, corpus } of corporaOf("intent")) {
    const language = /^\w+(?:-latn)?/.exec(file)?.[0] ?? file;
    languages.set(language, [...(languages.get(language) ?? []), corpus]);
  }
  return languages;
}

/**
 * Longer messages, learned from the way they are judged: statement by statement. A statement with the whole request
 * in it is one, a piece of the story is none, and a piece of the request teaches nothing.
 */
function learnComposed(
  { requests, nots, ordinary, stories, joins, becauses }: Sayings,
  random: () => number,
  learn: (text: string, positive: boolean, weight: number) => void,
): void {
  const plain = [".", ","];
  const story = () => (stories.length > 0 && random() < 0.7 ? pick(stories, random) : pick(ordinary, random));

  function compose(saying: string, positive: boolean): void {
    const before = random() < 0.65;
    const join = pick(before ? joins.concat(plain, "") : becauses.concat(plain, ""), random);
    const text = before ? linked(story(), join, saying) : linked(saying, join, story());
    const at = text.indexOf(saying);
    for (const { said, wider } of statementsOf(text)) {
      for (const piece of new Set([said, wider])) {
        const start = text.indexOf(piece);
        if (start < 0) continue;
        const shared = Math.min(start + piece.length, at + saying.length) - Math.max(start, at);
        if (shared >= saying.length * 0.9) learn(piece, positive, positive ? 1 : 1.3);
        else if (shared <= 1) learn(piece, false, 1);
      }
    }
  }

  for (const text of requests)
    if (random() < composed.request) compose(random() < 0.2 ? mistype(text, random) : text, true);
  for (const text of nots) if (random() < composed.not) compose(text, false);
}

/** Two sayings with what joins them: a mark, a word, or nothing. */
function linked(one: string, join: string, other: string): string {
  const blank = unspaced.test(one) ? "" : " ";
  if (join === "") return `${one}${blank}${other}`;
  return /^\p{P}/u.test(join) ? `${one}${join}${blank}${other}` : `${one}${blank}${join}${blank}${other}`;
}
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function sayAll(corpus: Corpus, section: keyof typeof perTemplate, random: () => number): string[] {
  return (corpus.sections.get(section) ?? []).flatMap((template) =>
    sayMany(template, corpus.slots, Math.ceil(perTemplate[section] * richness(template, corpus.slots)), random),
  );
}

/** 1 for a template that can be said in a few hundred ways, up to 5 for one with a million. */
function richness(template: string, slots: Map<string, string>): number {
  return Math.min(5, Math.max(1, Math.log10(waysToSay(template, slots)) - 1));
}

/** The text as it is and as people type it: dressed in courtesies, mistyped, shouted, after a story. */
function variants(text: string, corpus: Corpus, ordinary: string[], random: () => number): string[] {
  const found = [text];
  if (random() < 0.5) found.push(dressed(text, corpus, random));
  if (random() < 0.3) found.push(mistype(text, random));
  if (random() < 0.1) found.push(mistype(mistype(text, random), random));
  if (random() < 0.08) found.push(text.toUpperCase());
  if (random() < 0.15 && ordinary.length)
    found.push(`${pick(ordinary, random)}${pick([". ", ", ", "! "], random)}${text}`);
  return found;
}

function dressed(text: string, corpus: Corpus, random: () => number): string {
  const before = corpus.sections.get("before") ?? [];
  const after = corpus.sections.get("after") ?? [];
  const head =
    before.length && random() < 0.7
      ? `${say(pick(before, random), corpus.slots, random)}${pick([", ", " "], random)}`
      : "";
  const tail = after.length && random() < 0.6 ? ` ${say(pick(after, random), corpus.slots, random)}` : "";
  return `${head}${text}${tail}`.replace(/ ([!?.！。？])/g, "$1");
}
