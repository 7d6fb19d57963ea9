import { readFileSync } from "node:fs";
import { projectPath } from "../../../kit/project";
import * as lexicon from "../lexicon/progress";
import type { Turn } from "../signal";
import { contentOf, fold, similarity } from "../text";
import { sameness, saysSomething } from "./sameness";
import { readDispleasure } from "./tone";

/** So many turns back count as lately. */
const lately = 8;

/**
 * What can be seen in a conversation of how content the customer is with the assistant's last answers, each 0..1.
 * `better` clues make it likelier that the customer is content, all others that the customer is not.
 */
export const clues = {
  worse: [
    "displeased",
    "refusedOffer",
    "refusedMore",
    "corrected",
    "wantsOther",
    "wantsOtherAgain",
    "afterFailure",
    "afterDenial",
    "failedBefore",
    "sameAnswer",
    "asksAgain",
    "saidBefore",
    "unhappyBefore",
    "refusedBefore",
  ],
  better: ["agrees", "pleased", "answersDetail", "achieved", "asksOn", "pleasedBefore"],
} as const;
export type Clue = (typeof clues)["worse" | "better"][number];
export type Clues = Record<Clue, number>;

/** What one turn of the customer's does with the assistant's turn before it. */
interface Reaction {
  turn: Turn;
  displeased: number;
  refusedOffer: boolean;
  refusedMore: boolean;
  corrected: boolean;
  wantsOther: boolean;
  agrees: boolean;
  pleased: boolean;
  answersDetail: boolean;
  asksOn: boolean;
  /** A single word that reacts to nothing says what was said before it. */
  reacts: boolean;
}

/** How a conversation goes for the customer. */
export interface Progress {
  /** How likely the customer is unhappy with how it goes, 0..1. */
  unhappy: number;
  /**
   * Nobody needs to read a mood to see that this leads nowhere: lately the assistant has failed or said the same again
   * at least twice, and the customer, who was unhappy with that before, speaks up again.
   */
  stuck: boolean;
  /** What the assistant said lately that speaks against it, oldest first. */
  telling: Turn[];
}

/** What is seen lately, before it is weighed. */
export interface Seen {
  clues: Clues;
  /** Turns of the assistant's that failed or said the same again. */
  telling: Turn[];
}

/** Reads how the conversation goes; `message` is the customer's that is judged, `turns` those before it. */
export function readProgress(turns: Turn[], message: Turn): Progress {
  weights ??= JSON.parse(readFileSync(projectPath("services/policy/learned/progress.bin"), "utf8")) as Weights;
  const { clues: found, telling } = findClues(turns, message);
  const unhappy = weigh(found, weights);
  const speaksUp =
    found.corrected > 0 ||
    found.wantsOther > 0 ||
    found.asksAgain >= 0.5 ||
    found.saidBefore >= 0.8 ||
    (found.displeased >= 0.5 && !/[?？؟]/u.test(message.text));
  // Who says no to what is offered, be it a person, has decided.
  const settles = found.agrees > 0 || found.pleased > 0 || found.refusedOffer > 0 || found.refusedMore > 0;
  const stuck = telling.length >= 2 && unhappy >= 0.8 && speaksUp && !settles && wasUnhappy(turns, message, weights);
  return { unhappy, stuck, telling };
}

/** Was the customer unhappy with an answer one message ago already? */
function wasUnhappy(turns: Turn[], message: Turn, by: Weights): boolean {
  const at = turns.findLastIndex((turn) => turn.author === "CUSTOMER" && turn.id !== message.id);
  const before = turns.slice(0, Math.max(0, at));
  if (!before.some((turn) => turn.author === "ASSISTANT")) return false;
  return weigh(findClues(before, turns[at] as Turn).clues, by) >= 0.25;
}

export type Weights = Record<Clue | "bias", number>;
let weights: Weights | undefined;

