import { refuse } from "../../kit/errors";
import type { Viewer } from "../../kit/viewer";

/** A guidance rule's longest text, and how many rules and tags a workspace has at most. */
export const longestRule = 1_000;
export const mostRules = 200;
export const mostTags = 500;

/** The text without blanks around it and without what cannot be stored. Throws BAD_INPUT when it is too short or long. */
export function textWithin(name: string, text: string, least: number, most: number): string {
  const kept = Buffer.from(text).toString().replaceAll("\0", "").trim();
  if (kept.length < least || kept.length > most)
    throw refuse("BAD_INPUT", `\`${name}\` must have ${least} to ${most} characters; this has ${kept.length}.`);
  return kept;
}

/** The name that goes into the history of a change. */
export function nameOf(viewer: Viewer): string {
  return viewer.role === "SERVICE" || viewer.role === "AGENT" ? viewer.name : viewer.role;
}

/** The stretch of time that is asked about. Throws BAD_INPUT when it ends before it begins: nothing would be in it. */
export function stretchOf(since: Date | null, until: Date | null, now: Date): { since: Date; until: Date } {
  const end = until ?? now;
  const start = since ?? new Date(end.getTime() - 30 * 86_400_000);
  if (start >= end)
    throw refuse(
      "BAD_INPUT",
      `\`since\` (${start.toISOString()}) must be before \`until\` (${until ? end.toISOString() : "now"}).`,
    );
  return { since: start, until: end };
}
