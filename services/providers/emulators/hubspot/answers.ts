import { randomUUID } from "node:crypto";
import type { Request, Response } from "express";
import type { z } from "zod";

/** Are there such properties? Refuses the request if not. */
export function haveProperties(
  inputs: { properties: Record<string, string> }[],
  names: string[],
  response: Response,
): boolean {
  const unknown = inputs.flatMap(({ properties }) => Object.keys(properties)).find((name) => !names.includes(name));
  if (unknown === undefined) return true;
  fault(response, 400, "VALIDATION_ERROR", `Property values were not valid: ${unknown}`, [
    { message: "Property does not exist", code: "PROPERTY_DOESNT_EXIST", context: { propertyName: [unknown] } },
  ]);
  return false;
}

/** A body as the API takes it; null when it was refused. */
export function checked<Body>(shape: z.ZodType<Body>, request: Request, response: Response): Body | null {
  const result = shape.safeParse(request.body);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ message, path }) => ({ message, in: path.join(".") }));
  fault(response, 400, "VALIDATION_ERROR", `Invalid input JSON: ${errors[0]?.in} ${errors[0]?.message}`, errors);
  return null;
}

export function fault(
  response: Response,
  status: number,
  category: string,
  message: string,
  errors: unknown[] = [],
): void {
  response
    .status(status)
    .json({ status: "error", message, correlationId: randomUUID(), category, ...(errors.length ? { errors } : {}) });
}
