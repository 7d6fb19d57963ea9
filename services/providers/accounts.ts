import type { DataSource, EntityManager } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { Credentials } from "./credentials";
import type { DeskAccount, OAuthTokens } from "./provider";

/** The desk accounts behind connections; the console's (no connection) has nothing to keep. */
export interface Accounts {
  of(owner: { connectionId: string | null; workspaceId: string }): DeskAccount;
  /** Other credentials were given: tokens got with the former ones are forgotten. */
  forget(tx: EntityManager, connectionId: string): Promise<void>;
  /** Resolves when what is granted right now is kept: before the database goes away. */
  settled(): Promise<void>;
}

/** Keeps OAuth tokens sealed in the table `connection_token`. */
export function createAccounts({
  db,
  credentials,
  clock,
}: {
  db: DataSource;
  credentials: Credentials;
  clock: Clock;
}): Accounts {
  const renewing = new Map<string, Promise<OAuthTokens>>();
  const context = (connectionId: string) => `tokens of ${connectionId}`;

  function opened(rows: { sealed: string }[], connectionId: string): OAuthTokens | null {
    const [row] = rows;
    if (!row?.sealed) return null;
    try {
      return credentials.open(row.sealed, context(connectionId)) as unknown as OAuthTokens;
    } catch {
      // Sealed with a lost key: they are got again.
      return null;
    }
  }

  return {
    of({ connectionId, workspaceId }) {
      if (connectionId === null) return { connectionId: "console", tokens: noTokens };
      return {
        connectionId,
        tokens: {
          read: async () =>
            opened(
              await db.query("select sealed from connection_token where connection_id = $1", [connectionId]),
              connectionId,
            ),
          renew(stale, grant) {
            const running = renewing.get(connectionId);
            if (running) return running;
            // The row's lock keeps other processes waiting; they then find the new tokens.
            const renewed = db
              .transaction(async (tx) => {
                await tx.query(
                  `insert into connection_token (connection_id, workspace_id, sealed, updated_at)
                   values ($1, $2, '', $3) on conflict do nothing`,
                  [connectionId, workspaceId, clock.now()],
                );
                const kept = opened(
                  await tx.query("select sealed from connection_token where connection_id = $1 for update", [
                    connectionId,
                  ]),
                  connectionId,
                );
                if (kept && kept.accessToken !== stale) return kept;
                const granted = await grant(kept);
                await tx.query("update connection_token set sealed = $2, updated_at = $3 where connection_id = $1", [
                  connectionId,
                  credentials.seal({ ...granted }, context(connectionId)),
                  clock.now(),
                ]);
                return granted;
              })
              .finally(() => renewing.delete(connectionId));
            renewing.set(connectionId, renewed);
            return renewed;
          },
        },
      };
    },

    async forget(tx, connectionId) {
      await tx.query("delete from connection_token where connection_id = $1", [connectionId]);
    },

    async settled() {
      await Promise.allSettled(renewing.values());
    },
  };
}

const noTokens = {
  read: async () => null,
  renew: async () => {
    throw new Error("A desk without a connection has no tokens.");
  },
};