export function findClues(turns: Turn[], message: Turn): Seen {
  const recent = [...turns.filter((turn) => turn.id !== message.id), message].slice(-lately);
  let reactions: Reaction[] = [];
  let answers: Answer[] = [];
  let last: Answer | undefined;
  for (const turn of recent) {
    if (turn === message || turn.author === "CUSTOMER") {
      const reaction = reactionOf(turn, last);
      reactions.push(reaction);
      // What went wrong before the customer was content is settled.
      if (turn !== message && reaction.pleased && !reaction.asksOn) answers = [];
    } else if (turn.author !== "AGENT") {
      last = answerOf(turn);
      answers.push(last);
    }
  }
  const now = reactions.at(-1) as Reaction;
  reactions = reactions.slice(0, -1);
  const before = reactions.slice(now.reacts ? -2 : -3);
  /** Of a message that reacts to nothing, what the ones before it said. */
  const carried = (of: (one: Reaction) => boolean | number) =>
    now.reacts ? Number(of(now)) : 0.75 * mean(before.map((one) => Number(of(one))));
  const resists = (one: Reaction) => one.refusedOffer || one.corrected || one.wantsOther;
  const asked = reactions.map((one) => one.turn);
  const asksAgain = now.agrees || now.pleased ? 0 : askedBefore(message, asked) ** 2;
  const again = now.agrees || now.pleased ? 0 : saidBefore(message, asked) ** 2;
  const repeated = answers.filter(
    (one) => !one.asksForMore && answers.some((other) => other !== one && saysTheSame(one.turn.text, other.turn.text)),
  );
  const failed = answers.filter((one) => one.fails);
  const earlier = failed.filter((one) => one !== last);
  return {
    clues: {
      displeased: carried((one) => one.displeased),
      refusedOffer: carried((one) => one.refusedOffer),
      refusedMore: carried((one) => one.refusedMore),
      corrected: carried((one) => one.corrected),
      wantsOther: carried((one) => one.wantsOther),
      wantsOtherAgain: now.wantsOther ? mean(before.map((one) => Number(one.wantsOther || one.corrected))) : 0,
      afterFailure: Number(last?.fails ?? false),
      afterDenial: Number((last?.denies ?? false) && !last?.fails),
      failedBefore: Math.min(1, earlier.length / 2),
      sameAnswer: Number(repeated.length > 0),
      asksAgain,
      saidBefore: again,
      unhappyBefore: mean(before.map((one) => one.displeased)),
      refusedBefore: mean(before.map((one) => Number(resists(one)))),
      agrees: carried((one) => one.agrees),
      pleased: carried((one) => one.pleased),
      answersDetail: carried((one) => one.answersDetail),
      achieved: Number((last?.achieves ?? false) && !repeated.includes(last as Answer)),
      asksOn: asksAgain < 0.4 ? carried((one) => one.asksOn) : 0,
      pleasedBefore: mean(before.map((one) => Number(one.pleased || one.agrees))),
    },
    telling: answers.filter((one) => one.fails || repeated.includes(one)).map((one) => one.turn),
  };
}

/** How much the message asks what an earlier one asked, 0..1. */
function askedBefore(message: Turn, asked: Turn[]): number {
  return saysSomething(message.text) ? Math.max(0, ...asked.map((turn) => sameness(turn.text, message.text))) : 0;
}

/** What one turn of the assistant's does. */
interface Answer {
  turn: Turn;
  fails: boolean;
  denies: boolean;
  achieves: boolean;
  asksForMore: boolean;
  asksToConfirm: boolean;
  asksForDetails: boolean;
  /** A question that wants a yes. */
  offers: boolean;
}

function answerOf(turn: Turn): Answer {
  const text = fold(turn.text);
  const asks = /[?？؟]\s*$/u.test(text) || saysOfferInWords.test(text);
  const asksForMore = says.askingForMore(text);
  const asksToConfirm = says.askingToConfirm(text);
  const fails = turn.answered === false || says.failing(text);
  const asksForDetails = !asksForMore && !asksToConfirm && says.askingForDetails(text);
  return {
    turn,
    fails,
    denies: says.denying(text),
    achieves: !fails && !asksToConfirm && !says.denying(text) && !asksForDetails && says.achieved(text),
    asksForMore,
    asksToConfirm,
    asksForDetails,
    offers: asks && !asksForMore && !asksForDetails,
  };
}

function reactionOf(turn: Turn, last: Answer | undefined): Reaction {
  const text = fold(turn.text);
  const refuses = starts.refusing(text) && !starts.noRefusal(text);
  const closes = says.closing(text);
  const isPleased = says.pleased(text.replace(politeNo, " ")) && !(refuses && !closes);
  const agrees = starts.agreeing(text) && !refuses && !yesBut.test(text);
  const asks = /[?？؟]/u.test(text);
  const corrects = says.correcting(text) || notThis.test(text);
  const toMore = last?.asksForMore ?? false;
  const thanksNo = text.replace(politeNo, "").replace(/[ .!]+/gu, "") === "";
  const refusedOffer = refuses && !closes && (last?.offers ?? false) && !last?.asksToConfirm;
  const wantsOther =
    last !== undefined && !closes && !refusedOffer && !toMore && !last.asksForDetails && says.wantingOther(text);
  const corrected =
    last !== undefined &&
    !closes &&
    !refusedOffer &&
    !isPleased &&
    !agrees &&
    !thanksNo &&
    ((last.asksToConfirm && !asks) || ((refuses || corrects) && !toMore && !asks) || notThis.test(text));
  const reaction = {
    turn,
    // Who takes leave says no to more, which is no complaint.
    displeased: readDispleasure(turn.text) * (closes || (toMore && refuses) ? 0.4 : 1),
    refusedOffer,
    refusedMore: refuses && !isPleased && (toMore || (thanksNo && !refusedOffer)),
    corrected,
    wantsOther,
    agrees,
    pleased: isPleased,
    answersDetail: ((last?.asksForDetails ?? false) || toMore) && !refuses,
    asksOn: asks && !wantsOther && !corrects && !refuses && !last?.fails,
  };
  return { ...reaction, reacts: closes || /\s/u.test(text) || Object.values(reaction).some((one) => one === true) };
}

