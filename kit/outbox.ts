import type { Client, QueryResult } from "pg";
import type { DataSource, EntityManager } from "typeorm";
import { type BatonEvent, topicOf } from "../schema/events/catalogue";
import type { Bus, BusRecord } from "./bus";
import { eventMetrics } from "./inbox.metrics";
import type { Log } from "./log";
import { backoff, createWake } from "./wake";
import { sharesLog } from "./write-ahead-log";

/** Adds events to what the running transaction says once it is committed. */
export type Say = (...events: BatonEvent[]) => void;

/**
 * A service's effects and what it says of them, in one transaction: the events are inserted into the `outbox` table
 * last (after the effect has taken its row locks, so that a conversation's events keep the order of its changes),
 * and relayed to the bus at once after the commit.
 */
export interface Outbox {
  transaction<Result>(effect: (tx: EntityManager, say: Say) => Promise<Result>): Promise<Result>;
  /** Starts relaying, beginning with what an earlier process left behind. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Relays at once what `putIntoOutbox` added in a transaction that is now committed. */
  wake(): void;
}

/** A record for the bus, and whose it is (null: unknown, for a record that could not be read). */
export type OutboxRecord = BusRecord & { workspaceId: string | null };

/** Adds records to the outbox inside a transaction. Call `wake` on the outbox after its commit. */
export async function putIntoOutbox(tx: EntityManager, records: OutboxRecord[]): Promise<void> {
  if (records.length === 0) return;
  await tx.query(
    `insert into outbox (workspace_id, topic, key, value)
     select workspace_id, topic, key, value
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) with ordinality as r(workspace_id, topic, key, value, ord)
     order by ord`,
    [
      records.map((record) => record.workspaceId),
      records.map((record) => record.topic),
      records.map((record) => record.key),
      records.map((record) => record.value),
    ],
  );
}

/** Nobody rang: look anyway, for what another process committed and did not live to relay. */
const pollMs = 1_000;
/** Most records, and about the most bytes, that are published at once. */
const mostRecords = 200;
const mostBytes = 4_000_000;

/** Three statements, because the rows must be read after the lock is held. */
const readOldest = `
  begin;
  select pg_advisory_xact_lock(7012);
  select position, topic, key, value from (
    select *, sum(octet_length(value)) over (order by position) - octet_length(value) as before
    from (select position, topic, key, value from outbox order by position limit ${mostRecords}) oldest
  ) sized where before < ${mostBytes} order by position`;

/** The outbox of the service whose database `db` is; what it says goes to `bus`. */
export function createOutbox(options: { service: string; db: DataSource; bus: Bus; log: Log }): Outbox {
  const { service, db, bus, log } = options;
  const alarm = createWake();
  let stopped = false;
  let running: Promise<void> | null = null;
  let oneLog = false;

  /**
   * Publishes the oldest rows and deletes them. The lock keeps a second process of this service from publishing
   * younger rows of a conversation first; a row is deleted only after the bus has it. Two round trips: this stands
   * between every commit and whoever waits for its event.
   */
  async function relaySome(): Promise<{ more: boolean }> {
    const runner = db.createQueryRunner();
    const client: Client = await runner.connect();
    try {
      const read = (await client.query(readOldest)) as unknown as QueryResult<BusRecord & { position: string }>[];
      const rows = read.at(-1)?.rows ?? [];
      if (rows.length > 0) {
        // In one log, neither the records nor that they were relayed need be on disk now: a crash of the server that
        // forgets the first forgets the second, and they are relayed again.
        const records = rows.map(({ topic, key, value }) => ({ topic, key, value }));
        await bus.publish(records, oneLog ? "in order" : "now");
        await client.query(
          `${oneLog ? "set local synchronous_commit = off; " : ""}
           delete from outbox where position in (${rows.map((row) => row.position)}); commit`,
        );
      } else await client.query("commit");
      eventMetrics.relayed.inc({ service }, rows.length);
      const bytes = rows.reduce((sum, row) => sum + Buffer.byteLength(row.value), 0);
      return { more: rows.length === mostRecords || bytes >= mostBytes };
    } catch (error) {
      await client.query("rollback").catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  async function relay() {
    let failures = 0;
    while (!stopped) {
      try {
        const { more } = await relaySome();
        failures = 0;
        if (!more && !stopped) await alarm.sleep(pollMs);
      } catch (error) {
        failures++;
        log.warn({ err: error, failures }, "outbox: publishing failed, trying again");
        await sleepUnlessStopped(backoff(failures, 100, 5_000));
      }
    }
  }

  /** A failing bus is left alone for the whole pause, however much is said meanwhile. */
  async function sleepUnlessStopped(ms: number) {
    const until = Date.now() + ms;
    for (let left = ms; left > 0 && !stopped; left = until - Date.now()) await alarm.sleep(left);
  }

  return {
    async transaction(effect) {
      let saidSomething = false;
      const result = await db.transaction(async (tx) => {
        const said: BatonEvent[] = [];
        const answer = await effect(tx, (...events) => said.push(...events));
        await putIntoOutbox(tx, said.map(recordOf));
        saidSomething = said.length > 0;
        return answer;
      });
      if (saidSomething) alarm.wake();
      return result;
    },
    async start() {
      oneLog = await sharesLog(db, bus);
      running ??= relay();
    },
    async stop() {
      if (stopped || !running) return;
      stopped = true;
      alarm.wake();
      await running;
      // What the last handlers said goes out now rather than at the next start.
      await relaySome().catch((error) => log.debug({ err: error }, "outbox: left for the next start"));
    },
    wake: alarm.wake,
  };
}

const recordOf = (event: BatonEvent): OutboxRecord => ({
  workspaceId: event.workspaceid,
  topic: topicOf(event.type),
  key: event.subject,
  value: JSON.stringify(event),
});
