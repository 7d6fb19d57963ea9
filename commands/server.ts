import { existsSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { withDatabase } from "../kit/database";
import { embeddedFolder, runningEmbeddedPostgres, startEmbeddedPostgres } from "../kit/database.embedded";
import { createLog } from "../kit/log";
import { postgresPath } from "./installation";

/** The Postgres server of an installation, for commands that look into it beside a Baton that may be running. */
export interface Server {
  /** Names of the databases on it that hold a service's tables, in alphabetical order. */
  services(): Promise<string[]>;
  /** Runs queries on one database; null when there is no such database. */
  on<Result>(database: string, work: (client: Client) => Promise<Result>): Promise<Result | null>;
  close(): Promise<void>;
}

/** Finds the server: DATABASE_URL, or the embedded one, which is started for the moment when Baton does not run. */
export async function openServer(env: { DATABASE_URL?: string | undefined; BATON_DATA: string }): Promise<Server> {
  const folder = postgresPath(env.BATON_DATA);
  // Looking must not make the folder it looks for.
  const isThere = env.DATABASE_URL || existsSync(env.BATON_DATA);
  const running = env.DATABASE_URL ?? (isThere ? await runningEmbeddedPostgres(folder) : null);
  if (!running && !(isThere && existsSync(join(await embeddedFolder(folder), "data"))))
    throw new Error(`There are no data in ${env.BATON_DATA}: run npm start first, or set DATABASE_URL or BATON_DATA.`);
  const started = running ? null : await startEmbeddedPostgres({ folder, log: createLog("server", "warn") });
  const url = running ?? started?.url("postgres") ?? "";

  const server: Server = {
    async services() {
      const names = await server.on("postgres", async (client) => {
        const { rows } = await client.query<{ datname: string }>(
          "select datname from pg_database where datallowconn and not datistemplate order by datname",
        );
        return rows.map((row) => row.datname);
      });
      const services: string[] = [];
      for (const name of names ?? []) {
        const holdsInbox = await server.on(name, async (client) => {
          const { rows } = await client.query("select to_regclass('inbox') as inbox");
          return rows[0].inbox !== null;
        });
        if (holdsInbox) services.push(name);
      }
      return services;
    },
    async on(database, work) {
      const client = new Client({ connectionString: withDatabase(url, database), connectionTimeoutMillis: 5_000 });
      try {
        await client.connect();
      } catch (error) {
        if ((error as { code?: string }).code === "3D000") return null;
        throw new Error(`The database server does not answer: ${(error as Error).message || String(error)}`);
      }
      try {
        return await work(client);
      } finally {
        await client.end();
      }
    },
    close: async () => started?.stop(),
  };
  return server;
}
