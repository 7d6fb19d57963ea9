import type { Author, Channel, Reason, SignalName } from "../../schema/words";

/** One message of a conversation, as the signals read it. */
export interface Turn {
  id: string;
  /** Counts from 1 within the conversation. */
  sequence: number;
  author: Author;
  text: string;
  /**
   * ASSISTANT: false when it said that it cannot answer. CUSTOMER: false when the assistant could not answer this
   * message. Null when unknown, not yet known or not applicable.
   */
  answered: boolean | null;
  /** The customer message an assistant's message answers. */
  inReplyTo: string | null;
}

/**
 * What a signal reads: one conversation up to and including the customer's message that is judged. Everything in it
 * is a plain value, so a reading can be built from a database, a file of test cases or a replay alike.
 */
export interface Reading {
  channel: Channel;
  /** BCP 47 in lower case, as the conversation says; a hint, since customers switch languages. */
  language: string;
  /** Oldest first, bounded; the last one is `message`. */
  turns: Turn[];
  /** The customer's message that is judged. */
  message: Turn;
  /**
   * Turns up to this sequence were settled when a person gave the conversation back: they are context, but no new
   * request, complaint or repetition. 0 when nothing was settled.
   */
  settledThrough: number;
  /** What the customer has been offered in this conversation, oldest first. */
  offers: PastOffer[];
}

/** Where a signal was seen: a quote out of one message. */
export interface Evidence {
  messageId: string;
  quote: string;
}

/** The guidance rule or tag a signal is about, as it was worded when it matched. */
export interface RuleRef {
  id: string;
  version: number;
  text: string;
}

/**
 * One reading of the conversation. `score` is 0 (no sign of it) to 1 (certain); each signal is calibrated so that 0.5
 * is the point where a careful person would say yes. Evidence is there whenever the score is 0.5 or more.
 */
export interface Signal {
  name: SignalName;
  score: number;
  evidence: Evidence[];
  rule: RuleRef | null;
}

/** One plain-language instruction of a workspace, as published. */
export interface Rule {
  id: string;
  version: number;
  text: string;
}

/** One topic of a workspace. Text for the signal: name, description and examples; `version` grows with every change. */
export interface TagDefinition {
  id: string;
  version: number;
  name: string;
  description: string;
  /** A blocked topic is handed over at once. */
  blocked: boolean;
  examples: string[];
}

/** An assistant's drafted answer to `Reading.message`, before the customer reads it. */
export interface Draft {
  answered: boolean;
  /** Empty when not answered. */
  text: string;
  citations: { title: string; quote: string }[];
  /** How much of the question the knowledge covers, 0..1, as the assistant measured it; null when unknown. */
  coverage: number | null;
  /** Whether what the assistant found answers the question (0..1), and the words that speak against it. */
  answerability?: { score: number; missing: string[]; otherwise: string[] } | undefined;
}

/** An offer the customer has already been made in this conversation. */
export interface PastOffer {
  reason: Reason;
  /** Of the message that led to it; 0 when none did. */
  sequence: number;
  /** Not yet accepted, declined or overtaken. */
  open: boolean;
  declined: boolean;
}
