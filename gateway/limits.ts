import { ApolloArmor } from "@escape.tech/graphql-armor";
import type { ValidationRule } from "graphql";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { refuse } from "../kit/errors";
import type { Viewer } from "../kit/viewer";

/** What one client may ask for. */
export interface Limits {
  /** Requests and subscriptions per minute and viewer (per address when nobody is signed in); 0: no limit. */
  requestsPerMinute: number;
  /** Bytes of one request. */
  bodyBytes: number;
  /** Tokens of one GraphQL document. */
  tokens: number;
  depth: number;
  aliases: number;
  directives: number;
  /** graphql-armor's cost: about one per scalar, times `first` on the way there. */
  cost: number;
  subscriptionsPerSocket: number;
  /** Bytes a socket may leave unread before it is cut. */
  unreadBytes: number;
}

export const defaultLimits: Limits = {
  requestsPerMinute: 3_000,
  bodyBytes: 256 * 1024,
  tokens: 4_000,
  depth: 14,
  aliases: 50,
  directives: 50,
  cost: 50_000,
  subscriptionsPerSocket: 50,
  unreadBytes: 1024 * 1024,
};

/** The rules that keep a document affordable; introspection is left alone, GraphiQL needs it. */
export function documentRules(limits: Limits): ValidationRule[] {
  const armor = new ApolloArmor({
    maxDepth: { n: limits.depth, flattenFragments: true },
    maxAliases: { n: limits.aliases },
    maxDirectives: { n: limits.directives },
    costLimit: { maxCost: limits.cost, flattenFragments: true },
    // graphql's own parser counts tokens, and counts them before it has built anything.
    maxTokens: { enabled: false },
    blockFieldSuggestion: { enabled: false },
  });
  return armor.protect().validationRules as ValidationRule[];
}

/** Counts one request; throws RATE_LIMITED with `retryAfterSeconds`. */
export type CountRequest = (viewer: Viewer, address: string) => Promise<void>;

export function createRateLimit(limits: Limits): CountRequest {
  if (limits.requestsPerMinute <= 0) return async () => {};
  const limiter = new RateLimiterMemory({ points: limits.requestsPerMinute, duration: 60 });
  return async (viewer, address) => {
    try {
      await limiter.consume(viewer.role === "ANONYMOUS" ? `address ${address}` : JSON.stringify(viewer));
    } catch (reached) {
      if (!(reached instanceof RateLimiterRes)) throw reached;
      const retryAfterSeconds = Math.max(1, Math.ceil(reached.msBeforeNext / 1000));
      throw refuse("RATE_LIMITED", `Too many requests. Try again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
    }
  };
}
