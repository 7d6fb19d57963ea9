import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { removeEmbeddedPostgres } from "../kit/database.embedded";
import { lockHolder } from "../kit/lock-file";
import { createLog } from "../kit/log";
import { readInstallationEnv } from "./env";
import { lockPath, postgresPath } from "./installation";
import { runCommand } from "./run-command";

runCommand("npm run reset    deletes everything this installation keeps in its data folder", async () => {
  const { BATON_DATA: folder } = readInstallationEnv();
  if (!existsSync(folder)) {
    process.stdout.write(`There is nothing to clear: ${folder} does not exist.\n`);
    return;
  }
  const holder = lockHolder(lockPath(folder));
  if (holder) throw new Error(`Baton is running (process ${holder.pid}): stop it first, then reset.`);
  await removeEmbeddedPostgres(postgresPath(folder), createLog("reset", "warn"));
  // Only what Baton has put there: BATON_DATA may name a folder that holds other things.
  for (const name of ["secrets.json", "lock.json"]) rmSync(join(folder, name), { force: true });
  if (readdirSync(folder).length === 0) rmdirSync(folder);
  process.stdout.write(`Cleared: ${folder} holds nothing of Baton's any more. npm start begins anew.\n`);
});
