import type { Channel, Decision, Reason } from "../../schema/words";
import { assess, type Case, decide, type Judgement } from "./assess";
import { answerPrecedence } from "./assess-answer";
import { type PolicyContent, rulesOf } from "./policy-content";
import { readSignals } from "./read-signals";
import { settingsOf } from "./settings";
import type { PastOffer, Reading, Rule, RuleRef, Signal, TagDefinition, Turn } from "./signal";
import { readGuidance } from "./signals/guidance";

/** What was decided, or would be, about a conversation: its first handover, else its first offer, else nothing. */
export interface Outcome {
  decision: Decision;
  reason: Reason | null;
  rule: RuleRef | null;
  /** The message it happened at; null when nothing did. */
  messageId: string | null;
  /** Of that message, shortened. */
  quote: string | null;
}

/** One thing policy judged in a past conversation: a message, or the answer drafted to it. */
export interface PastJudgement {
  messageId: string;
  answer: boolean;
  decision: Decision;
  reason: Reason | null;
  /** As kept with the assessment, the one that decided first. */
  signals: Signal[];
}

/** A conversation as policy heard it. */
export interface PastConversation {
  id: string;
  channel: Channel;
  language: string;
  /** Oldest first. */
  turns: Turn[];
  offers: PastOffer[];
  /** As last heard; a message before it was judged under an earlier settlement. */
  settledThrough: number;
  /** In the order they happened. */
  judged: PastJudgement[];
}

/** How an outcome differs. */
export const ReplayChange = {
  NEWLY_HANDED_OVER: "NEWLY_HANDED_OVER",
  NO_LONGER_HANDED_OVER: "NO_LONGER_HANDED_OVER",
  OTHER_REASON: "OTHER_REASON",
  NEWLY_OFFERED: "NEWLY_OFFERED",
  NO_LONGER_OFFERED: "NO_LONGER_OFFERED",
} as const;
export type ReplayChange = keyof typeof ReplayChange;

/** No reading looks further back; the same bound as for live messages. */
const window = 40;
const longestQuote = 160;

/**
 * What each policy makes of a past conversation, offline. What a message says is read once for both, so that what
 * differs between the outcomes is what the policies say, and nothing else. Past a conversation's first handover its
 * history is another one, so nothing after it is judged.
 */
export function replayBoth(
  past: PastConversation,
  policies: readonly [PolicyContent, PolicyContent],
  tags: TagDefinition[],
): [Outcome, Outcome] {
  const [before, after] = policies.map((policy) => rulesOf(policy)) as [Rule[], Rule[]];
  const wordings = [...before, ...after.filter((rule) => !before.some((other) => sameText(rule, other)))];
  const settings = policies.map((policy) => settingsOf(policy.settings, past.channel));
  const outcomes: [Outcome, Outcome] = [nothingHappened, nothingHappened];
  for (const judged of past.judged) {
    if (outcomes.every(({ decision }) => decision === "HANDOVER")) break;
    const reading = readingAt(past, judged);
    if (!reading) continue;
    const own = judged.answer ? judged.signals : readSignals(reading, [], tags);
    const guided = judged.answer ? [] : readGuidance(reading, wordings);
    [before, after].forEach((rules, at) => {
      const outcome = outcomes[at] as Outcome;
      if (outcome.decision === "HANDOVER") return;
      const matched = guided.flatMap((signal) => {
        const rule = rules.find((one) => one.id === signal.rule?.id && one.text === signal.rule.text);
        return rule ? [{ ...signal, rule: { id: rule.id, version: rule.version, text: rule.text } }] : [];
      });
      const signals = [...own, ...matched];
      const given = { reading, control: "ASSISTANT", settings: settings[at], rules, tags, signals } as Case;
      outcomes[at] = worse(
        outcome,
        judged.answer ? decide(answerPrecedence, given, "") : assess(given),
        reading.message,
      );
    });
  }
  return outcomes;
}

/** What really was decided at the time, by whatever policy and model there was. */
export function recordedOutcome(past: PastConversation): Outcome {
  let outcome: Outcome = nothingHappened;
  for (const { messageId, decision, reason, signals } of past.judged) {
    const message = past.turns.find((turn) => turn.id === messageId);
    if (message) outcome = worse(outcome, { decision, reason, signals, explanation: "" }, message);
    if (outcome.decision === "HANDOVER") break;
  }
  return outcome;
}

/** How `after` differs from `before`; null when a customer and an agent would see the same. */
export function changeOf(before: Outcome, after: Outcome): ReplayChange | null {
  if (before.decision === "HANDOVER" || after.decision === "HANDOVER") {
    if (before.decision !== "HANDOVER") return "NEWLY_HANDED_OVER";
    if (after.decision !== "HANDOVER") return "NO_LONGER_HANDED_OVER";
    return before.reason === after.reason && before.rule?.id === after.rule?.id ? null : "OTHER_REASON";
  }
  if (before.decision === after.decision) return null;
  if (after.decision === "OFFER") return "NEWLY_OFFERED";
  return before.decision === "OFFER" ? "NO_LONGER_OFFERED" : null;
}

const nothingHappened: Outcome = { decision: "CONTINUE", reason: null, rule: null, messageId: null, quote: null };

function sameText(one: Rule, other: Rule): boolean {
  return one.id === other.id && one.text === other.text;
}

/** A handover outweighs an offer, an offer a question back, and the first of its kind stays. */
function worse(outcome: Outcome, { decision, reason, signals }: Judgement, message: Turn): Outcome {
  const weight = { CONTINUE: 0, CLARIFY: 1, OFFER: 2, HANDOVER: 3 };
  if (weight[decision] <= weight[outcome.decision]) return outcome;
  const quote = [...message.text].slice(0, longestQuote).join("");
  return { decision, reason, rule: signals[0]?.rule ?? null, messageId: message.id, quote };
}

/** What policy saw when it judged: nothing said later, and the settlement that held then. */
function readingAt(past: PastConversation, judged: PastJudgement): Reading | null {
  const at = past.turns.findIndex((turn) => turn.id === judged.messageId);
  const message = past.turns[at];
  if (!message) return null;
  const earlier = past.turns.slice(Math.max(0, at - window), at);
  const asJudged = judged.answer ? message : { ...message, answered: null };
  const byAgent = earlier.findLast((turn) => turn.author === "AGENT")?.sequence ?? 0;
  const settled = past.settledThrough < message.sequence ? past.settledThrough : 0;
  return {
    channel: past.channel,
    language: past.language,
    turns: [...earlier, asJudged],
    message: asJudged,
    settledThrough: Math.max(byAgent, settled),
    offers: past.offers.filter((offer) => offer.sequence < message.sequence),
  };
}
