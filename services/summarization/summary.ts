import type { z } from "zod";
import type { customerFacts, messageFacts } from "../../schema/events/conversations";
import type { statement, summaryFacts } from "../../schema/events/summarization";

export type Statement = z.infer<typeof statement>;
export type SummaryFacts = z.infer<typeof summaryFacts>;
export type Line = z.infer<typeof messageFacts>;
export type Customer = z.infer<typeof customerFacts>;

/** What a summary is made from. */
export interface Dialogue {
  /** BCP 47, lower case. */
  language: string;
  customer: Customer;
  /** In order. */
  messages: Line[];
}

/** The part of a summary that is written, by the model or by the extract; the rest is known. */
export type Draft = Pick<SummaryFacts, "headline" | "wants" | "tried" | "openQuestion" | "mood">;

/** Characters a headline may have. */
export const headlineLimit = 90;
