import { randomUUID } from "node:crypto";
import { Client, Pool } from "pg";
import type { Bus, BusRecord, Subscription } from "./bus";
import { consumeFromEnd, consumeWithGroup } from "./bus.postgres.consume";
import { migrateBus, partitionCount, pruneLog } from "./bus.postgres.tables";
import type { Log } from "./log";
import { createSweep } from "./sweep";
import { backoff, createWake, type Wake } from "./wake";
import { writeAheadLogOf } from "./write-ahead-log";

const channel = "baton_bus";
const publish = "select publish($1::text[], $2::int[], $3::text[], $4::text[])";

/**
 * The bus on a Postgres database: Kafka's model without Kafka. `url` names the bus's own database, which is made when
 * it is not there. Readers in this process are woken directly, those of other processes by NOTIFY; a slow poll is
 * the safety net of both.
 */
export async function createPostgresBus(options: { url: string; log: Log }): Promise<Bus> {
  const { url, log } = options;
  await migrateBus(url);
  const self = randomUUID();
  // Publishing commits for real. A group's positions need not: losing one means hearing a record again.
  const publishers = createPool(url, "on", 6);
  const readers = createPool(url, "off", 16);
  for (const pool of [publishers, readers]) {
    pool.on("error", (error) => log.debug({ err: error }, "bus: an idle connection broke"));
    // One that is cut in the moment it is handed out has no other listener yet, and that would end the process.
    pool.on("connect", (client) => client.on("error", () => {}));
  }

  const wakes = new Map<string, Set<Wake>>();
  const subscriptions = new Set<Subscription>();
  const lanes = new Map<string, Lane>();
  const notifier = createNotifier(readers, self, log);
  const listener = createListener(url, self, log, (topics) => wakeReaders(topics));
  const pruning = createSweep({ name: "bus-retention", everyMs: 3_600_000, run: () => pruneLog(readers), log });
  let closed = false;

  function wakeReaders(topics: Iterable<string> | null) {
    for (const topic of topics ?? wakes.keys()) for (const wake of wakes.get(topic) ?? []) wake.wake();
  }

  async function write(records: BusRecord[], durable: Durable) {
    const topics = [...new Set(records.map((record) => record.topic))];
    const values = [
      records.map((record) => record.topic),
      records.map((record) => partitionOf(record.key)),
      records.map((record) => record.key),
      records.map((record) => record.value),
    ];
    if (durable === "in order") {
      const text = `${publish}, pg_notify($5, $6)`;
      await readers.query({ name: "publish-in-order", text, values: [...values, channel, noticeOf(self, topics)] });
    } else {
      await publishers.query({ name: "publish", text: publish, values });
      notifier.notify(topics);
    }
    wakeReaders(topics);
  }

  return {
    writeAheadLog: await writeAheadLogOf((sql) => readers.query(sql).then(({ rows }) => rows)),

    async publish(records, durable = "now") {
      if (closed) throw new Error("the bus is closed");
      const byTopic = new Map<string, BusRecord[]>();
      for (const record of records) byTopic.set(record.topic, [...(byTopic.get(record.topic) ?? []), record]);
      await Promise.all(
        [...byTopic].map(([topic, ofTopic]) => {
          const lane = lanes.get(topic) ?? createLane(write);
          lanes.set(topic, lane);
          return lane(ofTopic, durable);
        }),
      );
    },

    async subscribe({ group, topics, from, onBatch }) {
      if (closed) throw new Error("the bus is closed");
      await listener.ready();
      const wake = createWake();
      for (const topic of topics) wakes.set(topic, (wakes.get(topic) ?? new Set()).add(wake));
      const consume = from === "end" ? consumeFromEnd : consumeWithGroup;
      const running = await consume({ pool: readers, group, topics, onBatch, wake, log });
      pruning.start();
      const subscription: Subscription = {
        async stop() {
          for (const topic of topics) wakes.get(topic)?.delete(wake);
          subscriptions.delete(subscription);
          await running.stop();
        },
      };
      subscriptions.add(subscription);
      return subscription;
    },

    async ping() {
      await publishers.query("select 1");
    },

    async close() {
      if (closed) return;
      closed = true;
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
      await pruning.stop();
      await listener.stop();
      await notifier.stop();
      await Promise.all([publishers.end(), readers.end()]);
    },
  };
}

