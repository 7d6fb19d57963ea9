import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { codes, maskError, refuse } from "../kit/errors";
import type { Log } from "../kit/log";

/** What only machines inside the house need to know. */
const inner = new Set(["serviceName", "stacktrace", "http"]);

/** The error as a client may see it: with a code of the catalogue, and without what only we need to know. */
export function errorThatLeaves(error: unknown, log: Log): GraphQLFormattedError {
  const { extensions, ...rest } = maskError(asBadInput(error), log);
  const shown = Object.entries(extensions ?? {}).filter(([name]) => !inner.has(name));
  return { ...rest, extensions: Object.fromEntries(shown) };
}

/** Hides a fault of ours behind an id and logs it under the same id. */
export function internalError(message: string, log: Log): GraphQLError {
  const { message: said, extensions } = maskError(new Error(message), log);
  return new GraphQLError(said, { extensions: extensions ?? {} });
}

export function hasCode(extensions: { code?: unknown } | undefined): boolean {
  return typeof extensions?.code === "string" && Object.hasOwn(codes, extensions.code);
}

function asBadInput(error: unknown): unknown {
  if (!(error instanceof GraphQLError)) return error;
  const { code } = error.extensions;
  // graphql-armor calls a document that is too deep or too wide a syntax error, which it is not.
  const tooMuch = /^Syntax Error: ((?:Query|Aliases|Directives) .*)$/s.exec(error.message)?.[1];
  if (tooMuch) return refuse("BAD_INPUT", tooMuch);
  if (isNoTime.test(error.message))
    return refuse("BAD_INPUT", `${error.message} A time is written like "2026-01-31T09:00:00Z".`);
  return code === "INVALID_GRAPHQL" ? refuse("BAD_INPUT", error.message) : error;
}

/**
 * GraphQL's words for a time that is none, in the document and in a variable. A string is an invalid value in the
 * document only where a time is wanted: everything else is checked against the graph first, and says what it wants.
 */
const isNoTime = /^Argument ".*" has invalid value "[^"]*"\.$|DateTime cannot represent an invalid date-time-string/s;
