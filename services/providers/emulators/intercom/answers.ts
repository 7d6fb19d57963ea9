import { randomUUID } from "node:crypto";
import type { Request, Response } from "express";
import type { z } from "zod";
import type * as shapes from "./shapes";

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

/** Does something match a search? `valuesOf` gives null for a field that cannot be searched. */
export function matches(
  query: z.infer<typeof shapes.search>["query"],
  valuesOf: (field: string) => (string | number | boolean | null)[] | null,
): boolean {
  if (!("field" in query)) {
    const one = (filter: shapes.Filter) => matches(filter, valuesOf);
    return query.operator === "AND" ? query.value.every(one) : query.value.some(one);
  }
  const { field, operator, value } = query;
  const values = valuesOf(field) ?? [];
  const plain = (of: unknown) => String(of).toLowerCase();
  if (operator === "=") return values.some((own) => own !== null && plain(own) === plain(value));
  if (operator === ">") return values.some((own) => own !== null && Number(own) > Number(value));
  return false;
}
