import type { OutboxRecord } from "./outbox";

/** The topic every service announces its dead letters on. */
export const deadLetterTopic = "dead-letters";

/** An event a service gave up on. The event itself stays in that service's inbox; `npm run redrive` puts it back. */
export interface DeadLetter {
  service: string;
  eventId: string;
  workspaceId: string | null;
  type: string;
  topic: string;
  partition: number;
  offset: string;
  key: string;
  attempts: number;
  error: string;
  at: Date;
}

/** The announcement, without the event's own text: it says where to look, not what a customer wrote. */
export function deadLetterRecord(letter: DeadLetter): OutboxRecord {
  const { service, eventId, workspaceId, type, topic, partition, offset, key, attempts, error, at } = letter;
  return {
    workspaceId,
    topic: deadLetterTopic,
    key,
    value: JSON.stringify({
      service,
      eventId,
      workspaceId,
      type,
      topic,
      partition,
      offset,
      key,
      attempts,
      error,
      at: at.toISOString(),
    }),
  };
}

/** A dead letter as it lies in a service's inbox. */
export interface DeadRow {
  eventId: string;
  type: string;
  key: string;
  attempts: number;
  error: string | null;
  at: Date;
}

/** A connection to a service's database. */
interface Connection {
  query(sql: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** The dead letters of one service, oldest first. */
export async function listDeadLetters(connection: Connection): Promise<DeadRow[]> {
  const { rows } = await connection.query(
    `select event_id as "eventId", type, key, attempts, error, coalesce(finished_at, received_at) as at
     from inbox where state = 'dead' order by position`,
  );
  return rows as DeadRow[];
}

/** Lets dead letters begin again with all their attempts; the service takes them up within a second. */
export async function redriveDeadLetters(connection: Connection, eventIds: string[]): Promise<void> {
  await connection.query(
    `update inbox set state = 'waiting', attempts = 0, next_attempt_at = clock_timestamp(), finished_at = null
     where state = 'dead' and event_id = any($1)`,
    [eventIds],
  );
}
