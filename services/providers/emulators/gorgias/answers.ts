import type { Request, Response } from "express";
import type { z } from "zod";

/** As the vendor refuses: one sentence, and what is wrong by field. */
export function refused(response: Response, status: number, msg: string, data?: Record<string, string[]>): void {
  response.status(status).json({ error: { msg, ...(data ? { data } : {}) } });
}

/** The first so many of a list, as the API pages. */
export function page<Item>(items: Item[], limit: number, uri: string) {
  const data = items.slice(0, limit);
  const next = items.length > limit ? Buffer.from(`next_${limit}`).toString("base64") : null;
  return { data, object: "list", uri, meta: { prev_cursor: null, next_cursor: next } };
}

/** The query, or null and an answer that says what is wrong with it. */
export function asked<Query>(shape: z.ZodType<Query>, request: Request, response: Response): Query | null {
  return accepted(shape, request.query, response);
}

/** The body, likewise. */
export function checked<Body>(shape: z.ZodType<Body>, request: Request, response: Response): Body | null {
  return accepted(shape, request.body, response);
}

function accepted<Value>(shape: z.ZodType<Value>, value: unknown, response: Response): Value | null {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const data: Record<string, string[]> = {};
  for (const issue of result.error.issues) {
    const field = issue.code === "unrecognized_keys" ? issue.keys.join(",") : String(issue.path[0] ?? "body");
    data[field] = [...(data[field] ?? []), issue.message];
  }
  refused(response, 400, "Invalid request.", data);
  return null;
}
