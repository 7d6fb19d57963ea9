import { randomUUID } from "node:crypto";
import { Column, Entity, type MigrationInterface, PrimaryColumn, type QueryRunner } from "typeorm";
import { type TestDatabase, testDatabase } from "../test/support/postgres";
import { loadAll, loadOne } from "./load-rows";

@Entity("lamp")
class Lamp {
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "room_id" })
  roomId!: string;

  @Column({ type: "integer" })
  height!: number;
}

class Lamps1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("create table lamp (id uuid primary key, room_id uuid not null, height integer not null)");
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop table lamp");
  }
}

let database: TestDatabase;
let asked: string[];
const [kitchen, hall] = [randomUUID(), randomUUID()];
const lamps = [2, 1, 3].map((height) => ({ id: randomUUID(), roomId: height === 3 ? hall : kitchen, height }));
const heights = (rows: Lamp[]) => rows.map(({ height }) => height);

beforeAll(async () => {
  database = await testDatabase("lamps", { entities: [Lamp], migrations: [Lamps1700000000001] });
  await database.db.getRepository(Lamp).insert(lamps);
  const { createQueryRunner } = database.db.driver;
  database.db.driver.createQueryRunner = (mode) => {
    const runner = createQueryRunner.call(database.db.driver, mode);
    const { query } = runner;
    runner.query = (...args: Parameters<typeof query>) => {
      asked.push(args[0]);
      return query.apply(runner, args);
    };
    return runner;
  };
});
beforeEach(() => {
  asked = [];
});
afterAll(() => database.drop());

test("who asks in the same moment shares one query, and each gets their own", async () => {
  const one = loadOne(database.db, Lamp);
  const ids = lamps.map(({ id }) => id);
  const [first, second, again, none] = await Promise.all(
    [ids[0], ids[1], ids[0], randomUUID()].map((id) => one.load(id as string)),
  );
  expect([first?.height, second?.height, again?.height, none]).toEqual([2, 1, 2, null]);
  expect(asked).toHaveLength(1);
});

test("all of a room, in order; the last of them where one is asked for", async () => {
  const all = loadAll(database.db, Lamp, "roomId", { height: "ASC" });
  const found = await Promise.all([kitchen, hall, randomUUID(), kitchen].map((id) => all.load(id)));
  expect(found.map(heights)).toEqual([[1, 2], [3], [], [1, 2]]);
  expect(asked).toHaveLength(1);
  expect((await loadOne(database.db, Lamp, "roomId", { height: "ASC" }).load(kitchen))?.height).toBe(2);
});

test("what cannot be an id finds nothing, capitals do not matter, and what changed meanwhile is seen", async () => {
  const one = loadOne(database.db, Lamp);
  const [{ id }] = lamps as [(typeof lamps)[number]];
  expect(await Promise.all(["", "lamp", `${id}'`].map((wrong) => one.load(wrong)))).toEqual([null, null, null]);
  expect((await one.load(id.toUpperCase()))?.height).toBe(2);
  await database.db.getRepository(Lamp).update({ id }, { height: 7 });
  expect((await one.load(id))?.height).toBe(7);
});
