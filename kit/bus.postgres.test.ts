import { Client, Pool } from "pg";
import { emptyDatabase } from "../test/support/postgres";
import { busContract } from "./bus.contract";
import { createPostgresBus } from "./bus.postgres";
import { pruneLog } from "./bus.postgres.tables";
import { createSilentLog } from "./log";

busContract(
  "bus.postgres",
  async () => {
    const { url, drop } = await emptyDatabase("bus");
    return {
      open: () => createPostgresBus({ url, log: createSilentLog() }),
      async cutConnections() {
        const client = new Client({ connectionString: url });
        await client.connect();
        await client.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
        );
        await client.end();
      },
      remove: drop,
    };
  },
  { cuts: true },
);

test("records are forgotten when they are old and every group has passed them, and very old ones in any case", async () => {
  const { url, drop } = await emptyDatabase("bus");
  const bus = await createPostgresBus({ url, log: createSilentLog() });
  const pool = new Pool({ connectionString: url });
  try {
    const say = (topic: string, ...values: string[]) =>
      bus.publish(values.map((value) => ({ topic, key: "a", value })));
    await say("read", "1", "2", "3");
    await say("slowly", "1", "2", "3");
    await pool.query(
      "insert into group_offsets select 'g', topic, partition, case topic when 'read' then 3 else 1 end from partitions",
    );
    const left = async () =>
      (await pool.query("select topic || value as what from log order by 1")).rows.map(({ what }) => what);

    await pruneLog(pool, 7, 30);
    expect(await left()).toHaveLength(6);
    await pool.query("update log set at = now() - interval '8 days' where value <> '3'");
    await pruneLog(pool, 7, 30);
    expect(await left()).toEqual(["read3", "slowly2", "slowly3"]);
    await pool.query("update log set at = now() - interval '31 days' where topic = 'slowly'");
    await pruneLog(pool, 7, 30);
    expect(await left()).toEqual(["read3"]);
  } finally {
    await bus.close();
    await pool.end();
    await drop();
  }
});

test("a long log is forgotten piece by piece, so that no statement runs out of time", async () => {
  const { url, drop } = await emptyDatabase("bus");
  const bus = await createPostgresBus({ url, log: createSilentLog() });
  const pool = new Pool({ connectionString: url });
  try {
    await pool.query(`
      insert into log select 'long', p, n, 'a', 'b', now() - interval '8 days'
        from generate_series(0, 1) p, generate_series(0, 11999) n;
      insert into partitions select 'long', p, 12000 from generate_series(0, 1) p;
      insert into group_offsets values ('g', 'long', 0, 12000), ('g', 'long', 1, 7000);
      create table forgotten (records int);
      create function note() returns trigger language plpgsql as
        'begin insert into forgotten select count(*) from gone; return null; end';
      create trigger note after delete on log referencing old table as gone for each statement execute function note()`);
    await pruneLog(pool, 7, 30);
    const left = await pool.query("select partition, count(*)::int, min(position)::int from log group by 1");
    expect(left.rows).toEqual([{ partition: 1, count: 5_000, min: 7_000 }]);
    const { rows } = await pool.query("select max(records), sum(records)::int from forgotten");
    expect(rows).toEqual([{ max: 5_000, sum: 19_000 }]);
  } finally {
    await bus.close();
    await pool.end();
    await drop();
  }
});

test("several processes that open a new bus at the same moment all get it", async () => {
  const { url, drop } = await emptyDatabase("bus");
  await drop();
  const buses = await Promise.all([1, 2, 3, 4].map(() => createPostgresBus({ url, log: createSilentLog() })));
  await Promise.all(buses.map((bus) => bus.ping()));
  await Promise.all(buses.map((bus) => bus.close()));
  await drop();
});
