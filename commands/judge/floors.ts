import { readFileSync } from "node:fs";
import { z } from "zod";

/** One evaluation of a floors.json. Files are names in its folder. */
const floor = z.strictObject({
  /** Which judge; the evaluation's own name when missing. */
  signal: z.string().optional(),
  /** The labelled lines; "<name>.jsonl" when missing. */
  cases: z.string().optional(),
  definitions: z.string().optional(),
  examples: z.string().optional(),
  atLeast: z.record(z.string(), z.number()).default({}),
  atMost: z.record(z.string(), z.number()).default({}),
});

export type Floor = z.infer<typeof floor>;
type Floors = Record<string, Floor>;

/** Reads the floors. Throws with the place when the file says something else than floors. */
export function readFloors(path: string): Floors {
  const parsed = z.record(z.string(), floor).safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
