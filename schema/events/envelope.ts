import { z } from "zod";

/**
 * The envelope of every event: CloudEvents 1.0 attributes plus four extensions
 * (`typeversion`, `workspaceid`, `correlationid`, `causationid`). Source: https://github.com/cloudevents/spec.
 */
export const envelope = z.object({
  specversion: z.literal("1.0"),
  id: z.uuid().describe("unique per event; the idempotency key of every handler"),
  source: z.string().describe("the saying service, as a path: /conversations"),
  type: z.string().describe("what happened, in the past tense: message.posted"),
  typeversion: z.int().positive().describe("version of the data's shape; grows only with an incompatible change"),
  subject: z.uuid().describe("the conversation's id; also the key that keeps order"),
  time: z.iso.datetime(),
  datacontenttype: z.literal("application/json"),
  workspaceid: z.uuid().describe("the tenant"),
  correlationid: z.uuid().describe("id of the first event of this story"),
  causationid: z
    .uuid()
    .nullable()
    .describe("id of the event whose handling said this one; null at the start of a story"),
});

/** An event type's entry in the catalogue. */
export interface EventDefinition<Type extends string = string, Data extends z.ZodType = z.ZodType> {
  type: Type;
  version: number;
  description: string;
  data: Data;
}

/** Declares one event type of one service. */
export function defineEvent<Type extends string, Data extends z.ZodType>(
  type: Type,
  version: number,
  description: string,
  data: Data,
): EventDefinition<Type, Data> {
  return { type, version, description, data };
}
