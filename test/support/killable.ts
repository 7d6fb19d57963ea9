import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeEmbeddedPostgres } from "../../kit/database.embedded";
import { createSilentLog } from "../../kit/log";
import { projectPath } from "../../kit/project";
import { childSettings } from "./env";

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
  execFileSync(process.execPath, [projectPath("build.js")], { stdio: "ignore" });
  const folder = mkdtempSync(join(tmpdir(), "baton-killable-"));
  // Where root runs the tests, Postgres runs as nobody and must be able to go in.
  await chmod(folder, 0o755);
  const port = await freePort();
  const tokenSecret = randomUUID() + randomUUID();
  const url = `http://127.0.0.1:${port}/graphql`;
  const own = { BATON_DATA: folder, PORT: String(port), TOKEN_SECRET: tokenSecret, DEMO: "no" };
  const env = childSettings({ ...settings, ...own });
  let baton: ChildProcess | undefined;

  async function end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    if (!baton || baton.exitCode !== null || baton.signalCode !== null) return;
    const ended = once(baton, "exit");
    baton.kill(signal);
    await ended;
  }

  return {
    url,
    tokenSecret,
    async start() {
      let said = "";
      const started = spawn(process.execPath, [projectPath("dist/commands/start.js")], { env, stdio: "pipe" });
      baton = started;
      for (const stream of [started.stdout, started.stderr]) stream.on("data", (text) => (said += text));
      const deadline = Date.now() + 60_000;
      while (!said.includes("Baton is ready")) {
        if (started.exitCode !== null || Date.now() > deadline) throw new Error(`Baton did not start:\n${said}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    kill: () => end("SIGKILL"),
    async remove() {
      await end("SIGTERM");
      await removeEmbeddedPostgres(join(folder, "postgres"), createSilentLog()).catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
