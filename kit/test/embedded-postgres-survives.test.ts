import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import {
  type EmbeddedPostgres,
  embeddedFolder,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from "../database.embedded";
import { beganAt, lockHolder, takeLock } from "../lock-file";
import { createSilentLog } from "../log";
import { processOf } from "../postgres.process";

const log = createSilentLog();
const home = mkdtempSync(join(tmpdir(), "baton-survives-"));
chmodSync(home, 0o755);
const servers: EmbeddedPostgres[] = [];
/** Most tests follow one another on one folder: making a new one takes a second. */
const folder = join(home, "postgres");
const lamps = ["drop table if exists lamps", "create table lamps (id int)", "insert into lamps values (7)"];

async function start(folder: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ folder, log });
  servers.push(server);
  return server;
}
async function sql(server: EmbeddedPostgres, ...statements: string[]): Promise<unknown[]> {
  const client = new Client({ connectionString: server.url("postgres") });
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
/** What kill -9 of our own process leaves behind: a server that runs, and a lock that names a process that is gone. */
function dieSuddenly(server: EmbeddedPostgres): number {
  const lock = join(server.folder, "lock.json");
  writeFileSync(lock, JSON.stringify({ ...JSON.parse(readFileSync(lock, "utf8")), pid: 2_147_483_646 }));
  return processOf(join(server.folder, "data"))?.pid as number;
}

afterAll(async () => {
  for (const server of servers) await server.stop("now").catch(() => {});
  rmSync(home, { recursive: true, force: true });
});

test("data is kept from one start to the next, at the same address", async () => {
  const first = await start(folder);
  await sql(first, ...lamps);
  await first.stop();
  const second = await start(folder);
  expect(await sql(second, "select id from lamps")).toEqual([{ id: 7 }]);
  expect(second.url("x")).toBe(first.url("x"));
  await second.stop();
});

test("a server that outlived its program is stopped, and what it acknowledged is there", async () => {
  const first = await start(folder);
  await sql(first, ...lamps);
  const orphan = dieSuddenly(first);
  const second = await start(folder);
  expect(beganAt(orphan)).toBeNull();
  expect(await sql(second, "select id from lamps")).toEqual([{ id: 7 }]);
  await second.stop();
});

test("a server killed with -9 leaves a pid file that does not keep the next from starting", async () => {
  const first = await start(folder);
  await sql(first, ...lamps);
  const pid = dieSuddenly(first);
  process.kill(pid, "SIGKILL");
  await first.failed;
  expect(processOf(join(first.folder, "data"))?.pid).toBe(pid);
  const second = await start(folder);
  expect(await sql(second, "select id from lamps")).toEqual([{ id: 7 }]);
  await second.stop();
});

test("a pid file whose number now belongs to another program neither blocks the start nor harms that program", async () => {
  const first = await start(folder);
  const pid = dieSuddenly(first);
  process.kill(pid, "SIGKILL");
  await first.failed;
  const pidFile = join(first.folder, "data", "postmaster.pid");
  writeFileSync(pidFile, readFileSync(pidFile, "utf8").replace(String(pid), String(process.pid)));
  const second = await start(folder);
  expect(await sql(second, "select 1 as one")).toEqual([{ one: 1 }]);
  await second.stop();
});

test("a start that was killed while it made the data folder is made good", async () => {
  const folder = join(home, "killed");
  mkdirSync(join(folder, "data.unfinished"), { recursive: true });
  writeFileSync(join(folder, "data.unfinished", "PG_VERSION"), "18\n");
  const server = await start(folder);
  expect(await sql(server, "select 1 as one")).toEqual([{ one: 1 }]);
  await server.stop();
});

test("two starts at once: one runs, the other says who does", async () => {
  const starts = await Promise.allSettled([start(folder), start(folder)]);
  expect(starts.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = starts.find(({ status }) => status === "rejected") as PromiseRejectedResult;
  expect(refused.reason.message).toContain(`already run by process ${process.pid}`);
  await expect(removeEmbeddedPostgres(folder, log)).rejects.toThrow(/in use by process/);
  await servers.at(-1)?.stop();
});

test("a folder made by another Postgres release is refused in one sentence", async () => {
  const server = await start(folder);
  await server.stop();
  const version = join(server.folder, "data", "PG_VERSION");
  writeFileSync(version, "12\n");
  await expect(start(folder)).rejects.toThrow(/written by Postgres 12, this is Postgres 18/);
  writeFileSync(version, "18\n");
});

const asRoot = process.geteuid?.() === 0 ? test : test.skip;

asRoot("root with a folder closed to others: the data lies in /var/lib/baton", async () => {
  const closed = join(home, "closed");
  mkdirSync(closed, { mode: 0o700 });
  const folder = join(closed, "postgres");
  const server = await start(folder);
  expect(server.folder).toMatch(/^\/var\/lib\/baton\/[0-9a-f]{12}$/);
  expect(await embeddedFolder(folder)).toBe(server.folder);
  expect(await sql(server, "select 1 as one")).toEqual([{ one: 1 }]);
  await server.stop();
  await removeEmbeddedPostgres(folder, log);
  expect(existsSync(server.folder)).toBe(false);
});

asRoot("root does not run Postgres as root", async () => {
  const server = await start(folder);
  expect(statSync(join(server.folder, "data")).uid).not.toBe(0);
  await server.stop();
});

test("a lock whose holder has died is taken over; a living one's is not", () => {
  const path = join(home, "lock.json");
  writeFileSync(path, JSON.stringify({ pid: process.pid, began: "before the last restart", note: "" }));
  expect(lockHolder(path)).toBeNull();
  const taken = takeLock(path, "http://localhost:4000");
  expect(taken).toHaveProperty("lock");
  expect(takeLock(path)).toEqual({
    heldBy: { pid: process.pid, began: beganAt(process.pid), note: "http://localhost:4000" },
  });
  if ("lock" in taken) taken.lock.release();
  expect(existsSync(path)).toBe(false);
});
