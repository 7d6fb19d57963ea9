import type { GraphQLFormattedError } from "graphql";
import type { Viewer } from "../../kit/viewer";

export interface ReadResult {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
}

/** One answer of the graph; `text` is its JSON, for comparing. */
export interface Reading {
  result: ReadResult;
  text: string;
}

/** One question of one viewer. */
export interface Question {
  query: string;
  /** Which operation of the document, where it has several. */
  operationName?: string | null | undefined;
  variables: Record<string, unknown>;
  viewer: Viewer;
}

/** `cause`: the event that led to this reading, `null` when it is the reader's own idea. */
export type Read = (question: Question, cause: string | null) => Promise<Reading>;

/**
 * Readers woken by the same event with the same question share one reading. Never across events: a reading that was
 * under way when an event came may have missed its change.
 */
export function createSharedRead(
  ask: (question: Question) => Promise<ReadResult>,
  count: (shared: boolean) => void = () => {},
): Read {
  const underWay = new Map<string, Promise<Reading>>();
  const read = async (question: Question): Promise<Reading> => {
    const result = await ask(question);
    return { result, text: JSON.stringify(result) };
  };
  return async (question, cause) => {
    if (cause === null) {
      count(false);
      return read(question);
    }
    const key = JSON.stringify([cause, question]);
    const begun = underWay.get(key);
    count(begun !== undefined);
    if (begun) return begun;
    const reading = read(question).finally(() => underWay.delete(key));
    underWay.set(key, reading);
    return reading;
  };
}

/**
 * What a reading means to a subscription. GOOD: send it. REFUSED: this viewer may not have it, or it is not there;
 * asking again is no use. FAILED: nothing to show this time.
 */
export type Verdict = "GOOD" | "REFUSED" | "FAILED";

const refusals = new Set(["UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND", "BAD_INPUT"]);

export function judge({ data, errors }: ReadResult, key: string): Verdict {
  if (!errors?.length || (data?.[key] !== null && data?.[key] !== undefined)) return "GOOD";
  return errors.every(({ extensions }) => refusals.has(String(extensions?.code))) ? "REFUSED" : "FAILED";
}
