import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { chown, mkdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { lockHolder, takeLock } from "./lock-file";
import type { Log } from "./log";
import { makePassableFolder } from "./passable-folder";
import {
  type Account,
  canEnter,
  findPostgres,
  type PostgresBinaries,
  program,
  unprivilegedAccount,
} from "./postgres.binaries";
import { launchPostgres, type Secret } from "./postgres.launch";
import { settlePidFile } from "./postgres.process";

/** A Postgres server of our own: nothing needs to be installed. */
export interface EmbeddedPostgres {
  /** The address of one of its databases, which need not exist yet (see `openDatabase`). */
  url(database: string): string;
  /** Where its data lies. */
  folder: string;
  /** Resolves when it has stopped by itself, which it should not: with the last lines of its log. */
  failed: Promise<Error>;
  /** Ends every connection and stops. `now`: without a checkpoint, for data that nobody needs. */
  stop(how?: "cleanly" | "now"): Promise<void>;
}

/**
 * Starts Postgres with its data in `folder`, which is made when it is missing. Survives what happens to a program on
 * somebody's laptop: root (Postgres runs as `nobody`), a folder closed to `nobody` (the data then lies in
 * /var/lib/baton, see `embeddedFolder`), a server or a pid file left behind by kill -9 (stopped, settled), two starts
 * at once (the second throws a sentence).
 * `durable: false` trades safety for speed: for tests.
 */
export async function startEmbeddedPostgres(options: {
  folder: string;
  durable?: boolean;
  log: Log;
}): Promise<EmbeddedPostgres> {
  const { durable = true, log } = options;
  const account = await unprivilegedAccount();
  const folder = await embeddedFolder(options.folder, account);
  makePassableFolder(folder);
  const taken = takeLock(join(folder, "lock.json"));
  if ("heldBy" in taken)
    throw new Error(`The Postgres in ${folder} is already run by process ${taken.heldBy.pid}. Stop that one first.`);
  try {
    const data = join(folder, "data");
    const runAs = dataOwner(data, account);
    const binaries = await findPostgres(join(folder, "programs"), runAs, log);
    const secret = readSecret(folder);
    if (!existsSync(data)) await createData(binaries, data, secret.password, runAs);
    checkVersion(binaries, data);
    await settlePidFile(data, log);
    const server = await launchPostgres({ binaries, folder, data, secret, runAs, durable, log });
    const stopAtExit = () => server.child.pid !== undefined && server.child.kill("SIGINT");
    process.once("exit", stopAtExit);
    return {
      folder,
      failed: server.failed,
      url: (database) => addressOf(secret.password, server.port, database),
      async stop(how = "cleanly") {
        await server.stop(how);
        process.off("exit", stopAtExit);
        taken.lock.release();
      },
    };
  } catch (error) {
    taken.lock.release();
    throw error;
  }
}

/**
 * Where the data of `folder` really lies: in it, or, when root runs this and Postgres' account cannot go there (a home
 * folder closed to others), in a folder below /var/lib/baton named after it.
 */
export async function embeddedFolder(folder: string, account?: Account | null): Promise<string> {
  const postgresAccount = account === undefined ? await unprivilegedAccount() : account;
  const path = resolve(folder);
  if (!postgresAccount) return path;
  makePassableFolder(path);
  if (await canEnter(path, postgresAccount)) return path;
  return join("/var/lib/baton", createHash("sha256").update(path).digest("hex").slice(0, 12));
}

/** The address of the server that runs on `folder` in another process; null when none does. */
export async function runningEmbeddedPostgres(folder: string): Promise<string | null> {
  const path = await embeddedFolder(folder);
  if (!lockHolder(join(path, "lock.json"))) return null;
  const { password, port } = readSecret(path);
  return port === null ? null : addressOf(password, port, "postgres");
}

/** Deletes the data of `folder`. Throws while a Postgres runs on it; one that was left behind is stopped. */
export async function removeEmbeddedPostgres(folder: string, log: Log): Promise<void> {
  const path = await embeddedFolder(folder);
  const holder = lockHolder(join(path, "lock.json"));
  if (holder) throw new Error(`The Postgres in ${path} is in use by process ${holder.pid}. Stop that one first.`);
  await settlePidFile(join(path, "data"), log);
  for (const emptied of [path, resolve(folder)]) await rm(emptied, { recursive: true, force: true });
}

/** Data made by somebody else: root runs Postgres as them, another account cannot use it. */
function dataOwner(data: string, account: Account | null): Account | null {
  const owner = statSync(data, { throwIfNoEntry: false });
  if (!owner || process.platform === "win32") return account;
  if (account) return owner.uid === 0 ? account : { uid: owner.uid | 0, gid: owner.gid | 0 };
  if (owner.uid === process.geteuid?.()) return null;
  throw new Error(
    `${data} belongs to another account (uid ${owner.uid}), so Postgres cannot use it. Start Baton as that account or as root, ` +
      "or choose another folder with BATON_DATA.",
  );
}

function addressOf(password: string, port: number, database: string): string {
  return `postgres://baton:${password}@127.0.0.1:${port}/${database}`;
}

/** The password is made once; the port is kept so that a bookmarked address stays true. */
function readSecret(folder: string): Secret {
  const path = join(folder, "server.json");
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Secret;
  const secret = { password: randomBytes(18).toString("base64url"), port: null };
  writeFileSync(path, JSON.stringify(secret), { mode: 0o600 });
  return secret;
}

async function createData(
  binaries: PostgresBinaries,
  data: string,
  password: string,
  runAs: Account | null,
): Promise<void> {
  // Made under another name and then renamed: a start killed in the middle leaves nothing that looks finished.
  const unfinished = `${data}.unfinished`;
  const passwordFile = `${data}.password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (runAs) for (const path of [unfinished, passwordFile]) await chown(path, runAs.uid >>> 0, runAs.gid >>> 0);
  const initdb = await run(program(binaries, "initdb"), runAs, [
    ...["-D", unfinished, "--username=baton", `--pwfile=${passwordFile}`, "--auth=scram-sha-256"],
    ...["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    // The password is 144 random bits: stretching it would only slow down every connection.
    ...["--no-sync", "--no-instructions", "-c", "scram_iterations=1"],
  ]);
  rmSync(passwordFile, { force: true });
  if (/could not look up effective user ID/.test(initdb.output))
    throw new Error(
      `Postgres wants its account to have a name, and uid ${process.geteuid?.()} has none: add it to /etc/passwd, or set DATABASE_URL to a Postgres of your own.`,
    );
  if (initdb.code !== 0) throw new Error(`Postgres could not make its data folder: ${initdb.output.trim()}`);
  await rename(unfinished, data);
}

function checkVersion(binaries: PostgresBinaries, data: string): void {
  const had = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  const have = binaries.version.split(".")[0];
  if (had !== have)
    throw new Error(
      `${data} was written by Postgres ${had}, this is Postgres ${have}. Move it over with pg_dump, or clear it with npm run reset.`,
    );
}

function run(command: string, runAs: Account | null, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...runAs, cwd: "/", stdio: ["ignore", "ignore", "pipe"], windowsHide: true });
    let output = "";
    child.stderr.on("data", (text) => {
      output += text;
    });
    child.once("error", (error) => resolve({ code: -1, output: error.message }));
    child.once("close", (code) => resolve({ code: code ?? -1, output }));
  });
}
