import { Client } from "pg";
import { emptyDatabase } from "../test/support/postgres";
import { busContract } from "./bus.contract";
import { createPostgresBus } from "./bus.postgres";
import { createSilentLog } from "./log";

busContract("bus.postgres", async () => {
  const { url, drop } = await emptyDatabase("bus");
  return {
    open: () => createPostgresBus({ url, log: createSilentLog() }),
    async cutConnections() {
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      );
      await client.end();
    },
    remove: drop,
  };
});
