import { z } from "zod";

/** One field of a provider's configuration, for the form in the console and the documentation. */
export interface ConfigField {
  name: string;
  description: string;
  kind: "TEXT" | "NUMBER" | "SWITCH" | "LIST";
  required: boolean;
  secret: boolean;
  /** As JSON; null when there is none. */
  defaultValue: string | null;
}

/** The fields of a configuration's schema, in its order. */
export function configFields(config: z.ZodObject<z.ZodRawShape>): ConfigField[] {
  return Object.entries(config.shape).map(([name, declared]) => {
    let field = declared as z.ZodType;
    let meta = z.globalRegistry.get(field) ?? {};
    let required = true;
    let defaultValue: string | null = null;
    for (;;) {
      if (field instanceof z.ZodDefault) {
        defaultValue = JSON.stringify(field.def.defaultValue);
        required = false;
      } else if (field instanceof z.ZodOptional || field instanceof z.ZodNullable) required = false;
      else break;
      field = field.def.innerType as z.ZodType;
      meta = { ...z.globalRegistry.get(field), ...meta };
    }
    return {
      name,
      description: String(meta.description ?? ""),
      kind: kindOf(field),
      required,
      secret: meta.secret === true,
      defaultValue,
    };
  });
}

function kindOf(field: z.ZodType): ConfigField["kind"] {
  if (field instanceof z.ZodNumber) return "NUMBER";
  if (field instanceof z.ZodBoolean) return "SWITCH";
  if (field instanceof z.ZodArray) return "LIST";
  return "TEXT";
}

/** Takes a checked configuration apart: what may be shown, and what is encrypted. */
export function withoutSecrets(
  schema: z.ZodObject<z.ZodRawShape>,
  config: Record<string, unknown>,
): { settings: Record<string, unknown>; secrets: Record<string, unknown> } {
  const secretNames = new Set(configFields(schema).flatMap((field) => (field.secret ? [field.name] : [])));
  const entries = Object.entries(config).filter(([, value]) => value !== undefined);
  return {
    settings: Object.fromEntries(entries.filter(([name]) => !secretNames.has(name))),
    secrets: Object.fromEntries(entries.filter(([name]) => secretNames.has(name))),
  };
}

/** What is wrong with a configuration, as the first field that is and a sentence; null when nothing is. */
export function configProblem(
  schema: z.ZodObject<z.ZodRawShape>,
  config: Record<string, unknown>,
): { field: string; message: string } | null {
  const unknown = Object.keys(config).find((name) => !(name in schema.shape));
  if (unknown !== undefined)
    return {
      field: unknown,
      message: `there is no such field; the fields are ${Object.keys(schema.shape).join(", ") || "none"}`,
    };
  const result = schema.safeParse(config);
  const issue = result.error?.issues[0];
  if (!issue) return null;
  return { field: issue.path.join(".") || "config", message: issue.message };
}
