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
   * at least twice, and the customer, who has put it right or asked again before, is surely unhappy now.
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
  /** How often the customer has put it right, refused or asked again before. */
  insisted: number;
}

/** Reads how the conversation goes; `message` is the customer's that is judged, `turns` those before it. */
export function readProgress(turns: Turn[], message: Turn): Progress {
  weights ??= JSON.parse(readFileSync(projectPath("services/policy/learned/progress.bin"), "utf8")) as Weights;
  const { clues: found, telling, insisted } = findClues(turns, message);
  const unhappy = weigh(found, weights);
  const speaksUp =
    found.corrected > 0 ||
    found.wantsOther > 0 ||
    found.asksAgain >= 0.5 ||
    found.saidBefore >= 0.8 ||
    (found.displeased >= 0.6 && !/[?？؟]/u.test(message.text));
  // Who says no to what is offered, be it a person, has decided.
  const settles = found.agrees > 0 || found.pleased > 0 || found.refusedOffer > 0 || found.refusedMore > 0;
  return { unhappy, stuck: telling.length >= 2 && insisted > 0 && unhappy >= 0.8 && speaksUp && !settles, telling };
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
    (one, at) => !one.asksForMore && answers.slice(0, at).some((other) => saysTheSame(one.turn.text, other.turn.text)),
  );
  const failed = answers.filter((one) => one.fails);
  const earlier = failed.filter((one) => one !== last);
  const insists = (one: Reaction, at: number) =>
    resists(one) ||
    one.displeased >= 0.6 ||
    askedBefore(one.turn, asked.slice(0, at)) >= 0.7 ||
    saidBefore(one.turn, asked.slice(0, at)) === 1;
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
      achieved: Number(last?.achieves ?? false),
      asksOn: carried((one) => one.asksOn),
      pleasedBefore: mean(before.map((one) => Number(one.pleased || one.agrees))),
    },
    telling: answers.filter((one) => one.fails || repeated.includes(one)).map((one) => one.turn),
    insisted: reactions.filter(insists).length,
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
    achieves: !fails && !asksToConfirm && !asksForDetails && says.achieved(text),
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
  const agrees = starts.agreeing(text) && !refuses;
  const asks = /[?？؟]/u.test(text);
  const corrects = says.correcting(text);
  const toMore = last?.asksForMore ?? false;
  const refusedOffer = refuses && !closes && (last?.offers ?? false) && !last?.asksToConfirm;
  const wantsOther =
    last !== undefined && !closes && !refusedOffer && !toMore && !last.asksForDetails && says.wantingOther(text);
  const corrected =
    last !== undefined &&
    !closes &&
    !refusedOffer &&
    !isPleased &&
    !asks &&
    !agrees &&
    (last.asksToConfirm || ((refuses || corrects) && !toMore));
  const reaction = {
    turn,
    // Who takes leave says no to more, which is no complaint.
    displeased: readDispleasure(turn.text) * (closes || (toMore && refuses) ? 0.4 : 1),
    refusedOffer,
    refusedMore: refuses && !isPleased && toMore,
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
