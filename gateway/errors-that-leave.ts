import { randomUUID } from "node:crypto";
import type { GraphQLFormattedError } from "graphql";
import { type Code, codes } from "../kit/errors";
import type { Log } from "../kit/log";

/** Apollo's own codes for requests that cannot be accepted. */
const badInput = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "BAD_REQUEST",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  "INVALID_GRAPHQL",
]);

/** What only machines inside the house need to know. */
const inner = new Set(["serviceName", "stacktrace", "http", "exception"]);

function isCode(code: unknown): code is Code {
  return typeof code === "string" && Object.hasOwn(codes, code);
}

/**
 * The error as a client may see it: its code is one of the catalogue. Anything unexpected becomes INTERNAL with an
 * id; what really happened goes to the log under that id.
 */
export function errorThatLeaves(formatted: GraphQLFormattedError, original: unknown, log: Log): GraphQLFormattedError {
  const { message, locations, path, extensions = {} } = formatted;
  const where = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
  if (isCode(extensions.code)) return { message, ...where, extensions: withoutInner(extensions) };
  if (typeof extensions.code === "string" && badInput.has(extensions.code)) {
    // graphql-armor calls a request that is too deep or too wide a syntax error, which it is not.
    const said = message.replace(/^Syntax Error: (?=(Query|Aliases|Directives) )/, "");
    return { message: said, ...where, extensions: { code: "BAD_INPUT" } };
  }
  return { ...internalError(original, log, { path }), ...where };
}

/** Hides a fault of ours behind an id and logs it under the same id. */
export function internalError(error: unknown, log: Log, facts: Record<string, unknown> = {}): GraphQLFormattedError {
  const errorId = randomUUID();
  log.error({ ...facts, errorId, err: error }, "an unexpected error");
  return {
    message: `Something went wrong on our side. The log has it as ${errorId}.`,
    extensions: { code: "INTERNAL", errorId },
  };
}

function withoutInner(extensions: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(extensions).filter(([name]) => !inner.has(name)));
}
