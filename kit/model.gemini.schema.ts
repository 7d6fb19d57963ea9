import { type ResponseSchema, SchemaType } from "@google/generative-ai";
import { z } from "zod";

interface JsonSchema {
  type?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

/**
 * The part of a zod schema that Gemini's `responseSchema` can say: objects, arrays, closed lists, numbers, text and
 * null. `null` when the shape is beyond it (records, real unions); zod checks the answer afterwards either way, so
 * limits such as lengths and patterns are simply left out.
 */
export function geminiSchema(schema: z.ZodType): ResponseSchema | null {
  try {
    return convert(z.toJSONSchema(schema, { target: "draft-7", io: "input" }) as JsonSchema);
  } catch {
    return null;
  }
}

class BeyondTheSubset extends Error {}

function convert(schema: JsonSchema, nullable = false): ResponseSchema {
  const about = {
    ...(schema.description ? { description: schema.description } : {}),
    ...(nullable ? { nullable: true } : {}),
  };
  if (schema.anyOf) {
    const real = schema.anyOf.filter((option) => option.type !== "null");
    const [only] = real;
    if (real.length !== 1 || !only) throw new BeyondTheSubset();
    return convert(
      { ...only, ...(schema.description ? { description: schema.description } : {}) },
      nullable || real.length < schema.anyOf.length,
    );
  }
  const closed = schema.const === undefined ? schema.enum : [schema.const];
  if (closed) {
    if (!closed.every((value) => typeof value === "string")) throw new BeyondTheSubset();
    return { ...about, type: SchemaType.STRING, format: "enum", enum: closed };
  }
  if (schema.type === "string") return { ...about, type: SchemaType.STRING };
  if (schema.type === "boolean") return { ...about, type: SchemaType.BOOLEAN };
  if (schema.type === "integer") return { ...about, type: SchemaType.INTEGER };
  if (schema.type === "number") return { ...about, type: SchemaType.NUMBER };
  if (schema.type === "array" && schema.items) {
    const { minItems, maxItems } = schema;
    return {
      ...about,
      type: SchemaType.ARRAY,
      items: convert(schema.items),
      ...(minItems === undefined ? {} : { minItems }),
      ...(maxItems === undefined ? {} : { maxItems }),
    };
  }
  if (schema.type === "object" && schema.properties)
    return {
      ...about,
      type: SchemaType.OBJECT,
      properties: Object.fromEntries(Object.entries(schema.properties).map(([name, part]) => [name, convert(part)])),
      required: schema.required ?? [],
    };
  throw new BeyondTheSubset();
}
