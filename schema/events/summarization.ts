import { z } from "zod";
import { Mood } from "../words";
import { conversationFacts } from "./conversations";
import { defineEvent } from "./envelope";

/** One sentence of a summary and the messages it rests on. */
export const statement = z.object({ text: z.string(), messageIds: z.array(z.uuid()) });

/** What the agent must know, and the customer may read. */
export const summaryFacts = z.object({
  id: z.uuid(),
  headline: z.string().describe("at most 90 characters"),
  wants: statement.nullable(),
  tried: z.array(statement),
  openQuestion: statement.nullable(),
  mood: z.enum(Mood),
  contact: z.string().nullable().describe("how to reach the customer: name and e-mail as far as known"),
  language: z.string(),
  writtenBy: z.string().describe("the model's name, or extract/<version>"),
  throughSequence: z.int().nonnegative().describe("the last message it has read"),
  writtenAt: z.iso.datetime(),
  text: z.string().describe("all of it as plain text, in the summary's language: for desks and for copy and paste"),
});

export const summarizationEvents = [
  defineEvent(
    "summary.written",
    1,
    "A summary was written, for a handover or on demand.",
    z.object({ conversation: conversationFacts, handoverId: z.uuid().nullable(), summary: summaryFacts }),
  ),
] as const;
