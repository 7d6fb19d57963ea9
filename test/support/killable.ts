import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeEmbeddedPostgres } from "../../kit/database.embedded";
import { createSilentLog } from "../../kit/log";
import { type BatonProcess, build, freePort, startBaton } from "./baton-process";

/** `npm start` as a process of its own, with its own data folder and port, that may be killed and started again. */
export interface Killable {
  url: string;
  tokenSecret: string;
  /** Resolves when it answers. */
  start(): Promise<void>;
  /** kill -9: no chance to tidy up. The Postgres it started lives on, as it would. */
  kill(): Promise<void>;
  /** Stops it in order and clears its folder. */
  remove(): Promise<void>;
}

export async function createKillable(settings: Record<string, string> = {}): Promise<Killable> {
  build();
  const folder = mkdtempSync(join(tmpdir(), "baton-killable-"));
  // Where root runs the tests, Postgres runs as nobody and must be able to go in.
  await chmod(folder, 0o755);
  const port = await freePort();
  const tokenSecret = randomUUID() + randomUUID();
  const own = { BATON_DATA: folder, PORT: String(port), TOKEN_SECRET: tokenSecret, DEMO: "no" };
  let baton: BatonProcess | undefined;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    tokenSecret,
    async start() {
      baton = await startBaton("start", { ...settings, ...own });
    },
    kill: async () => baton?.end("SIGKILL"),
    async remove() {
      await baton?.end("SIGTERM");
      await removeEmbeddedPostgres(join(folder, "postgres"), createSilentLog()).catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
}
