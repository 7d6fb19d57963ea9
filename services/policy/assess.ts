import type { ControlHolder, Decision, Reason, SignalName } from "../../schema/words";
import { failedTurns, freshTurns } from "./reading";
import type { ChannelSettings, Sensitivity } from "./settings";
import type { Reading, Rule, Signal, TagDefinition } from "./signal";
import { isBareFirstRequest, readIntent } from "./signals/intent";

/** Everything a decision rests on; plain values only. */
export interface Case {
  reading: Reading;
  control: ControlHolder;
  settings: ChannelSettings;
  rules: Rule[];
  tags: TagDefinition[];
  signals: Signal[];
}

/** The outcome. `reason` is null exactly when the decision is CONTINUE. */
export interface Judgement {
  decision: Decision;
  reason: Reason | null;
  /** Why, for an agent to read. */
  explanation: string;
  /** The signals the decision rests on, the one that decided first. */
  signals: Signal[];
}

/** From here on a careful person would say yes; see `Signal.score`. */
export const sure = 0.5;

/**
 * From here on a blocked topic hands over. A topic that is not blocked merely marks the conversation, and may be a guess;
 * one that takes the conversation from the assistant at once has to be likelier, since a message about something the
 * workspace has no topic for falls to the nearest one.
 */
export const sureOfBlocked = 0.65;

/** From which score on annoyance leads to a person; from `offerBelow` under it a person is offered. */
export const frustrationThreshold: Record<Sensitivity, number> = { LOW: 0.75, NORMAL: 0.55, HIGH: 0.4 };
const offerBelow = 0.13;

/** One row of the table: a reason, when it applies and what follows. */
export interface Step {
  reason: Reason;
  signal: SignalName;
  /** Does it go on while the channel is paused? What the customer, the workspace or the law asks for does. */
  whilePaused: boolean;
  /** Null: this row has nothing to say, the next one is asked. */
  apply(judged: Case): { decision: Exclude<Decision, "CONTINUE">; signal: Signal; why: string } | null;
}

/**
 * The order of precedence: the first row that applies decides, alone.
 *
 * | # | reason           | applies when                                            | decision                               | paused |
 * |---|------------------|---------------------------------------------------------|----------------------------------------|--------|
 * | 1 | SAFETY           | self-harm, threats, legal action, fraud                 | HANDOVER                               | goes on|
 * | 2 | BLOCKED_TAG      | a topic that is blocked, and likely rather than guessed | HANDOVER                               | goes on|
 * | 3 | GUIDANCE_RULE    | one of the workspace's rules                            | HANDOVER                               | goes on|
 * | 4 | CUSTOMER_REQUEST | the customer asks for a person                          | HANDOVER; CLARIFY for a bare request   |        |
 * |   |                  |                                                         | in the first message, if guarded       | goes on|
 * | 5 | FRUSTRATION      | patience lost, by the channel's sensitivity             | HANDOVER; OFFER when nearly so, or     |        |
 * |   |                  |                                                         | when the assistant had no chance yet   | rests  |
 * | 6 | REPETITION       | the same asked for the third time                       | HANDOVER after a failed answer, else   |        |
 * |   |                  |                                                         | OFFER; nothing once declined           | rests  |
 * | 7 | CANNOT_ANSWER    | it is certain already that the assistant cannot answer  | as the channel says: OFFER or          |        |
 * |   |                  |                                                         | HANDOVER; HANDOVER when the customer   |        |
 * |   |                  |                                                         | was asked back and said what for       | rests  |
 * | 8 | -                | otherwise                                               | CONTINUE                               |        |
 *
 * Why this order: danger first; then what the workspace forbids its assistant to touch at all, before what it merely
 * wants a person for; these come before the customer's own request because they decide *who* must get it and may not
 * be held up by a question back. Then what the customer says in so many words, and only then what is inferred, the
 * surer before the vaguer.
 */
export const precedence: Step[] = [
  {
    reason: "SAFETY",
    signal: "SAFETY",
    whilePaused: true,
    apply: (judged) => handOverWhen(strongest(judged, "SAFETY"), "The message is about safety, the law or fraud."),
  },
  {
    reason: "BLOCKED_TAG",
    signal: "TAG",
    whilePaused: true,
    apply(judged) {
      const blocked = new Set(judged.tags.filter((tag) => tag.blocked).map((tag) => tag.id));
      const signal = strongest(judged, "TAG", ({ rule }) => rule !== null && blocked.has(rule.id), sureOfBlocked);
      return handOverWhen(signal, `The topic "${signal?.rule?.text}" is blocked for the assistant.`);
    },
  },
  {
    reason: "GUIDANCE_RULE",
    signal: "GUIDANCE",
    whilePaused: true,
    apply(judged) {
      const rules = new Set(judged.rules.map((rule) => rule.id));
      const signal = strongest(judged, "GUIDANCE", ({ rule }) => rule !== null && rules.has(rule.id));
      return handOverWhen(signal, `The message falls under the rule "${signal?.rule?.text}".`);
    },
  },
  {
    reason: "CUSTOMER_REQUEST",
    signal: "INTENT",
    whilePaused: true,
    apply(judged) {
      const signal = strongest(judged, "INTENT");
      if (!signal) return null;
      if (judged.settings.firstMessageGuard && isBareFirstRequest(judged.reading))
        return { decision: "CLARIFY", signal, why: "The first message asks for a person and does not say what for." };
      return { decision: "HANDOVER", signal, why: "The customer asks for a person." };
    },
  },
  {
    reason: "FRUSTRATION",
    signal: "FRUSTRATION",
    whilePaused: false,
    apply(judged) {
      const threshold = frustrationThreshold[judged.settings.frustrationSensitivity];
      const signal = strongest(judged, "FRUSTRATION", undefined, threshold - offerBelow);
      if (!signal) return null;
      const failures = failedTurns(judged.reading).length;
      const after = failures > 0 ? `, after ${failures === 1 ? "a failed answer" : `${failures} failed answers`}` : "";
      if (signal.score >= threshold && assistantHadItsChance(judged.reading))
        return { decision: "HANDOVER", signal, why: `The customer has lost patience${after}.` };
      if (signal.score < threshold && failures === 0) return null;
      return offerUnlessMade(judged, "FRUSTRATION", signal, `The customer is losing patience${after}.`);
    },
  },
  {
    reason: "REPETITION",
    signal: "REPETITION",
    whilePaused: false,
    apply(judged) {
      const signal = strongest(judged, "REPETITION");
      if (!signal || wasDeclined(judged.reading, "REPETITION")) return null;
      const why = "The customer has asked the same thing three times.";
      if (failedTurns(judged.reading).length > 0) return { decision: "HANDOVER", signal, why };
      return offerUnlessMade(judged, "REPETITION", signal, why);
    },
  },
  {
    reason: "CANNOT_ANSWER",
    signal: "CANNOT_ANSWER",
    whilePaused: false,
    apply: (judged) => unanswered(judged, "The assistant cannot answer this."),
  },
];

