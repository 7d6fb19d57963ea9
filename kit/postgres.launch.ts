import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "./log";
import { type Account, type PostgresBinaries, program } from "./postgres.binaries";
import { processOf, stopProcess } from "./postgres.process";

/** What `server.json` in the folder keeps. */
export interface Secret {
  password: string;
  /** Of the last start; null before the first. */
  port: number | null;
}

interface Server {
  child: ChildProcess;
  port: number;
  failed: Promise<Error>;
  stop(how: "cleanly" | "now"): Promise<void>;
}

/** Starts the server on data that is there and on nobody else's port; resolves when it takes connections. */
export async function launchPostgres(options: {
  binaries: PostgresBinaries;
  folder: string;
  data: string;
  secret: Secret;
  runAs: Account | null;
  durable: boolean;
  log: Log;
}): Promise<Server> {
  const { folder, secret, log } = options;
  let last = "";
  // Another program may take the port, and the processes of a killed server may need a moment to end.
  for (let attempt = 0; attempt < 20; attempt++) {
    const port = attempt === 0 && secret.port && (await isFree(secret.port)) ? secret.port : await freePort();
    const server = await launchOnce({ ...options, port });
    if ("child" in server) {
      if (port !== secret.port)
        writeFileSync(join(folder, "server.json"), JSON.stringify({ ...secret, port }), { mode: 0o600 });
      return server;
    }
    last = server.problem;
    if (!/could not bind|Address already in use|shared memory block .* still in use/i.test(last)) break;
    log.warn({ problem: last }, "Postgres did not start; trying again.");
    await delay(250);
  }
  throw new Error(`Postgres did not start: ${last}`);
}

async function launchOnce(options: {
  binaries: PostgresBinaries;
  folder: string;
  data: string;
  port: number;
  runAs: Account | null;
  durable: boolean;
}): Promise<Server | { problem: string }> {
  const { binaries, data, port, runAs, durable } = options;
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: "64MB",
    max_wal_size: "256MB",
    wal_level: "minimal",
    max_wal_senders: "0",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    jit: "off",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum: "off" }),
  };
  const logPath = join(options.folder, "postgres.log");
  const logFile = openSync(
    logPath,
    (statSync(logPath, { throwIfNoEntry: false })?.size ?? 0) > 1_000_000 ? "w" : "a",
    0o600,
  );
  const logStart = statSync(logPath).size;
  const child = spawn(
    program(binaries, "postgres"),
    ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    // Its own process group: a Ctrl-C in the terminal is for us, Postgres stops when the services have.
    {
      ...runAs,
      cwd: data,
      stdio: ["ignore", logFile, logFile],
      detached: process.platform !== "win32",
      windowsHide: true,
    },
  );
  closeSync(logFile);
  child.unref();
  let stopping = false;
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(`it ended with ${code ?? signal}`));
  });
  const complaint = (end: string) => `${readFileSync(logPath, "utf8").slice(logStart).trim().slice(-2_000)} (${end})`;
  let end: string | null = null;
  void ended.then((how) => {
    end = how;
  });
  for (const from = Date.now(); !isReady(data, child.pid); await delay(10)) {
    if (end !== null) return { problem: complaint(end) };
    if (Date.now() - from > 60_000) {
      child.kill("SIGQUIT");
      return { problem: complaint("it was not ready within 60 s") };
    }
  }
  return {
    child,
    port,
    failed: ended.then((how) =>
      stopping
        ? new Promise<Error>(() => {})
        : new Error(`Postgres has stopped, which nobody asked for: ${how}. Its log: ${logPath}`),
    ),
    async stop(how) {
      stopping = true;
      child.ref();
      if (process.platform === "win32")
        spawnSync(program(binaries, "pg_ctl"), ["stop", "-D", data, "-m", how === "now" ? "immediate" : "fast"]);
      else if (child.pid) await stopProcess(child.pid, how === "now" ? "SIGQUIT" : "SIGINT");
      await ended;
    },
  };
}

/** Postgres writes its state into the eighth line of its pid file: what pg_ctl waits for as well. */
function isReady(data: string, pid: number | undefined): boolean {
  const file = processOf(data);
  return file !== null && file.pid === pid && file.state === "ready";
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once("error", () => resolve(false));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen({ port: 0, host: "127.0.0.1" }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
