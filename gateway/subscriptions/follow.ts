import { GraphQLError } from "graphql";
import { backoff } from "../../kit/wake";
import type { Causes } from "./causes";
import { judge, type Reading, type ReadResult } from "./read";
import { POSITION } from "./to-query";

/** A bus may lose a wake; a subscription looks again after this long without one. */
const LOOK_AGAIN_MS = 30_000;
/** A page with fewer items than this, and than was asked for, is taken for the last one. */
const SHORT_PAGE = 10;

export interface Followed {
  /** The root field's name in the answer. */
  key: string;
  causes: Causes;
}

/**
 * A state: read at every wake, sent when it differs from what was sent last. Throws the graph's error when the
 * viewer is refused.
 */
export async function* followState(
  { key, causes }: Followed,
  read: (cause: string | null) => Promise<Reading>,
): AsyncGenerator<ReadResult, void, undefined> {
  let sent: string | null = null;
  let failures = 0;
  for (let cause: string | null = "start"; cause !== null; cause = await causes.next(pause(failures))) {
    const { result, text } = await read(isEvent(cause) ? cause : null);
    if (causes.over) return;
    const verdict = judge(result, key);
    if (verdict === "REFUSED") throw firstError(result);
    failures = verdict === "FAILED" ? failures + 1 : 0;
    if (text === sent || (verdict === "FAILED" && sent !== null)) continue;
    sent = text;
    yield result;
  }
}

/**
 * A stream: at every wake the pages after the cursor, until there is nothing more. What is behind the cursor is
 * never sent, so a client that comes back with its last position sees everything once.
 */
export async function* followStream(
  { key, causes, after, first }: Followed & { after: number | null; first: number | null },
  read: (after: number | null, cause: string | null) => Promise<Reading>,
): AsyncGenerator<ReadResult, void, undefined> {
  let cursor = after;
  let begun = false;
  let failures = 0;
  for (let cause: string | null = "start"; cause !== null; cause = await causes.next(pause(failures))) {
    for (let more = true; more; ) {
      const { result } = await read(cursor, isEvent(cause) ? cause : null);
      if (causes.over) return;
      const verdict = judge(result, key);
      if (verdict === "REFUSED") throw firstError(result);
      failures = verdict === "FAILED" ? failures + 1 : 0;
      if (verdict === "FAILED") {
        if (!begun) yield result;
        begun = true;
        break;
      }
      begun = true;
      const page = pageAfter(cursor, result.data?.[key]);
      more = page.size >= Math.min(first ?? SHORT_PAGE, SHORT_PAGE) && page.items.length > 0;
      if (page.items.length === 0) continue;
      cursor = page.cursor;
      yield { ...result, data: { ...result.data, [key]: page.items } };
    }
  }
}

interface Page {
  /** Without the position that only we asked for. */
  items: Record<string, unknown>[];
  cursor: number | null;
  /** How many the graph gave. */
  size: number;
}

/** The items behind the cursor, whatever the graph gave. */
function pageAfter(after: number | null, value: unknown): Page {
  const given = Array.isArray(value) ? (value as (Record<string, unknown> | null)[]) : [];
  const items: Record<string, unknown>[] = [];
  let cursor = after;
  for (const item of given) {
    if (item === null) continue;
    const { [POSITION]: position, ...shown } = item;
    if (typeof position !== "number") throw new Error("an item of a stream has no position");
    if (cursor !== null && position <= cursor) continue;
    cursor = position;
    items.push(shown);
  }
  return { items, cursor, size: given.length };
}

function isEvent(cause: string): boolean {
  return cause !== "start" && cause !== "time";
}

function pause(failures: number): number {
  if (failures > 0) return backoff(failures, 1_000, LOOK_AGAIN_MS);
  return LOOK_AGAIN_MS * (0.8 + Math.random() * 0.4);
}

function firstError(result: ReadResult): GraphQLError {
  const error = result.errors?.[0];
  return new GraphQLError(error?.message ?? "refused", { extensions: error?.extensions ?? {} });
}
