import { z } from "zod";
import { Mood, Standing } from "../words";
import { conversationFacts } from "./conversations";
import { defineEvent } from "./envelope";

/** One sentence of a summary and the messages it rests on. */
export const statement = z.object({ text: z.string(), messageIds: z.array(z.uuid()) });

/** A statement of fact, and whether anybody but the customer has said so. */
export const fact = statement.extend({ standing: z.enum(Standing) });

/** What the agent must know, and the customer may read. */
export const summaryFacts = z.object({
  id: z.uuid(),
  headline: z.string().describe("at most 90 characters"),
  wants: statement.nullable(),
  facts: z.array(fact).optional().describe("what the customer claims, apart from what an agent or a tool confirmed"),
  tried: z.array(statement).describe("what was answered, refused or tried so far"),
  promised: z.array(statement).optional().describe("what an agent or the assistant promised"),
  openQuestion: statement.nullable(),
  nextStep: statement.nullable().optional().describe("what the agent might do first"),
  mood: z.enum(Mood),
  contact: z.string().nullable().describe("how to reach the customer: name and e-mail as far as known"),
  language: z.string(),
  writtenBy: z.string().describe("the model's name, or extract/<version>"),
  throughSequence: z.int().nonnegative().describe("the last message it has read"),
  writtenAt: z.iso.datetime(),
  version: z
    .int()
    .positive()
    .optional()
    .describe("a later version takes the place of an earlier one of the same handover"),
  correctedBy: z.enum(["CUSTOMER"]).nullable().optional().describe("who put it right; null: written from the messages"),
  text: z.string().describe("all of it as plain text, in the summary's language: for desks and for copy and paste"),
  html: z.string().optional().describe("the same as HTML, for desks that show HTML; at most 4 kB, as all renderings"),
  markdown: z.string().optional().describe("the same as Markdown"),
});

/** What a person did while they had the conversation, in their own words. */
export const briefFacts = z.object({
  id: z.uuid(),
  handoverId: z.uuid(),
  agentName: z.string().nullable(),
  decided: z.array(statement).describe("what the person said is so, may be or may not be"),
  promised: z.array(statement),
  changed: z.array(statement).describe("what the person did: refunded, booked, corrected"),
  note: z.string().nullable().describe("what the agent wants the assistant to know; not for the customer"),
  throughSequence: z.int().nonnegative().describe("the last message it has read"),
  writtenAt: z.iso.datetime(),
});

export const summarizationEvents = [
  defineEvent(
    "summary.written",
    1,
    "A summary was written, for a handover or on demand.",
    z.object({ conversation: conversationFacts, handoverId: z.uuid().nullable(), summary: summaryFacts }),
  ),
  defineEvent(
    "brief.written",
    1,
    "The assistant has the conversation again; this is what the person did meanwhile.",
    z.object({ conversation: conversationFacts, brief: briefFacts }),
  ),
] as const;
