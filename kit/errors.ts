import { GraphQLError } from "graphql";

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
