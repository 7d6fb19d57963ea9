import { escapeLiteral, type Pool, type QueryResult } from "pg";
import type { ReceivedRecord, Subscription } from "./bus";
import { mostBytes, mostRecords, nextRecords, partitionCount } from "./bus.postgres.tables";
import type { Log } from "./log";
import { backoff, type Wake } from "./wake";

/** What a reader needs; `wake` rings when one of the topics has something new. */
export interface Consumer {
  pool: Pool;
  group: string;
  topics: string[];
  onBatch(records: ReceivedRecord[]): Promise<void>;
  wake: Wake;
  log: Log;
}

/** Nobody rang: look anyway. Covers a lost NOTIFY and a partition that a dead process held. */
const pollMs = 3_000;
interface Row {
  topic: string;
  partition: number;
  position: string;
  key: string;
  value: string;
}

/**
 * Reads with a group: positions are kept in the database, and a partition's row is locked from before the read until
 * after the batch, so two processes of a group never work on one partition at once.
 */
export async function consumeWithGroup(consumer: Consumer): Promise<Subscription> {
  const { pool, group, topics, onBatch } = consumer;
  await pool.query(
    `insert into group_offsets ("group", topic, partition)
     select $1, topic, partition from unnest($2::text[]) topic, generate_series(0, $3 - 1) partition
     on conflict do nothing`,
    [group, topics, partitionCount],
  );
  const wanted = `array[${topics.map(escapeLiteral)}]::text[]`;
  const take = `begin; select * from take(${escapeLiteral(group)}, ${wanted})`;
  return consume(consumer, async () => {
    const client = await pool.connect();
    let broken: Error | undefined;
    // The connection may be cut while nothing runs on it but the batch; without a listener that ends the process.
    const onCut = (error: Error) => {
      broken = error;
    };
    client.on("error", onCut);
    try {
      const [, { rows }] = (await client.query(take)) as unknown as [unknown, QueryResult<Row>];
      if (rows.length > 0) await onBatch(rows.map(received));
      await client.query(`${moveOn(group, rows)} commit`);
      return isFull(rows);
    } catch (error) {
      await client.query("rollback").catch((reason) => {
        broken = reason;
      });
      throw error;
    } finally {
      client.off("error", onCut);
      client.release(broken);
    }
  });
}

/** Text instead of parameters, so that it goes with the commit in one round trip. */
function moveOn(group: string, rows: Row[]): string {
  if (rows.length === 0) return "";
  const last = new Map(rows.map((row) => [`${row.topic}/${row.partition}`, row]));
  const reached = [...last.values()].map(
    ({ topic, partition, position }) => `(${escapeLiteral(topic)}, ${partition}, ${position}::bigint)`,
  );
  return `update group_offsets g set position = r.position + 1
    from (values ${reached}) as r(topic, partition, position)
    where g."group" = ${escapeLiteral(group)} and g.topic = r.topic and g.partition = r.partition;`;
}

/** Reads what is new from now on; the positions live in this process only. */
export async function consumeFromEnd(consumer: Consumer): Promise<Subscription> {
  const { pool, topics, onBatch } = consumer;
  const { rows: ends } = await pool.query<{ topic: string; partition: number; position: string }>(
    `select topic, partition, coalesce(next_position, 0) as position
     from (select topic, partition from unnest($1::text[]) topic, generate_series(0, $2 - 1) partition) wanted
     left join partitions using (topic, partition)`,
    [topics, partitionCount],
  );
  const positions = new Map(ends.map((end) => [`${end.topic}/${end.partition}`, end]));
  return consume(consumer, async () => {
    const from = [...positions.values()];
    const { rows } = await pool.query<Row>({
      name: "look",
      text: nextRecords("unnest($1::text[], $2::int[], $3::bigint[])").replace(
        " m cross",
        " m(topic, partition, position) cross",
      ),
      values: [from.map((at) => at.topic), from.map((at) => at.partition), from.map((at) => at.position)],
    });
    if (rows.length > 0) await onBatch(rows.map(received));
    for (const row of rows)
      positions.set(`${row.topic}/${row.partition}`, { ...row, position: String(BigInt(row.position) + 1n) });
    return isFull(rows);
  });
}

/** Whether a partition may have more than was read: then the next batch follows without a wake. */
function isFull(rows: Row[]): boolean {
  const sizes = new Map<string, { records: number; bytes: number }>();
  for (const { topic, partition, value } of rows) {
    const size = sizes.get(`${topic}/${partition}`) ?? { records: 0, bytes: 0 };
    sizes.set(`${topic}/${partition}`, { records: size.records + 1, bytes: size.bytes + Buffer.byteLength(value) });
  }
  return [...sizes.values()].some(({ records, bytes }) => records >= mostRecords || bytes >= mostBytes);
}

const received = ({ topic, partition, position, key, value }: Row): ReceivedRecord => ({
  topic,
  partition,
  offset: position,
  key,
  value,
});

/** Takes a batch whenever woken, and more while a partition has more than fits one; a batch that fails is taken again, later each time. */
function consume({ wake, log, group }: Consumer, takeBatch: () => Promise<boolean>): Subscription {
  let stopped = false;
  async function loop() {
    let failures = 0;
    while (!stopped) {
      try {
        const more = await takeBatch();
        failures = 0;
        if (!more && !stopped) await wake.sleep(pollMs);
      } catch (error) {
        failures++;
        log.warn({ err: error, group, failures }, "bus: a batch failed and is taken again");
        if (!stopped) await wake.sleep(backoff(failures, 50, 5_000));
      }
    }
  }
  const running = loop();
  return {
    async stop() {
      stopped = true;
      wake.wake();
      await running;
    },
  };
}
