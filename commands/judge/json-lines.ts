import { readFileSync } from "node:fs";
import { z } from "zod";

/** A line that cannot be judged: which one, and why. */
export class BadLineError extends Error {}

/** Does something with one numbered line of JSON; what is wrong with the line is told as one sentence. */
export function withLine<Result>(text: string, number: number, use: (value: unknown) => Result): Result {
  try {
    return use(JSON.parse(text));
  } catch (error) {
    const problem =
      error instanceof z.ZodError
        ? error.issues.map(({ path, message }) => `${path.join(".") || "line"}: ${message}`).join("; ")
        : (error as Error).message;
    throw new BadLineError(`Line ${number} cannot be judged: ${problem}`);
  }
}

/** The rows of a file of JSON lines. Throws BadLineError naming the line that is no JSON. */
export function readJsonLines(path: string): unknown[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((text, index) => (text.trim() ? [withLine(text, index + 1, (value) => value)] : []));
}
