import { randomUUID } from "node:crypto";
import type { DeskAccount, OAuthTokens } from "./provider";

/** A connection's account whose tokens are in memory: the fake beside `createAccounts`. */
export function createMemoryAccount(connectionId: string = randomUUID()): DeskAccount {
  let kept: OAuthTokens | null = null;
  let running: Promise<OAuthTokens> | null = null;
  return {
    connectionId,
    tokens: {
      read: async () => kept,
      async renew(stale, grant) {
        running ??= (async () => {
          if (!kept || kept.accessToken === stale) kept = await grant(kept);
          return kept;
        })().finally(() => {
          running = null;
        });
        return running;
      },
    },
  };
}
