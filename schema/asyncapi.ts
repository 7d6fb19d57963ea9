import { z } from "zod";
import * as assistant from "./events/assistant";
import { catalogue } from "./events/catalogue";
import * as conversations from "./events/conversations";
import { type EventDefinition, envelope } from "./events/envelope";
import * as policy from "./events/policy";
import * as providers from "./events/providers";
import * as summarization from "./events/summarization";

/** A JSON Schema (draft 7), as far as this project looks into one. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  items?: JsonSchema | JsonSchema[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  required?: string[];
  description?: string;
  format?: string;
  [keyword: string]: unknown;
}

/** Every event type of the catalogue with the service that says it. */
export function allEvents(): { topic: string; definition: EventDefinition }[] {
  return Object.entries(catalogue).flatMap(([topic, list]) => list.map((definition) => ({ topic, definition })));
}

/** The name of one shape of one event, which its example file carries too: `message.posted.v1`. */
export function eventName(definition: { type: string; version: number }): string {
  return `${definition.type}.v${definition.version}`;
}

/** The data of every event as JSON Schema, by event name: what `schema/released/events.json` freezes. */
export function eventSchemas(): Record<string, JsonSchema> {
  return Object.fromEntries(
    allEvents().map(({ definition }) => [eventName(definition), withoutIds(z.toJSONSchema(definition.data, settings))]),
  );
}

/** The event catalogue as an AsyncAPI 3 document. `examples` holds one whole event per event name. */
export function asyncApi(facts: { version: string; examples: Record<string, unknown> }): object {
  const events = allEvents();
  const schemas = namedSchemas();
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Baton events",
      version: facts.version,
      description:
        "What Baton's services say to each other. One topic per service; the key of every record is the conversation's id, and a conversation's events keep their order. Delivery is at least once: an event's id is its idempotency key.",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    defaultContentType: "application/json",
    channels: byKey(Object.entries(catalogue), ([topic, list]) => [
      topic,
      {
        address: topic,
        description: `Facts said by the ${topic} service.`,
        messages: byKey(list as readonly EventDefinition[], (definition) => [
          eventName(definition),
          { $ref: `#/components/messages/${eventName(definition)}` },
        ]),
      },
    ]),
    operations: byKey(Object.keys(catalogue), (topic) => [
      `${topic}.says`,
      { action: "send", channel: { $ref: `#/channels/${topic}` }, summary: `The ${topic} service says what happened.` },
    ]),
    components: {
      messages: byKey(events, ({ definition }) => [eventName(definition), message(definition, facts.examples)]),
      schemas,
    },
  };
}

function message(definition: EventDefinition, examples: Record<string, unknown>) {
  const example = examples[eventName(definition)];
  return {
    name: definition.type,
    title: definition.type,
    summary: definition.description,
    contentType: "application/json",
    correlationId: { location: "$message.payload#/correlationid" },
    payload: {
      allOf: [
        { $ref: "#/components/schemas/envelope" },
        {
          type: "object",
          properties: {
            type: { const: definition.type },
            typeversion: { const: definition.version },
            data: { $ref: `#/components/schemas/${eventName(definition)}` },
          },
          required: ["type", "typeversion", "data"],
        },
      ],
    },
    ...(example === undefined ? {} : { examples: [{ payload: example }] }),
  };
}

/** The envelope, every event's data, and the shapes that the event files export, which the others refer to by name. */
function namedSchemas(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  registry.add(envelope, { id: "envelope" });
  for (const file of [conversations, policy, assistant, summarization, providers])
    for (const [name, exported] of Object.entries(file))
      if (exported instanceof z.ZodType) registry.add(exported, { id: name });
  for (const { definition } of allEvents()) registry.add(definition.data, { id: eventName(definition) });
  const { schemas } = z.toJSONSchema(registry, { ...settings, uri: (id) => `#/components/schemas/${id}` });
  return byKey(Object.entries(schemas).sort(), ([id, schema]) => [id, withoutIds(schema)]);
}

const settings: z.core.ToJSONSchemaParams = {
  // AsyncAPI 3 reads schemas as draft 7.
  target: "draft-7",
  // What a reader must accept: as output, zod would forbid fields that a later version adds.
  io: "input",
  override: ({ jsonSchema }) => {
    // The format says the same; zod's expressions for it are longer than the rest of the document.
    if (jsonSchema.format) delete jsonSchema.pattern;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  },
};

function withoutIds(from: object): JsonSchema {
  const { $schema, $id, ...schema } = from as JsonSchema;
  return schema;
}

function byKey<Item, Value>(items: readonly Item[], entry: (item: Item) => [string, Value]): Record<string, Value> {
  return Object.fromEntries(items.map(entry));
}
