import { createHash, randomBytes } from "node:crypto";
import { Client } from "pg";
import type { DataSource } from "typeorm";
import { openDatabase } from "../../kit/database";
import { createSilentLog } from "../../kit/log";
import type { Tables } from "../../kit/service";
import { postgresAddress } from "./env";

export interface TestDatabase {
  db: DataSource;
  /** For code under test that opens connections of its own. */
  url: string;
  /** Closes the pool and deletes the database. */
  drop(): Promise<void>;
}

/**
 * A migrated database of its own for one test file or test: a copy of a template that is made once per run.
 * `name` is the service's.
 */
export async function testDatabase(name: string, tables: Tables): Promise<TestDatabase> {
  const template = await makeTemplate(name, tables);
  const database = `${name}_${randomBytes(6).toString("hex")}`;
  await asAdmin((admin) => admin.query(`create database ${database} template ${template} strategy file_copy`));
  const url = postgresAddress.get() + database;
  const db = await openDatabase({ url, tables, log: createSilentLog(), poolSize: 5 });
  return {
    db,
    url,
    async drop() {
      if (db.isInitialized) await db.destroy();
      await dropDatabase(database);
    },
  };
}

/** An empty database without tables of a service: its address, for the bus and for tests of the chassis. */
export async function emptyDatabase(name: string): Promise<{ url: string; drop(): Promise<void> }> {
  const database = `${name}_${randomBytes(6).toString("hex")}`;
  await asAdmin((admin) => admin.query(`create database ${database}`));
  return { url: postgresAddress.get() + database, drop: () => dropDatabase(database) };
}

/** Deletes a database of the run's server, whoever is still connected. */
export function dropDatabase(database: string): Promise<void> {
  return asAdmin(async (admin) => {
    await admin.query(`drop database if exists ${database} with (force)`);
  });
}

const templates = new Map<string, Promise<string>>();

/** One template per service and set of migrations, made by whichever worker comes first. */
function makeTemplate(name: string, tables: Tables): Promise<string> {
  const source = tables.migrations.map((migration) => migration.toString()).join("\n");
  const template = `template_${name}_${createHash("sha256").update(source).digest("hex").slice(0, 12)}`;
  const made =
    templates.get(template) ??
    asAdmin(async (admin) => {
      await admin.query("select pg_advisory_lock(hashtext($1))", [template]);
      const { rowCount } = await admin.query("select 1 from pg_database where datname = $1", [template]);
      if (rowCount) return template;
      // Renamed when it is finished, so that a failing migration leaves no half-made template.
      const unfinished = `${template}_unfinished`;
      await admin.query(`drop database if exists ${unfinished} with (force)`);
      const db = await openDatabase({ url: postgresAddress.get() + unfinished, tables, log: createSilentLog() });
      await db.destroy();
      await admin.query(`alter database ${unfinished} rename to ${template}`);
      return template;
    });
  templates.set(template, made);
  return made;
}

async function asAdmin<Result>(work: (admin: Client) => Promise<Result>): Promise<Result> {
  const admin = new Client({ connectionString: `${postgresAddress.get()}postgres` });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
