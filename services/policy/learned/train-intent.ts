import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../../kit/project";
import { featuresOf } from "./features";
import { type Corpus, mistype, pick, readCorpus, say, sayMany, waysToSay } from "./grammar";
import { heldOut, sayingOf } from "./held-out";
import { type Example, type LinearModel, seeded, train } from "./linear";

/**
 * How many ways to say one template are learned from: more of those that can be said in more ways, since a template
 * with long lists of words is worth many of the others.
 */
const perTemplate = { request: 20, not: 34, ordinary: 34 };

/** Learns "asks for a person" from services/policy/corpus/intent: every language in one model. */
export function trainIntent(): LinearModel {
  return train(examples(), { rounds: 4, rate: 0.5, decay: 2e-6, seed: 11 });
}

function examples(): Example[] {
  const folder = projectPath("services/policy/corpus/intent");
  const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));
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

  for (const file of files.sort()) {
    const corpus = readCorpus(readFileSync(join(folder, file), "utf8"));
    const ordinary = sayAll(corpus, "ordinary", random);
    for (const text of sayAll(corpus, "request", random))
      for (const variant of variants(text, corpus, ordinary, random)) learn(variant, true, 1);
    for (const text of sayAll(corpus, "not", random))
      for (const variant of variants(text, corpus, ordinary, random)) learn(variant, false, 1.3);
    for (const text of ordinary) {
      learn(text, false, 1);
      learn(dressed(text, corpus, random), false, 1);
      learn(`${text}${pick([". ", ", ", "! ", " "], random)}${pick(ordinary, random)}`, false, 1);
    }
  }
  return found;
}

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
