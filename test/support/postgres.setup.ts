import { mkdtempSync } from "node:fs";
import { chmod, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type EmbeddedPostgres, removeEmbeddedPostgres, startEmbeddedPostgres } from "../../kit/database.embedded";
import { createSilentLog } from "../../kit/log";
import { postgresAddress } from "./env";
import { scratchFolder } from "./scratch";

declare global {
  /** The server of this run, for the global teardown. */
  var batonTestPostgres: EmbeddedPostgres | undefined;
}

const prefix = "baton-test-postgres-";

/** Starts one Postgres for the whole run, without the safety that costs time, in a folder of its own. */
export default async function setup(): Promise<void> {
  const scratch = scratchFolder();
  const leftBehind = clearLeftovers(scratch);
  const folder = mkdtempSync(join(scratch, prefix));
  // Where root runs the tests, Postgres runs as nobody and must be able to go in.
  await chmod(folder, 0o755);
  globalThis.batonTestPostgres = await startEmbeddedPostgres({ folder, durable: false, log: createSilentLog() });
  postgresAddress.set(globalThis.batonTestPostgres.url(""));
  await leftBehind;
}

/** A run that was killed leaves its server and folder behind. */
async function clearLeftovers(scratch: string): Promise<void> {
  for (const name of await readdir(scratch)) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(scratch, name);
    // A run beside this one may be about to start in it.
    const since = (await stat(folder).catch(() => null))?.ctimeMs;
    if (since === undefined || Date.now() - since < 60_000) continue;
    // Refused for the folder of a run that is under way, and for another account's.
    await removeEmbeddedPostgres(folder, createSilentLog()).then(
      () => rm(folder, { recursive: true, force: true }),
      () => {},
    );
  }
}
