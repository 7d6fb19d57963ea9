import { randomUUID } from "node:crypto";
import type { Request, Response } from "express";
import type { z } from "zod";
import * as shapes from "./shapes";

/** A body as the API takes it; null when it was refused. */
export function checked<Body>(shape: z.ZodType<Body>, request: Request, response: Response): Body | null {
  const result = shape.safeParse(request.body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.code === "unrecognized_keys" ? issue.keys.join(",") : issue?.path.join(".");
  refuse(response, 400, "parameter_invalid", `${field}: ${issue?.message}`, field);
  return null;
}

export function refuse(response: Response, status: number, code: string, message: string, field?: string): void {
  const error = { code, message, ...(field ? { field } : {}) };
  response.status(status).json({ type: "error.list", request_id: randomUUID(), errors: [error] });
}

export const pages = (count: number) => ({ type: "pages", page: 1, per_page: 50, total_pages: Math.ceil(count / 50) });

const daySeconds = 86_400;

/** A search whose fields there are; null when it was refused. */
export function searched(fields: string[], request: Request, response: Response): z.infer<typeof shapes.search> | null {
  const body = checked(shapes.search, request, response);
  if (!body) return null;
  const asked = "field" in body.query ? [body.query] : body.query.value;
  const wrong = asked.find(
    ({ field, operator }) =>
      !fields.includes(field) || !(isDate(field) ? ["=", "<", ">"] : ["=", "!="]).includes(operator),
  );
  if (!wrong) return body;
  refuse(response, 400, "parameter_invalid", `${wrong.field} ${wrong.operator} cannot be searched`, wrong.field);
  return null;
}

/** Does something match a search? */
export function matches(
  query: z.infer<typeof shapes.search>["query"],
  valueAt: (field: string) => string | number | null,
): boolean {
  if (!("field" in query)) {
    const one = (filter: shapes.Filter) => matches(filter, valueAt);
    return query.operator === "AND" ? query.value.every(one) : query.value.some(one);
  }
  const { field, operator, value } = query;
  const there = valueAt(field);
  const plain = (of: unknown) => String(of).toLowerCase();
  if (!isDate(field)) return (there !== null && plain(there) === plain(value)) === (operator === "=");
  // Dates are compared by whole days.
  const day = Math.floor(Number(value) / daySeconds);
  const own = Math.floor(Number(there) / daySeconds);
  return operator === "=" ? own === day : operator === ">" ? own > day : own < day;
}

const isDate = (field: string) => field === "created_at";
