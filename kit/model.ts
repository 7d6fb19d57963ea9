import type { z } from "zod";

/** A question to a language model whose answer must fit `schema`. */
export interface ModelRequest<Answer> {
  /** Name and version of the prompt, for the record: summary/1. */
  prompt: string;
  /** What the model is told to do; ours. */
  system: string;
  /** The data it works on; may hold text of customers, already fenced. */
  input: string;
  schema: z.ZodType<Answer>;
  /** The whole budget, retries included, in milliseconds. */
  budgetMs: number;
  signal?: AbortSignal;
  /**
   * Called with all that is written so far, again and again while the model writes; begins anew when the model is asked
   * again. A glimpse only: what counts is the outcome.
   */
  onText?: (soFar: string) => void;
}

/** Why there is no answer. None of these is an exception: the caller goes on without a model. */
export type ModelFailure = "TIMEOUT" | "BLOCKED" | "TRUNCATED" | "MALFORMED" | "RATE_LIMITED" | "UNAVAILABLE";

export type ModelOutcome<Answer> =
  | { ok: true; answer: Answer; model: string }
  | { ok: false; failure: ModelFailure; detail: string; model: string };

/** The model port. `null` in its place means: no model is configured. Never throws. */
export interface Model {
  readonly name: string;
  ask<Answer>(request: ModelRequest<Answer>): Promise<ModelOutcome<Answer>>;
}
