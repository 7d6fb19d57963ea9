import type { DataSource } from "typeorm";
import { parseEvent } from "../schema/events/catalogue";
import type { ReceivedRecord } from "./bus";
import type { Clock } from "./clock";
import { type DeadLetter, deadLetterRecord } from "./dead-letters";
import type { Log } from "./log";
import { putIntoOutbox } from "./outbox";

interface Arrival {
  eventId: string;
  workspaceId: string | null;
  type: string;
  record: ReceivedRecord;
  key: string;
  value: string;
  /** What is wrong with it; null for an event that can be handled. */
  problem: string | null;
}

/**
 * Writes a batch from the bus into the inbox. What nobody here handles is passed over; what cannot be read is kept as
 * a dead letter and announced, and holds up nothing. Resolves to whether something was announced.
 */
export async function receive(options: {
  service: string;
  db: DataSource;
  records: ReceivedRecord[];
  /** Event types with a handler. */
  heard: Set<string>;
  clock: Clock;
  log: Log;
  /** Whether the bus's own note of where we are is in the same write-ahead log (see `sharesLog`). */
  oneLog: boolean;
  /** Rings as soon as rows are visible to the workers. */
  onWaiting: () => void;
}): Promise<{ announced: boolean }> {
  const { service, db, records, heard, clock, log, oneLog, onWaiting } = options;
  const arrivals = records.map((record) => arrivalOf(record, heard)).filter((arrival) => arrival !== null);
  if (arrivals.length === 0) return { announced: false };
  if (arrivals.every((arrival) => arrival.problem === null)) {
    await db.query(insertSoon, parametersOf(arrivals));
    onWaiting();
    if (!oneLog) await db.query(flush);
    return { announced: false };
  }
  await db.transaction(async (tx) => {
    const kept: { event_id: string }[] = await tx.query(insert, parametersOf(arrivals));
    const fresh = new Set(kept.map((row) => row.event_id));
    const letters = arrivals.flatMap((arrival): DeadLetter[] => {
      if (arrival.problem === null || !fresh.has(arrival.eventId)) return [];
      const { topic, partition, offset } = arrival.record;
      return [{ ...arrival, service, topic, partition, offset, attempts: 0, error: arrival.problem, at: clock.now() }];
    });
    for (const { eventId, error } of letters) log.error({ event: eventId, problem: error }, "inbox: a dead letter");
    await putIntoOutbox(tx, letters.map(deadLetterRecord));
  });
  onWaiting();
  return { announced: true };
}

function arrivalOf(record: ReceivedRecord, heard: Set<string>): Arrival | null {
  const parsed = parseEvent(record.value);
  if (parsed.ok) {
    const { event } = parsed;
    if (!heard.has(event.type)) return null;
    return {
      eventId: event.id,
      workspaceId: event.workspaceid,
      type: event.type,
      record,
      key: event.subject,
      value: record.value,
      problem: null,
    };
  }
  if (parsed.unknownType) return null;
  // No id can be trusted, so its place on the bus is its id: the same record read twice is still one dead letter.
  return {
    eventId: `${record.topic}/${record.partition}/${record.offset}`,
    workspaceId: null,
    type: "malformed",
    record,
    key: storable(record.key).slice(0, 200),
    value: storable(record.value),
    problem: storable(parsed.problem).slice(0, 8_000),
  };
}

/** Postgres takes no NUL in text. */
const storable = (text: string): string => text.replaceAll("\0", "\uFFFD");

const insertWith = (also: string) => /* SQL */ `
  insert into inbox (event_id, workspace_id, type, topic, partition, record_offset, key, value, state, error, finished_at)
  select event_id, workspace_id, type, topic, partition, record_offset, key, value,
    case when error is null then 'waiting' else 'dead' end, error, case when error is null then null else now() end
  from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[])
    with ordinality as r(event_id, workspace_id, type, topic, partition, record_offset, key, value, error, ord)${also}
  order by ord
  on conflict (event_id) do nothing
  returning event_id`;

/**
 * The rows are visible at once and on disk a little later, so that the workers need not wait for the disk: what a
 * handler commits for real comes after them in the same write-ahead log. `flush` makes sure of them before the bus
 * is told that they arrived, unless what it is told comes after them in the same log as well.
 */
const insertSoon = insertWith(", (select set_config('synchronous_commit', 'off', true)) as commit_soon");
const insert = insertWith("");
const flush = "select pg_logical_emit_message(true, 'baton', 'flush')";

const parametersOf = (arrivals: Arrival[]): unknown[] => [
  arrivals.map((arrival) => arrival.eventId),
  arrivals.map((arrival) => arrival.workspaceId),
  arrivals.map((arrival) => arrival.type),
  arrivals.map((arrival) => arrival.record.topic),
  arrivals.map((arrival) => arrival.record.partition),
  arrivals.map((arrival) => arrival.record.offset),
  arrivals.map((arrival) => arrival.key),
  arrivals.map((arrival) => arrival.value),
  arrivals.map((arrival) => arrival.problem),
];
