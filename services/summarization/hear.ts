import type { EntityManager } from "typeorm";
import type { EventOf } from "../../schema/events/catalogue";
import { type Line, readAtMost } from "./summary";

type Conversation = EventOf<"message.posted">["data"]["conversation"];

/** Remembers the conversation as the event tells it; an older epoch changes nothing. */
export async function hearConversation(tx: EntityManager, workspaceId: string, facts: Conversation): Promise<void> {
  await tx.query(
    `insert into heard_conversation (id, workspace_id, facts, epoch) values ($1, $2, $3, $4)
     on conflict (id) do update set facts = excluded.facts, epoch = excluded.epoch, heard_at = now()
     where heard_conversation.epoch <= excluded.epoch`,
    [facts.id, workspaceId, facts, facts.epoch],
  );
}

/** The messages without what Postgres cannot keep: NUL, and halves of surrogate pairs. */
export function keepable(messages: Line[]): Line[] {
  return messages.map((message) => ({
    ...message,
    text: Buffer.from(message.text).toString().replaceAll("\0", "\uFFFD"),
  }));
}

/** Remembers messages; one that is known already stays as it was. */
export async function hearMessages(
  tx: EntityManager,
  workspaceId: string,
  conversationId: string,
  messages: Line[],
): Promise<void> {
  if (messages.length === 0) return;
  await tx.query(
    `insert into heard_message (conversation_id, sequence, workspace_id, facts)
     select $1, (line->>'sequence')::integer, $2, line from jsonb_array_elements($3::jsonb) line
     on conflict do nothing`,
    [conversationId, workspaceId, JSON.stringify(keepable(messages))],
  );
}

/** The beginning of what was heard of the conversation before the message with that sequence, in order. */
export async function earlierThan(
  tx: Pick<EntityManager, "query">,
  conversationId: string,
  sequence: number,
): Promise<Line[]> {
  if (sequence <= 1) return [];
  const rows: { facts: Line }[] = await tx.query(
    "select facts from heard_message where conversation_id = $1 and sequence < $2 order by sequence limit $3",
    [conversationId, sequence, readAtMost.first],
  );
  return rows.map(({ facts }) => facts);
}

export interface Heard {
  workspaceId: string;
  conversation: Conversation;
  /** The beginning and the end of the conversation, in order: as much as a summary reads. */
  messages: Line[];
  /** Sequence of the newest message heard; 0 before the first. */
  through: number;
}

/** What has been heard of a conversation; `null` when nothing. However long it is, no more is read than is needed. */
export async function heardConversation(
  db: { query(sql: string, values: unknown[]): Promise<unknown> },
  conversationId: string,
): Promise<Heard | null> {
  const rows = (await db.query(
    `with said as (select sequence, facts from heard_message
                   where conversation_id = $1 and facts->>'author' <> 'SYSTEM')
     select c.workspace_id, c.facts,
            coalesce((select max(sequence) from heard_message where conversation_id = $1), 0) as through,
            coalesce((select jsonb_agg(m.facts order by m.sequence) from (
                        (select * from said order by sequence limit $2) union
                        (select * from said order by sequence desc limit $3)) m), '[]') as messages
     from heard_conversation c where c.id = $1`,
    [conversationId, readAtMost.first, readAtMost.last],
  )) as { workspace_id: string; facts: Conversation; messages: Line[]; through: number }[];
  const row = rows[0];
  if (!row) return null;
  return { workspaceId: row.workspace_id, conversation: row.facts, messages: row.messages, through: row.through };
}
