import { randomUUID } from "node:crypto";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Log } from "./log";

/**
 * The catalogue of codes: every error that leaves Baton carries one of these as `extensions.code`. Refusals that a
 * client is expected to handle are types of the schema instead.
 */
export const codes = {
  UNAUTHENTICATED: "no token, or one that is bad or expired",
  FORBIDDEN: "the viewer's role may not do this",
  NOT_FOUND: "no such thing in the viewer's reach; another workspace's things count as not there",
  BAD_INPUT: "a value that cannot be accepted; the message says which and why",
  CONFLICT: "somebody else changed it first; read it again",
  RATE_LIMITED: "too many requests; try again after extensions.retryAfterSeconds",
  UNAVAILABLE: "a part of Baton is down; try again",
  INTERNAL: "a fault of ours; extensions.errorId finds it in the log",
} as const;
export type Code = keyof typeof codes;

/** An expected error: `message` is a sentence that a developer can act on. */
export function refuse(code: Code, message: string, extensions: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, code } });
}

/**
 * An error as it may leave Baton: one with a code of the catalogue as it is, a document that GraphQL itself refuses as
 * BAD_INPUT, anything else as INTERNAL with an id under which the log has the details.
 */
export function maskError(error: unknown, log: Log): GraphQLFormattedError {
  const outer = error instanceof GraphQLError ? error : null;
  const code = outer?.extensions.code;
  const { message, locations, path } = outer?.toJSON() ?? { message: String(error) };
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (typeof code === "string" && code in codes) {
    const { stacktrace: _, ...extensions } = outer?.extensions ?? {};
    return { message, ...place, extensions };
  }
  const cause = causeOf(error);
  // GraphQL finds fault with a request before it executes anything: such an error has no path yet.
  const refused = typeof code === "string" ? refusedByGraphQL.has(code) : !path && cause instanceof GraphQLError;
  if (refused) return { message, ...place, extensions: { code: "BAD_INPUT" satisfies Code } };
  if (isUnstorable(cause)) {
    const said = `A value does not have the form that its field wants: ${cause.message}`;
    return { message: said, ...place, extensions: { code: "BAD_INPUT" satisfies Code } };
  }
  const errorId = randomUUID();
  log.error({ err: cause, errorId, path }, "A request failed in a way that nobody expected.");
  return {
    message: `Something went wrong on our side; the log has it under ${errorId}.`,
    ...place,
    extensions: { code: "INTERNAL" satisfies Code, errorId },
  };
}

/** Codes of Apollo for requests it does not execute. */
const refusedByGraphQL = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "BAD_REQUEST",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
]);

function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? causeOf(error.originalError) : error;
}

const unstorable = new Set(["22P02", "22P05", "22021", "22003", "22008"]);

/**
 * What Postgres says of a client's value that cannot be stored: an id that is no uuid, a character it has no place for
 * (U+0000), a number or a time out of range. The message holds nothing but that value.
 */
function isUnstorable(error: unknown): error is Error {
  return error instanceof Error && "code" in error && unstorable.has(String(error.code));
}
