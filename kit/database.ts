import "reflect-metadata";
import { setTimeout as delay } from "node:timers/promises";
import { Client, type Pool } from "pg";
import { DataSource, type Logger } from "typeorm";
import type { Log } from "./log";
import type { Tables } from "./service";

/** One key for everybody who migrates; advisory locks are per database. */
const migrationLock = 4_206_969;

/**
 * Opens a service's database: makes it when it is missing, runs the migrations that are pending (one replica at a
 * time, so that several may start at once), and hands out TypeORM's pool of `poolSize` connections. Waits up to 30 s
 * for a server that is still starting; throws when it stays away or a migration fails.
 */
export async function openDatabase(options: {
  url: string;
  tables: Tables;
  log: Log;
  /** Default 10. */
  poolSize?: number;
}): Promise<DataSource> {
  const { url, tables, log, poolSize = 10 } = options;
  await createIfMissing(url, log);
  let closing = false;
  const db = new DataSource({
    type: "postgres",
    url,
    entities: tables.entities,
    migrations: tables.migrations,
    migrationsTableName: "migrations",
    migrationsTransactionMode: "each",
    synchronize: false,
    logger: toLog(log),
    logging: ["warn"],
    maxQueryExecutionTime: 2_000,
    poolSize,
    // The pool replaces a connection that breaks while it rests. It has no more to say once we have let go of it.
    poolErrorHandler: (error: Error) => {
      if (!closing) log.warn({ reason: error.message }, "A resting database connection was lost.");
    },
    applicationName: `baton ${databaseOf(url)}`,
    extra: { connectionTimeoutMillis: 10_000, keepAlive: true },
  });
  const destroy = db.destroy.bind(db);
  db.destroy = () => {
    closing = true;
    return destroy();
  };
  await db.initialize();
  // A connection that is cut in the moment it is handed out has no other listener yet, and that would end the process.
  (db.driver as unknown as { master: Pool }).master.on("connect", (client) => client.on("error", () => {}));
  try {
    await migrate(db, databaseOf(url), log);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
}

function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

/** Makes a database when it is missing. Waits up to 30 s for a server that is still starting; throws when it stays away. */
export async function createIfMissing(url: string, log: Log): Promise<void> {
  const problem = await connecting(url, log);
  if (problem === null) return;
  const admin = new Client({ connectionString: withDatabase(url, "postgres") });
  await admin.connect();
  try {
    await admin.query(`create database ${admin.escapeIdentifier(databaseOf(url))}`);
    log.info({ database: databaseOf(url) }, "Database created.");
  } catch (error) {
    // Another replica was quicker: 42P04 duplicate_database, or 23505 when both were at it at once.
    if (!["42P04", "23505"].includes(codeOf(error))) throw error;
  } finally {
    await admin.end();
  }
}

/** Null when the database is there, "missing" when the server is there without it. */
async function connecting(url: string, log: Log): Promise<null | "missing"> {
  for (let waited = 0, pause = 25; ; waited += pause, pause = Math.min(pause * 2, 1_000)) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      return null;
    } catch (error) {
      if (codeOf(error) === "3D000") return "missing";
      const starting = ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "57P03"].includes(codeOf(error));
      if (!starting || waited > 30_000)
        throw new Error(`The database ${nameless(url)} cannot be opened: ${sentenceOf(error)}`, { cause: error });
      if (waited === 0)
        log.warn({ database: nameless(url), reason: sentenceOf(error) }, "Waiting up to 30 s for the database server.");
    } finally {
      await client.end().catch(() => {});
    }
    await delay(pause);
  }
}

async function migrate(db: DataSource, database: string, log: Log): Promise<void> {
  const runner = db.createQueryRunner();
  try {
    await runner.query("select pg_advisory_lock($1)", [migrationLock]);
    try {
      for (const migration of await db.runMigrations())
        log.info({ database, migration: migration.name }, "Migration applied.");
    } finally {
      await runner.query("select pg_advisory_unlock($1)", [migrationLock]);
    }
  } finally {
    await runner.release();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** Node's connection errors to several addresses have no message of their own. */
function sentenceOf(error: unknown): string {
  return (error instanceof Error && error.message) || codeOf(error) || String(error);
}

/** An address without user and password, for messages. */
function nameless(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function toLog(log: Log): Logger {
  return {
    logQuery() {},
    logQueryError() {},
    logQuerySlow: (ms, query) => log.warn({ ms, query }, "A slow query."),
    logSchemaBuild() {},
    logMigration() {},
    log: (level, message) => (level === "warn" ? log.warn(message) : log.debug(message)),
  };
}
