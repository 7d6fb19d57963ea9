import type { MigrationInterface, QueryRunner } from "typeorm";
import { emptyDatabase, testDatabase } from "../../test/support/postgres";
import { openDatabase, withDatabase } from "../database";
import { createSilentLog } from "../log";
import type { Tables } from "../service";

class Lamps1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("create table lamps (id int primary key)");
    await runner.query("insert into lamps values (1)");
  }
  async down(): Promise<void> {}
}
const tables: Tables = { entities: [], migrations: [Lamps1700000000001] };
const log = createSilentLog();

test("a test gets a migrated database that no other test sees", async () => {
  const one = await testDatabase("lamps", tables);
  const other = await testDatabase("lamps", tables);
  await one.db.query("insert into lamps values (2)");
  expect(await one.db.query("select id from lamps order by id")).toEqual([{ id: 1 }, { id: 2 }]);
  expect(await other.db.query("select id from lamps")).toEqual([{ id: 1 }]);
  await one.drop();
  await other.drop();
});

test("several replicas may start at once on a database that does not exist yet", async () => {
  const { url, drop } = await emptyDatabase("replicas");
  await drop();
  const replicas = await Promise.all([1, 2, 3, 4].map(() => openDatabase({ url, tables, log, poolSize: 2 })));
  for (const replica of replicas) expect(await replica.query("select id from lamps")).toEqual([{ id: 1 }]);
  await Promise.all(replicas.map((replica) => replica.destroy()));
  await drop();
});

test("a migration that fails leaves nothing behind, and the next start tries it again", async () => {
  const { url, drop } = await emptyDatabase("failing");
  class Breaks1700000000002 implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      await runner.query("create table shades (id int)");
      await runner.query("insert into nowhere values (1)");
    }
    async down(): Promise<void> {}
  }
  const broken = { entities: [], migrations: [Lamps1700000000001, Breaks1700000000002] };
  await expect(openDatabase({ url, tables: broken, log })).rejects.toThrow(/nowhere/);
  const db = await openDatabase({ url, tables, log });
  expect(await db.query("select to_regclass('shades') as shades, to_regclass('lamps')::text as lamps")).toEqual([
    { shades: null, lamps: "lamps" },
  ]);
  await db.destroy();
  await drop();
});

test("a wrong password is one sentence without the password in it", async () => {
  const { url, drop } = await emptyDatabase("closed");
  const wrong = new URL(url);
  wrong.password = "not-this-one";
  const failure = await openDatabase({ url: wrong.toString(), tables, log }).catch((error: Error) => error.message);
  expect(failure).toMatch(
    /^The database 127\.0\.0\.1:\d+\/closed_\w+ cannot be opened: password authentication failed/,
  );
  expect(failure).not.toContain("not-this-one");
  await drop();
});

test("the bus' database lies beside a service's on the same server", () => {
  expect(withDatabase("postgres://u:p@h:5432/policy?sslmode=require", "bus")).toBe(
    "postgres://u:p@h:5432/bus?sslmode=require",
  );
});