function createPool(connectionString: string, synchronousCommit: "on" | "off", max: number): Pool {
  return new Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    statement_timeout: 30_000,
    // A reader that froze in the middle of a batch must not hold its partitions for ever.
    idle_in_transaction_session_timeout: 60_000,
    options: `-c synchronous_commit=${synchronousCommit}`,
  });
}

/** The partition a key belongs to (FNV-1a). Never change it: a key's order depends on it. */
export function partitionOf(key: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key, "utf8")) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) % partitionCount;
}

/** Writes of one topic go one after the other, in order of calls; what arrives meanwhile goes together. */
type Lane = (records: BusRecord[], durable: Durable) => Promise<void>;
type Durable = "now" | "in order";

function createLane(write: Lane): Lane {
  let waiting: { records: BusRecord[]; durable: Durable; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let busy = false;
  async function run() {
    busy = true;
    while (waiting.length > 0) {
      const calls = waiting;
      waiting = [];
      try {
        const durable = calls.some((call) => call.durable === "now") ? "now" : "in order";
        await write(
          calls.flatMap((call) => call.records),
          durable,
        );
        for (const call of calls) call.resolve();
      } catch (error) {
        for (const call of calls) call.reject(error);
      }
    }
    busy = false;
  }
  return (records, durable) =>
    new Promise((resolve, reject) => {
      waiting.push({ records, durable, resolve, reject });
      if (!busy) void run();
    });
}

/** What NOTIFY carries: who says it, and the topics that have something new. */
const noticeOf = (self: string, topics: Iterable<string>): string => `${self} ${[...topics].join(",")}`;

/**
 * Tells other processes after a commit that waits for the disk instead of inside it: NOTIFY holds a lock of the whole
 * server until the end of its commit. A notice that is lost costs one poll interval, never a record.
 */
function createNotifier(pool: Pool, self: string, log: Log) {
  let topics = new Set<string>();
  let running: Promise<void> | null = null;
  async function run() {
    while (topics.size > 0) {
      const payload = noticeOf(self, topics);
      topics = new Set();
      await pool
        .query({ name: "notify", text: "select pg_notify($1, $2)", values: [channel, payload] })
        .catch((error) => log.debug({ err: error }, "bus: other processes were not woken"));
    }
    running = null;
  }
  return {
    notify(changed: string[]) {
      for (const topic of changed) topics.add(topic);
      running ??= run();
    },
    stop: async () => running,
  };
}

/** Hears NOTIFY on a connection of its own, which comes back by itself; then everybody looks once. */
function createListener(url: string, self: string, log: Log, onTopics: (topics: string[] | null) => void) {
  const alarm = createWake();
  let stopped = false;
  let running: Promise<void> | null = null;
  let stop = () => {};
  const stopping = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let connected: { promise: Promise<void>; resolve: () => void } | null = null;

  async function run() {
    let failures = 0;
    while (!stopped) {
      const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true });
      try {
        const broken = new Promise<void>((resolve) => {
          client.on("error", () => resolve());
          client.on("end", () => resolve());
        });
        client.on("notification", ({ payload = "" }) => {
          const [from, topics = ""] = payload.split(" ");
          if (from !== self) onTopics(topics.split(","));
        });
        await client.connect();
        await client.query(`listen ${channel}`);
        failures = 0;
        connected?.resolve();
        onTopics(null);
        await Promise.race([broken, stopping]);
      } catch (error) {
        log.debug({ err: error }, "bus: cannot listen");
      }
      client.end().catch(() => undefined);
      failures++;
      if (!stopped) await alarm.sleep(backoff(failures, 100, 5_000));
    }
  }

  return {
    ready() {
      if (!running) {
        let resolve = () => {};
        const promise = new Promise<void>((done) => {
          resolve = done;
        });
        connected = { promise, resolve };
        running = run();
      }
      return connected?.promise;
    },
    async stop() {
      stopped = true;
      stop();
      connected?.resolve();
      alarm.wake();
      await running;
    },
  };
}
