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
