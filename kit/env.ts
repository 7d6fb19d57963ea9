import type { z } from "zod";

/**
 * Reads settings at once, at start: every problem is named in one error, with the variable's description.
 * Call it from an `env.ts` file only.
 */
export function readEnv<Shape extends z.ZodRawShape>(
  shape: z.ZodObject<Shape>,
  source: Record<string, string | undefined>,
): z.infer<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const result = shape.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const field = shape.shape[name] as z.ZodType | undefined;
    const problem = given[name] === undefined ? "missing" : issue.message;
    return `  ${name}: ${problem}${field?.description ? ` (${field.description})` : ""}`;
  });
  throw new Error(`These settings are missing or wrong:\n${lines.join("\n")}`);
}
