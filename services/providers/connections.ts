import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type EntityManager, IsNull } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import { storableAll } from "../../kit/storable";
import type { ProviderName } from "../../schema/words";
import type { Accounts } from "./accounts";
import { configProblem, withoutSecrets } from "./config-fields";
import { Connection } from "./connection.entity";
import type { Credentials } from "./credentials";
import { checkedPatience, type Patience } from "./patience";
import { type Provider, ProviderFailure } from "./provider";
import { checkedTakes, type Takes } from "./takes";
import { rouseWaiting } from "./unclaimed";

export interface ConnectionInput {
  name?: string | undefined;
  config?: Record<string, unknown> | undefined;
  primary?: boolean | undefined;
  /** Null: it takes everything again. */
  takes?: Takes | null | undefined;
  /** Null: as the workspace has it. */
  patience?: Patience | null | undefined;
}

export interface Connections {
  list(db: EntityManager, workspaceId: string): Promise<Connection[]>;
  /** Null when there is none of that id in the workspace. */
  find(db: EntityManager, workspaceId: string, id: string): Promise<Connection | null>;
  /** The same, held until the transaction ends: two who change it do not undo each other's change. */
  hold(tx: EntityManager, workspaceId: string, id: string): Promise<Connection | null>;
  /** Throws BAD_INPUT that names the field. */
  create(db: EntityManager, workspaceId: string, provider: ProviderName, input: ConnectionInput): Promise<Connection>;
  /** Fields that are given replace the former ones; null takes a field away. Throws BAD_INPUT that names the field. */
  update(db: EntityManager, connection: Connection, input: ConnectionInput): Promise<Connection>;
  /** Puts the workspace's connections into this order; those that are not named follow as they were. Throws BAD_INPUT. */
  order(db: EntityManager, workspaceId: string, ids: string[]): Promise<Connection[]>;
  /** Handovers under way finish where they are; nothing new goes there. */
  remove(db: EntityManager, connection: Connection): Promise<void>;
  /** Erases the credentials of deleted connections that no open handover needs any longer. */
  eraseDeleted(db: EntityManager): Promise<void>;
  /** The configuration with its secrets. Throws `ProviderFailure` when it can no longer be read. */
  configOf(connection: Connection): unknown;
}

