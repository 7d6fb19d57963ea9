import { randomUUID } from "node:crypto";
import { z } from "zod";
import { assistantEvents } from "./assistant";
import { conversationEvents } from "./conversations";
import { envelope } from "./envelope";
import { policyEvents } from "./policy";
import { providerEvents } from "./providers";
import { summarizationEvents } from "./summarization";

/** Topic = the service that says it. */
export const catalogue = {
  conversations: conversationEvents,
  policy: policyEvents,
  assistant: assistantEvents,
  summarization: summarizationEvents,
  providers: providerEvents,
} as const;

export type Topic = keyof typeof catalogue;
type Definition = (typeof catalogue)[Topic][number];
export type EventType = Definition["type"];
type DataOf<Type extends EventType> = z.infer<Extract<Definition, { type: Type }>["data"]>;

/** An event of one type: the envelope and its data. */
export type EventOf<Type extends EventType> = z.infer<typeof envelope> & { type: Type; data: DataOf<Type> };
/** Any event of Baton. */
export type BatonEvent = { [Type in EventType]: EventOf<Type> }[EventType];

const definitions = new Map<string, { topic: Topic; definition: Definition }>();
for (const [topic, list] of Object.entries(catalogue))
  for (const definition of list) definitions.set(definition.type, { topic: topic as Topic, definition });

/** The topic an event type is said on. */
export function topicOf(type: EventType): Topic {
  const entry = definitions.get(type);
  if (!entry) throw new Error(`no event type "${type}" in schema/events/catalogue.ts`);
  return entry.topic;
}

/**
 * Makes a new event. `cause` is the event being handled, if any: it hands down the correlation id.
 * Throws (zod) when the data do not fit the type's schema: nothing malformed is ever said.
 */
export function newEvent<Type extends EventType>(
  type: Type,
  facts: { workspaceId: string; conversationId: string; data: DataOf<Type>; cause?: BatonEvent | undefined; at?: Date },
): EventOf<Type> {
  const { topic, definition } = definitions.get(type) as { topic: Topic; definition: Definition };
  const id = randomUUID();
  const event = {
    specversion: "1.0",
    id,
    source: `/${topic}`,
    type,
    typeversion: definition.version,
    subject: facts.conversationId,
    time: (facts.at ?? new Date()).toISOString(),
    datacontenttype: "application/json",
    workspaceid: facts.workspaceId,
    correlationid: facts.cause?.correlationid ?? id,
    causationid: facts.cause?.id ?? null,
    data: definition.data.parse(facts.data),
  };
  return event as EventOf<Type>;
}

export type ParsedEvent =
  | { ok: true; event: BatonEvent }
  | {
      ok: false;
      problem: string /** true: a type this version does not know, which is no fault */;
      unknownType: boolean;
    };

/** Made once: zod compiles a schema when it is first used, which costs more than all the parsing. */
const anyEnvelope = envelope.extend({ data: z.unknown() });

/** Reads one event off a topic. Never throws. */
export function parseEvent(json: string): ParsedEvent {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch (error) {
    return { ok: false, unknownType: false, problem: `not JSON: ${(error as Error).message}` };
  }
  const outer = anyEnvelope.safeParse(raw);
  if (!outer.success)
    return { ok: false, unknownType: false, problem: `bad envelope: ${z.prettifyError(outer.error)}` };
  const entry = definitions.get(outer.data.type);
  if (!entry || entry.definition.version !== outer.data.typeversion)
    return {
      ok: false,
      unknownType: true,
      problem: `unknown event ${outer.data.type} version ${outer.data.typeversion}`,
    };
  const data = entry.definition.data.safeParse(outer.data.data);
  if (!data.success)
    return { ok: false, unknownType: false, problem: `bad data of ${outer.data.type}: ${z.prettifyError(data.error)}` };
  return { ok: true, event: { ...outer.data, data: data.data } as unknown as BatonEvent };
}
