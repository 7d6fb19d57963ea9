import { randomUUID } from "node:crypto";
import type { DataSource, EntityManager } from "typeorm";
import { type ParsedEvent, parseEvent } from "../schema/events/catalogue";
import { type DeadLetter, deadLetterRecord } from "./dead-letters";
import type { Outcome } from "./inbox";
import { putIntoOutbox } from "./outbox";

/** A row of the `inbox` table that this process has leased. */
export interface InboxRow {
  position: string;
  eventId: string;
  workspaceId: string | null;
  type: string;
  topic: string;
  partition: number;
  offset: string;
  key: string;
  value: string;
  /** New with every claim, so that a worker that was too slow cannot mistake its successor's lease for its own. */
  lease: string;
  /** Counts the running one. */
  attempts: number;
  /** What the last attempt failed with. */
  error: string | null;
  /** From its arrival to this attempt, in milliseconds. */
  waitedMs: number;
}

export interface Finished {
  /** Another event of its conversation waits, and may be ready now. */
  followed: boolean;
}

interface Claimed extends InboxRow {
  event_id: string;
  workspace_id: string | null;
  record_offset: string;
  received_at: Date;
  started_at: Date;
}

/** The statements on the `inbox` table that need a lease. Every one of them holds only as long as the lease is ours. */
export function createInboxRows({ service, db, leaseMs }: { service: string; db: DataSource; leaseMs: number }) {
  const mine = "position = $1 and lease = $2 and state = 'waiting'";
  const done = "set state = 'done', outcome = $3, lease = null, leased_until = null, finished_at = clock_timestamp()";
  const followed =
    "exists (select from inbox n where n.key = i.key and n.state = 'waiting' and n.position <> i.position) as followed";

  return {
    /** Leases up to `most` events, the oldest waiting one of each conversation that has none running. */
    async claim(most: number): Promise<InboxRow[]> {
      const rows: Claimed[] = await db.query("select * from claim_from_inbox($1, $2, $3)", [
        randomUUID(),
        most,
        leaseMs,
      ]);
      return rows.map((row) => ({
        position: row.position,
        eventId: row.event_id,
        workspaceId: row.workspace_id,
        type: row.type,
        topic: row.topic,
        partition: row.partition,
        offset: row.record_offset,
        key: row.key,
        value: row.value,
        lease: row.lease,
        attempts: row.attempts,
        error: row.error,
        waitedMs: row.started_at.getTime() - row.received_at.getTime(),
      }));
    },

    read: (row: InboxRow): ParsedEvent => parseEvent(row.value),

    /** Marks the event done inside the transaction of its effect; null when the lease is no longer ours. */
    async finishIn(tx: EntityManager, row: InboxRow, outcome: unknown): Promise<Finished | null> {
      const [[finished]]: [Finished[], number] = await tx.query(
        `update inbox i ${done} where ${mine} returning ${followed}`,
        [row.position, row.lease, nameOf(outcome)],
      );
      return finished ?? null;
    },

    /** Marks done an event that had no effect; when a crash of the server forgets that, it has none again. */
    async finish(row: InboxRow, outcome: Outcome): Promise<Finished> {
      const [[finished]]: [Finished[], number] = await db.query(
        `with soon as materialized (select set_config('synchronous_commit', 'off', true))
         update inbox i ${done} from soon where ${mine} returning ${followed}`,
        [row.position, row.lease, nameOf(outcome)],
      );
      return finished ?? { followed: true };
    },

    /** Writes down why nothing was done, after the row was marked done with the transaction. */
    async note(row: InboxRow, outcome: Outcome): Promise<void> {
      await db.query("update inbox set outcome = $2 where position = $1", [row.position, nameOf(outcome)]);
    },

    async postpone(row: InboxRow, problem: string, pauseMs: number): Promise<void> {
      await db.query(
        `update inbox set lease = null, leased_until = null, error = $3,
           next_attempt_at = clock_timestamp() + make_interval(secs => $4 / 1000.0) where ${mine}`,
        [row.position, row.lease, cleaned(problem), pauseMs],
      );
    },

    /** Gives the event back unhandled: the attempt does not count. */
    async release(row: InboxRow): Promise<void> {
      await db.query(`update inbox set lease = null, leased_until = null, attempts = attempts - 1 where ${mine}`, [
        row.position,
        row.lease,
      ]);
    },

    /** Makes it a dead letter and announces that; later events of the conversation go on. */
    async setAside(tx: EntityManager, row: InboxRow, problem: string, at: Date): Promise<void> {
      const error = cleaned(problem);
      const [, changed]: [unknown, number] = await tx.query(
        `update inbox set state = 'dead', lease = null, leased_until = null, error = $3, finished_at = clock_timestamp()
         where ${mine}`,
        [row.position, row.lease, error],
      );
      const letter: DeadLetter = { ...row, service, error, at };
      if (changed === 1) await putIntoOutbox(tx, [deadLetterRecord(letter)]);
    },

    /** Keeps the leases of what still runs; resolves to the leases that are still ours, as `position/lease`. */
    async renew(running: InboxRow[]): Promise<Set<string>> {
      const [rows]: [{ position: string; lease: string }[], number] = await db.query(
        `update inbox i set leased_until = clock_timestamp() + make_interval(secs => $3 / 1000.0)
         from unnest($1::bigint[], $2::uuid[]) as r(position, lease)
         where i.position = r.position and i.lease = r.lease and i.state = 'waiting' returning i.position, i.lease`,
        [running.map((row) => row.position), running.map((row) => row.lease), leaseMs],
      );
      return new Set(rows.map(leaseName));
    },

    /** Deletes what was done more than `days` days ago: longer than any bus keeps an event to bring it again. */
    async forget(days: number): Promise<void> {
      await db.query("delete from inbox where state = 'done' and finished_at < now() - make_interval(days => $1)", [
        days,
      ]);
    },
  };
}

/** Names one claim of one event. */
export const leaseName = (row: { position: string; lease: string }): string => `${row.position}/${row.lease}`;

/** How an outcome is written down. */
export const nameOf = (outcome: unknown): string =>
  typeof outcome === "object" && outcome !== null && "ignored" in outcome ? String(outcome.ignored) : "done";

/** Postgres takes no NUL in text. */
const cleaned = (text: string): string => text.replaceAll("\0", "\uFFFD").slice(0, 8_000);
