import { type CorpusFolder, corporaOf } from "./corpora";
import { featuresOf } from "./features";
import { type Corpus, mistype, pick, sayMany } from "./grammar";
import { type LinearModel, seeded, train } from "./linear";
import { type Messages, messagesIn, messagesOutside } from "./situation-corpus";

/** Sections of services/policy/corpus/frustration in which the customer is annoyed, and all others. */
const annoyed = ["angry", "sarcastic", "told", "useless", "resigned", "insult"];
const displeased = ["displeased"];
const content = ["content", "thanks"];
const even = ["problem", "calm", "chat"];

/** How many ways to say one template are learned from. English has the most templates and the widest choices. */
const perTemplate = 24;
/** Of each template of the situations' corpus. */
const perSaying = 1;

/** There are so many of these that each counts little: annoyed people name the same matters. */
const everydayCounts = 0.1;

/** In these situations people may well be annoyed. All others are told calmly in their corpus. */
const mayAnnoy = new Set(
  `complaint complaint-office staff-complaint medical-complaint teacher-complaint bring-problem-again threat-violence public-threat
authority-threat legal discrimination review seller-no-reply courier-trouble rider-conduct host-trouble employee-trouble
important-customer vulnerable mental-health chat-more contact-service callback talk-to-human speak-to-manager bot-or-human
assistant-insult assistant-no-answer misheard game-cheaters neighbour-noise whistleblowing data-breach cancellation-fee`.split(
    /\s+/,
  ),
);

/** Said to an assistant in good temper, in words like those of annoyed people: "forget it", "best assistant ever". */
const soundsAnnoyed = new Set(
  "assistant-praise cancel-stop repeat explain-more thank-you goodbye joke dont-care yes-no bot-abilities reset".split(
    " ",
  ),
);
const soundsAnnoyedCounts = 2;

type Label = "annoyed" | "displeased" | "content" | "even";

export interface Line {
  text: string;
  label: Label;
  /** How much the line counts: the calm ones of a language count as much together as the annoyed ones, and half more. */
  weight: number;
}

/** So much more the calm messages of a language count: a word that is in neither of them must not look like anger. */
const calmCounts = 2.2;

/** Learns the tone of one message: is its writer annoyed? Unhappy but polite words are no annoyance. */
export function trainTone(): LinearModel {
  const random = seeded(29);
  const lines = linesOf(31, ["frustration", "frustration/matters"]);
  const learn = ({ english, foreign }: Messages, weight: number) => {
    for (const text of [...english, ...foreign]) lines.push({ text: typed(text, random), label: "even", weight });
  };
  learn(messagesOutside(new Set([...mayAnnoy, ...soundsAnnoyed]), perSaying, random), everydayCounts);
  learn(messagesIn(soundsAnnoyed, perSaying, random), soundsAnnoyedCounts);
  return train(
    lines.map(({ text, label, weight }) => ({ features: featuresOf(text), positive: label === "annoyed", weight })),
    { rounds: 6, rate: 0.5, decay: 2e-6, seed: 37 },
  );
}

/** What is said in these folders of services/policy/corpus, in many ways and as people type it. */
export function linesOf(seed: number, folders: CorpusFolder[]): Line[] {
  const random = seeded(seed);
  const seen = new Set<string>();
  let lines: Line[] = [];
  const all: Line[] = [];
  const learn = (text: string, label: Label) => {
    const trimmed = text.trim();
    if (!trimmed || seen.has(trimmed)) return;
    seen.add(trimmed);
    lines.push({ text: trimmed, label, weight: 1 });
  };
  for (const { corpus } of folders.flatMap(corporaOf)) {
    lines = [];
    const said = {
      annoyed: sayAll(corpus, annoyed, random),
      displeased: sayAll(corpus, displeased, random),
      content: sayAll(corpus, content, random),
      even: sayAll(corpus, even, random),
    };
    for (const text of said.annoyed) {
      learn(typed(text, random), "annoyed");
      if (random() < 0.3) learn(`${text}${pick(["!", "!!", "!!!", "...", "?!", "."], random)}`, "annoyed");
      if (random() < 0.12) learn(text.toUpperCase(), "annoyed");
      // Annoyance comes with the matter it is about, before or after it.
      if (random() < 0.35) learn(joined(pick(said.even, random), text, random), "annoyed");
      if (random() < 0.2) learn(joined(text, pick([...said.even, ...said.displeased], random), random), "annoyed");
      if (random() < 0.2) learn(joined(text, pick(said.annoyed, random), random), "annoyed");
    }
    for (const label of ["displeased", "content", "even"] as const)
      for (const text of said[label]) {
        learn(typed(text, random), label);
        if (random() < 0.25) learn(`${text}${pick(["!", ".", "?", "...", " :)"], random)}`, label);
        if (random() < 0.3) learn(joined(text, pick(said[label], random), random), label);
        if (label === "displeased" && random() < 0.2) learn(joined(text, pick(said.even, random), random), label);
        if (label === "content" && random() < 0.2) learn(joined(text, pick(said.even, random), random), label);
      }
    // A person who shouts about a problem is not calm, and one who types all in capitals says other things, too.
    for (const text of said.even) if (random() < 0.03) learn(`${text.toUpperCase()}!!`, "annoyed");
    for (const text of [...said.content, ...said.even]) if (random() < 0.02) learn(text.toUpperCase(), "content");
    const angry = lines.filter(({ label }) => label === "annoyed").length;
    const share = angry === 0 ? 1 : Math.max(1, (calmCounts * angry) / (lines.length - angry));
    for (const line of lines) all.push(line.label === "annoyed" ? line : { ...line, weight: share });
  }
  return all;
}

function sayAll(corpus: Corpus, sections: string[], random: () => number): string[] {
  return sections.flatMap((section) =>
    (corpus.sections.get(section) ?? []).flatMap((template) => sayMany(template, corpus.slots, perTemplate, random)),
  );
}

/** As people type it: as it stands, with a capital first, with a slip of the fingers, a letter held down. */
function typed(text: string, random: () => number): string {
  const chance = random();
  if (chance < 0.35) return text.charAt(0).toUpperCase() + text.slice(1);
  if (chance < 0.5) return mistype(text, random);
  if (chance < 0.55) return text.replace(/(\p{L})(?=\P{L}*$)/u, "$1$1$1");
  if (chance < 0.65) return text.replace(/['’,.]/gu, "");
  return text;
}

function joined(first: string, second: string, random: () => number): string {
  return `${first}${pick([". ", ", ", "! ", " ", "... ", " - "], random)}${second}`;
}