/**
 * Policy's decision about a customer's message. Pure and total: the same case has the same outcome, every case has
 * one, with at most one reason. Only a conversation the assistant holds is decided about.
 */
export function assess(judged: Case): Judgement {
  return decide(precedence, judged, "Nothing calls for a person.");
}

/** Asks the rows of a table in order. */
export function decide(steps: Step[], judged: Case, otherwise: string): Judgement {
  const signals = judged.signals;
  if (judged.control !== "ASSISTANT")
    return { decision: "CONTINUE", reason: null, explanation: "The assistant is not in control.", signals };
  for (const step of steps) {
    if (judged.settings.paused && !step.whilePaused) continue;
    const applied = step.apply(judged);
    if (!applied) continue;
    const { decision, signal, why } = applied;
    const others = signals.filter((other) => other !== signal);
    return { decision, reason: step.reason, explanation: why, signals: [signal, ...others] };
  }
  return { decision: "CONTINUE", reason: null, explanation: otherwise, signals };
}

/** The strongest signal of a kind that reaches `least`; null when none does. */
export function strongest(
  { signals }: Case,
  name: SignalName,
  which: (signal: Signal) => boolean = () => true,
  least = sure,
): Signal | null {
  let best: Signal | null = null;
  for (const signal of signals)
    if (signal.name === name && signal.score >= least && which(signal) && (!best || signal.score > best.score))
      best = signal;
  return best;
}

/** An offer, unless the customer has declined one for this reason or had one a moment ago. */
export function offerUnlessMade(judged: Case, reason: Reason, signal: Signal, why: string): ReturnType<Step["apply"]> {
  const { reading, settings } = judged;
  if (wasDeclined(reading, reason)) return null;
  const last = Math.max(-1, ...reading.offers.filter((offer) => offer.reason === reason).map((o) => o.sequence));
  const since = reading.turns.filter((turn) => turn.author === "CUSTOMER" && turn.sequence > last).length;
  return last >= 0 && since < settings.offerEvery ? null : { decision: "OFFER", signal, why };
}

/** What the channel wants when there is no answer; who was asked what they want a person for is not asked again. */
export function unanswered(judged: Case, why: string): ReturnType<Step["apply"]> {
  const signal = strongest(judged, "CANNOT_ANSWER");
  if (!signal) return null;
  if (judged.settings.whenUnanswered === "HANDOVER") return { decision: "HANDOVER", signal, why };
  if (saysWhatFor(judged.reading))
    return { decision: "HANDOVER", signal, why: `The customer asked for a person and has said what for. ${why}` };
  return offerUnlessMade(judged, "CANNOT_ANSWER", signal, why);
}

/** Has the customer begun with a bare request for a person, and been given nothing since but the question back? */
function saysWhatFor(reading: Reading): boolean {
  const fresh = freshTurns(reading);
  const request = fresh.find((turn) => turn.author === "CUSTOMER");
  if (!request || request.id === reading.message.id) return false;
  if (fresh.some((turn) => turn.answered) || wasDeclined(reading, "CANNOT_ANSWER")) return false;
  const turns = reading.turns.filter((turn) => turn.sequence <= request.sequence);
  const then = { ...reading, message: request, turns };
  return isBareFirstRequest(then) && readIntent(then).score >= sure;
}

export function wasDeclined(reading: Reading, reason: Reason): boolean {
  return reading.offers.some((offer) => offer.declined && offer.reason === reason);
}

function handOverWhen(signal: Signal | null, why: string): ReturnType<Step["apply"]> {
  return signal ? { decision: "HANDOVER", signal, why } : null;
}

/** Has the assistant said anything to this customer's present concern? A greeting before it is no answer. */
function assistantHadItsChance(reading: Reading): boolean {
  const fresh = freshTurns(reading);
  const asked = fresh.findIndex((turn) => turn.author === "CUSTOMER");
  return fresh.some((turn, at) => turn.author === "ASSISTANT" && at > asked) || failedTurns(reading).length > 0;
}
