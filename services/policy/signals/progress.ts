import { readLearned } from "../learned/learned-file";
import type { Turn } from "../signal";
import { contentOf, fold, similarity } from "../text";
import { readDispleasure } from "./displeasure";
import { type Answer, answerOf, type Reaction, reactionOf } from "./reactions";
import { sameness, saysSomething } from "./sameness";
import { readTone } from "./tone";

/** So many turns back count as lately. */
const lately = 8;

/** From this on the customer's words alone say that something is wrong. */
const complaining = 0.6;

/**
 * What can be seen in a conversation of how content the customer is with the assistant's last answers, each 0..1.
 * `better` clues make it likelier that the customer is content, all others that the customer is not.
 */
export const clues = {
  worse: [
    "displeased",
    "annoyed",
    "refusedOffer",
    "refusedMore",
    "corrected",
    "wantsOther",
    "wantsOtherAgain",
    "afterFailure",
    "afterDenial",
    "failedBefore",
    "sameAnswer",
    "likeAnswer",
    "asksAgain",
    "saidBefore",
    "insists",
    "refusedBefore",
  ],
  better: ["agrees", "pleased", "achieved", "asksOn", "pleasedBefore"],
} as const;
export type Clue = (typeof clues)["worse" | "better"][number];
export type Clues = Record<Clue, number>;

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
  weights ??= JSON.parse(readLearned("progress.bin").toString("utf8")) as Weights;
  const { clues: found, telling } = findClues(turns, message);
  const unhappy = weigh(found, weights);
  const speaksUp =
    found.corrected > 0 ||
    found.wantsOther > 0 ||
    found.asksAgain >= 0.5 ||
    found.saidBefore >= 0.8 ||
    (readDispleasure(message.text, "") >= complaining && !/[?？؟]/u.test(message.text));
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

/** @param displeased how displeased the first text sounds, said to the second */
export function findClues(turns: Turn[], message: Turn, displeased = readDispleasure): Seen {
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
  const again = saidAgain(message, asked, last);
  const repeated = answers.filter(
    (one) => !one.asksForMore && answers.some((other) => other !== one && saysTheSame(one.turn.text, other.turn.text)),
  );
  const failed = answers.filter((one) => one.fails);
  const earlier = failed.filter((one) => one !== last);
  return {
    clues: {
      displeased: carried(({ turn, answer }) => displeased(turn.text, answer?.turn.text ?? "")),
      annoyed: readTone(message.text).score,
      refusedOffer: carried((one) => one.refusedOffer),
      refusedMore: carried((one) => one.refusedMore),
      corrected: carried((one) => one.corrected),
      wantsOther: carried((one) => one.wantsOther),
      wantsOtherAgain: now.wantsOther ? mean(before.map((one) => Number(one.wantsOther || one.corrected))) : 0,
      afterFailure: Number(last?.fails ?? false),
      afterDenial: Number((last?.denies ?? false) && !last?.fails),
      failedBefore: Math.min(1, earlier.length / 2),
      sameAnswer: Number(repeated.length > 0),
      likeAnswer: likeBefore(answers),
      asksAgain,
      saidBefore: now.agrees || now.pleased ? 0 : again.saidBefore ** 2,
      insists: again.insists,
      refusedBefore: mean(before.map((one) => Number(resists(one)))),
      agrees: carried((one) => one.agrees),
      pleased: carried((one) => one.pleased),
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

/** How unhappy the clues make the customer, 0..1. */
export function weigh(found: Clues, by: Weights): number {
  let sum = by.bias;
  for (const clue of clues.worse) sum += by[clue] * found[clue];
  for (const clue of clues.better) sum -= by[clue] * found[clue];
  return 1 / (1 + Math.exp(-sum));
}

/**
 * How much of a message the customer has said before, in more words or fewer ("On Tuesdays", "no, TUESDAYS please"); and
 * how much of it moreover the assistant has not just spoken of. Each 0..1.
 */
function saidAgain(message: Turn, asked: Turn[], last: Answer | undefined): { saidBefore: number; insists: number } {
  const now = contentOf(message.text);
  if (now.length === 0) return { saidBefore: 0, insists: 0 };
  const before = new Set(asked.flatMap((turn) => contentOf(turn.text)));
  const spokenOf = new Set(last ? contentOf(last.turn.text) : []);
  const again = now.filter((stem) => before.has(stem));
  const insisted = new Set(again.filter((stem) => !spokenOf.has(stem)));
  return { saidBefore: again.length / now.length, insists: insisted.size / new Set(now).size };
}

/** How much the last answer is like one before it, 0..1. To confirm and to ask for more is always said alike. */
function likeBefore(answers: Answer[]): number {
  const saying = answers.filter((one) => !one.asksToConfirm && !one.asksForMore);
  const last = saying.at(-1);
  if (!last || last !== answers.at(-1)) return 0;
  return Math.max(0, ...saying.slice(0, -1).map((one) => similarity(one.turn.text, last.turn.text)));
}

/** Nearly the same words and the same numbers: "a table for two?" after "a table for three?" is no repetition. */
function saysTheSame(one: string, other: string): boolean {
  const [shorter, longer] = [one.length, other.length].sort((a, b) => a - b) as [number, number];
  if (shorter < longer * 0.6 || numbersIn(one) !== numbersIn(other)) return false;
  return similarity(one, other) > 0.85;
}

function numbersIn(text: string): string {
  return (fold(text).match(/\p{N}+/gu) ?? []).join(" ");
}

function mean(values: number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
