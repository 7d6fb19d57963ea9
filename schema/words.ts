/**
 * The vocabulary of Baton: each closed list once, for the graph (enums), the events (zod) and the code.
 * Every list is an object whose keys equal its values, which both `z.enum` and type-graphql's `registerEnumType` accept.
 */

/** How the customer reaches the company. `TICKET` conversations are slow (e-mail); `CHAT` ones are live. */
export const Channel = { CHAT: "CHAT", TICKET: "TICKET" } as const;
export type Channel = keyof typeof Channel;

/** Who wrote a message. `AGENT` is always a human of the support team, `ASSISTANT` always the AI. */
export const Author = {
  CUSTOMER: "CUSTOMER",
  ASSISTANT: "ASSISTANT",
  AGENT: "AGENT",
  SYSTEM: "SYSTEM",
} as const;
export type Author = keyof typeof Author;

/** Who may speak for the company now. `QUEUE`: a handover is under way and nobody has taken it; `NONE`: closed. */
export const ControlHolder = {
  ASSISTANT: "ASSISTANT",
  QUEUE: "QUEUE",
  AGENT: "AGENT",
  NONE: "NONE",
} as const;
export type ControlHolder = keyof typeof ControlHolder;

/** What policy decides about one message or one drafted answer. */
export const Decision = {
  CONTINUE: "CONTINUE",
  CLARIFY: "CLARIFY",
  OFFER: "OFFER",
  HANDOVER: "HANDOVER",
} as const;
export type Decision = keyof typeof Decision;

/** Why a handover was offered or requested. Exactly one per handover. */
export const Reason = {
  CUSTOMER_REQUEST: "CUSTOMER_REQUEST",
  FRUSTRATION: "FRUSTRATION",
  REPETITION: "REPETITION",
  CANNOT_ANSWER: "CANNOT_ANSWER",
  GUIDANCE_RULE: "GUIDANCE_RULE",
  BLOCKED_TAG: "BLOCKED_TAG",
  SAFETY: "SAFETY",
  ASSISTANT_FAILED: "ASSISTANT_FAILED",
  AGENT_TOOK_OVER: "AGENT_TOOK_OVER",
  API_REQUEST: "API_REQUEST",
} as const;
export type Reason = keyof typeof Reason;

/** The life of one handover; the last four are ways out. */
export const HandoverStatus = {
  OFFERED: "OFFERED",
  REQUESTED: "REQUESTED",
  DELIVERING: "DELIVERING",
  WAITING: "WAITING",
  ACTIVE: "ACTIVE",
  ENDED: "ENDED",
  DECLINED: "DECLINED",
  CANCELLED: "CANCELLED",
  EXPIRED: "EXPIRED",
  FAILED: "FAILED",
} as const;
export type HandoverStatus = keyof typeof HandoverStatus;

/** How a handover that reached a person (or a link) came to its end. */
export const HandoverEnding = {
  RETURNED: "RETURNED",
  CLOSED: "CLOSED",
  TIMED_OUT: "TIMED_OUT",
  LINKED: "LINKED",
} as const;
export type HandoverEnding = keyof typeof HandoverEnding;

/** Who answers first in a workspace: Baton's own assistant, or one that posts through `postAssistantMessage`. */
export const AssistantMode = { BUILT_IN: "BUILT_IN", EXTERNAL: "EXTERNAL" } as const;
export type AssistantMode = keyof typeof AssistantMode;

/** The seven readings policy makes of a conversation, each with its own evidence. */
export const SignalName = {
  INTENT: "INTENT",
  FRUSTRATION: "FRUSTRATION",
  CANNOT_ANSWER: "CANNOT_ANSWER",
  GUIDANCE: "GUIDANCE",
  TAG: "TAG",
  REPETITION: "REPETITION",
  SAFETY: "SAFETY",
} as const;
export type SignalName = keyof typeof SignalName;

/** Kinds of help desk. `CUSTOM` is one that came as a package. `CONSOLE` is the desk built into Baton, and the last resort of every delivery. */
export const ProviderName = {
  INTERCOM: "INTERCOM",
  ZENDESK_MESSAGING: "ZENDESK_MESSAGING",
  ZENDESK_TICKETS: "ZENDESK_TICKETS",
  HUBSPOT: "HUBSPOT",
  FRESHCHAT: "FRESHCHAT",
  FRESHDESK: "FRESHDESK",
  GORGIAS: "GORGIAS",
  CUSTOM: "CUSTOM",
  LINK: "LINK",
  CONSOLE: "CONSOLE",
} as const;
export type ProviderName = keyof typeof ProviderName;

/** How the customer seems to feel, as a summary tells it. */
export const Mood = { CALM: "CALM", ANNOYED: "ANNOYED", ANGRY: "ANGRY", DISTRESSED: "DISTRESSED" } as const;
export type Mood = keyof typeof Mood;

/** What a fact of a summary rests on: the customer's word alone, or that of an agent or a tool. */
export const Standing = { CLAIMED: "CLAIMED", CONFIRMED: "CONFIRMED" } as const;
export type Standing = keyof typeof Standing;

/** An agent's word on a handover, afterwards. */
export const Verdict = {
  NEEDED: "NEEDED",
  NOT_NEEDED: "NOT_NEEDED",
  TOO_LATE: "TOO_LATE",
  WRONG_TARGET: "WRONG_TARGET",
} as const;
export type Verdict = keyof typeof Verdict;