/** The workspace's configured providers; secrets are sealed before they are kept. */
export function createConnections(parts: {
  providers: Map<ProviderName, Provider>;
  credentials: Credentials;
  accounts: Accounts;
  clock: Clock;
}): Connections {
  const { providers, credentials, accounts, clock } = parts;

  return {
    list: (db, workspaceId) =>
      db.find(Connection, { where: { workspaceId, deletedAt: IsNull() }, order: { rank: "ASC", id: "ASC" } }),

    find: (db, workspaceId, id) => db.findOneBy(Connection, { id, workspaceId, deletedAt: IsNull() }),

    hold: (tx, workspaceId, id) =>
      tx.findOne(Connection, {
        where: { id, workspaceId, deletedAt: IsNull() },
        // Webhook calls that name it need not wait.
        lock: { mode: "for_no_key_update" },
      }),

    async create(db, workspaceId, name, given) {
      const input = storableAll(given);
      const provider = available(name);
      const { settings, secrets } = checked(provider, input.config ?? {});
      const id = randomUUID();
      const now = clock.now();
      return db.save(
        db.create(Connection, {
          id,
          workspaceId,
          provider: name,
          name: nameOf(input.name ?? provider.title),
          rank: await rankFor(db, workspaceId, input.primary ?? true),
          config: settings,
          takes: checkedTakes(input.takes),
          patience: checkedPatience(input.patience),
          secrets: credentials.seal(secrets, id),
          createdAt: now,
          updatedAt: now,
          deletedAt: null,
        }),
      );
    },

    async update(db, connection, changes) {
      const input = storableAll(changes);
      if (input.config) {
        const provider = available(connection.provider);
        const given = { ...connection.config, ...openSecrets(connection), ...input.config };
        const { settings, secrets } = checked(
          provider,
          Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
        );
        // Tokens outlive other settings: the code or refresh token they came from is used up.
        if (!isDeepStrictEqual(secrets, openSecrets(connection))) await accounts.forget(db, connection.id);
        connection.config = settings;
        connection.secrets = credentials.seal(secrets, connection.id);
      }
      if (input.name !== undefined) connection.name = nameOf(input.name);
      if (input.primary !== undefined) connection.rank = await rankFor(db, connection.workspaceId, input.primary);
      if (input.takes !== undefined) connection.takes = checkedTakes(input.takes);
      if (input.patience !== undefined) {
        connection.patience = checkedPatience(input.patience);
        await rouseWaiting(db, connection.workspaceId, clock.now());
      }
      connection.updatedAt = clock.now();
      return db.save(connection);
    },

    async order(db, workspaceId, ids) {
      const all = await db.find(Connection, {
        where: { workspaceId, deletedAt: IsNull() },
        order: { rank: "ASC", id: "ASC" },
        lock: { mode: "pessimistic_write" },
      });
      for (const [index, id] of ids.entries()) {
        const field = `ids.${index}`;
        if (ids.indexOf(id) !== index) throw refuse("BAD_INPUT", `${field}: ${id} is named twice.`, { field });
        if (!all.some((connection) => connection.id === id))
          throw refuse("BAD_INPUT", `${field}: there is no connection ${id} in your workspace.`, { field });
      }
      const placeOf = ({ id }: Connection) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
      const ordered = [...all].sort((a, b) => placeOf(a) - placeOf(b));
      for (const [rank, connection] of ordered.entries()) {
        connection.rank = rank;
        await db.update(Connection, { id: connection.id }, { rank });
      }
      return ordered;
    },

    async remove(db, connection) {
      await db.update(Connection, { id: connection.id }, { deletedAt: clock.now() });
      await this.eraseDeleted(db);
    },

    async eraseDeleted(db) {
      // Handovers under way still need the key to their desk.
      await db.query(
        `update connection c set secrets = '' where deleted_at is not null and secrets <> ''
         and not exists (select from carried_handover h, jsonb_array_elements(h.stops) stop
                         where h.over_at is null and h.workspace_id = c.workspace_id and stop->>'connectionId' = c.id::text)
         and not exists (select from delivery d where d.connection_id = c.id
                         and (d.status in ('WAITING_FOR_SUMMARY', 'DELIVERING', 'DELIVERED')
                              or (d.status in ('FAILED', 'UNCLAIMED') and d.due_at is not null)))`,
      );
      await db.query(
        `delete from connection_token t using connection c where c.id = t.connection_id and c.secrets = ''`,
      );
    },

    configOf(connection) {
      const provider = providers.get(connection.provider);
      if (!provider)
        throw new ProviderFailure(`${connection.provider} is not part of this installation`, { retry: false });
      let secrets: Record<string, unknown>;
      try {
        secrets = credentials.open(connection.secrets, connection.id);
      } catch {
        throw new ProviderFailure("the connection's credentials cannot be opened with the key in use", {
          retry: false,
          access: true,
        });
      }
      const parsed = provider.config.safeParse({ ...connection.config, ...secrets });
      if (parsed.success) return parsed.data;
      const field = parsed.error.issues[0]?.path.join(".") || "config";
      throw new ProviderFailure(`the connection's configuration is not valid: ${field}`, { retry: false });
    },
  };

  function available(name: ProviderName): Provider {
    const provider = providers.get(name);
    if (provider) return provider;
    throw refuse("BAD_INPUT", `provider: ${name} is not available in this installation.`, { field: "provider" });
  }

  function openSecrets(connection: Connection): Record<string, unknown> {
    try {
      return credentials.open(connection.secrets, connection.id);
    } catch {
      // Sealed with a lost key: they have to be given again, and the check below names what is missing.
      return {};
    }
  }
}

function checked(provider: Provider, config: Record<string, unknown>) {
  const problem = configProblem(provider.config, config);
  if (problem)
    throw refuse("BAD_INPUT", `config.${problem.field}: ${problem.message}.`, { field: `config.${problem.field}` });
  return withoutSecrets(provider.config, provider.config.parse(config));
}

function nameOf(name: string): string {
  const trimmed = name.trim();
  if (trimmed.length === 0 || trimmed.length > 100)
    throw refuse("BAD_INPUT", "name: a name has 1 to 100 characters.", { field: "name" });
  return trimmed;
}

async function rankFor(db: EntityManager, workspaceId: string, primary: boolean): Promise<number> {
  const [{ rank }]: [{ rank: number }] = await db.query(
    primary
      ? `select coalesce(min(rank), 1) - 1 as rank from connection where workspace_id = $1 and deleted_at is null`
      : `select coalesce(max(rank), 0) + 1 as rank from connection where workspace_id = $1 and deleted_at is null`,
    [workspaceId],
  );
  return rank;
}