/** How unhappy the clues make the customer, 0..1. */
export function weigh(found: Clues, by: Weights): number {
  let sum = by.bias;
  for (const clue of clues.worse) sum += by[clue] * found[clue];
  for (const clue of clues.better) sum -= by[clue] * found[clue];
  return 1 / (1 + Math.exp(-sum));
}

/** How much of a message the customer has said before, in more words or fewer: "On Tuesdays", "no, TUESDAYS please". */
function saidBefore(message: Turn, asked: Turn[]): number {
  const now = contentOf(message.text);
  if (now.length === 0) return 0;
  const before = new Set(asked.flatMap((turn) => contentOf(turn.text)));
  return now.filter((stem) => before.has(stem)).length / now.length;
}

/** Nearly the same words and the same numbers: "a table for two?" after "a table for three?" is no repetition. */
function saysTheSame(one: string, other: string): boolean {
  return similarity(one, other) > 0.85 && numbersIn(one) === numbersIn(other);
}

function numbersIn(text: string): string {
  return (fold(text).match(/\p{N}+/gu) ?? []).join(" ");
}

function mean(values: number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** "The name, not the seat", "eighty not eight hundred": one thing put right by another. */
const notThis =
  /\p{L}\p{N}*, (?:not|nicht|keine?|pas|no|non|nao|niet|geen|nie|не|inte|ikke) (?:\p{L}+ )?[\p{L}\p{N}]+(?: \p{L}+)?[.!]*$|^[\p{L}\p{N}]+ not [\p{L}\p{N}]+(?: \p{L}+)?[.!]*$|^(?:nie|не|not|nicht|pas|no|non|nao|niet) [\p{L} ]+,? (?:tylko|а|but|sondern|mais|sino|ma|mas|maar) /u;
const yesBut =
  /^\p{L}+[,.!]? (?:but|and (?:it|i|still)|i (?:know|did|do|have|already|just)|still|aber|mais|pero|mas|ma|maar|но|ale) /u;

/** Words of pleasure that are none. */
const politeNo =
  /\bno,? (?:thanks|thank you|thx|merci|gracias|danke|grazie|obrigad[oa])\b(?! (?:for|so|very|a lot))|\b(?:i'?m|i am) (?:good|fine|okay)\b|\bnot (?:a |so |very |too )?(?:good|great|nice|helpful|cool)\b|\bno good\b/gu;

/** Offers in words that no question mark follows. */
const saysOfferInWords = /(?:^|[.!,] *)(?:shall|should|would you like|do you want)\b|(?:吗|か)[。.]?$/u;

const word = (sources: string[]) => `(?<![\\p{L}\\p{N}\\p{M}'])(?:${sources.join("|")})(?![\\p{L}\\p{N}\\p{M}])`;
const anywhere = (words: string[], unspaced: string[] = []) => {
  const pattern = new RegExp([word(words), ...unspaced].join("|"), "u");
  return (text: string) => pattern.test(text);
};
const atStart = (words: string[], unspaced: string[] = []) => {
  const pattern = new RegExp(
    [
      `^(?:(?:oh|ah|uh|um|hm+|well|sorry|and|but|so|ok,? but|please|thanks,? but|mm)[,. ]+){0,2}(?:${words.join("|")})(?![\\p{L}\\p{N}\\p{M}'])`,
      ...unspaced,
    ].join("|"),
    "u",
  );
  return (text: string) => pattern.test(text);
};
const starts = {
  agreeing: atStart(lexicon.agreeing, lexicon.agreeingAnywhere),
  refusing: atStart(lexicon.refusing, lexicon.refusingAnywhere),
  noRefusal: atStart(lexicon.noRefusal),
};
const says = {
  closing: anywhere(lexicon.closing, lexicon.closingAnywhere),
  pleased: anywhere(lexicon.pleased, lexicon.pleasedAnywhere),
  wantingOther: anywhere(lexicon.wantingOther, lexicon.wantingOtherAnywhere),
  correcting: anywhere(lexicon.correcting, lexicon.correctingAnywhere),
  failing: anywhere(lexicon.failing, lexicon.failingAnywhere),
  denying: anywhere(lexicon.denying, lexicon.denyingAnywhere),
  achieved: anywhere(lexicon.achieved, lexicon.achievedAnywhere),
  askingForMore: anywhere(lexicon.askingForMore, lexicon.askingForMoreAnywhere),
  askingToConfirm: anywhere(lexicon.askingToConfirm, lexicon.askingToConfirmAnywhere),
  askingForDetails: anywhere(lexicon.askingForDetails, lexicon.askingForDetailsAnywhere),
};
