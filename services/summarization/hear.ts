import type { EntityManager } from "typeorm";
import type { EventOf } from "../../schema/events/catalogue";
import type { Dialogue, Line } from "./summary";

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

/** What was heard of the conversation before the message with that sequence, in order. */
export async function earlierThan(
  tx: Pick<EntityManager, "query">,
  conversationId: string,
  sequence: number,
): Promise<Line[]> {
  if (sequence <= 1) return [];
  const rows: { facts: Line }[] = await tx.query(
    "select facts from heard_message where conversation_id = $1 and sequence < $2 order by sequence",
    [conversationId, sequence],
  );
  return rows.map(({ facts }) => facts);
}

export interface Heard {
  workspaceId: string;
  conversation: Conversation;
  dialogue: Dialogue;
}

/** What has been heard of a conversation; `null` when nothing. */
export async function heardDialogue(
  db: { query(sql: string, values: unknown[]): Promise<unknown> },
  conversationId: string,
): Promise<Heard | null> {
  const rows = (await db.query(
    `select c.workspace_id, c.facts,
            coalesce((select jsonb_agg(m.facts order by m.sequence) from heard_message m where m.conversation_id = c.id), '[]') as messages
     from heard_conversation c where c.id = $1`,
    [conversationId],
  )) as { workspace_id: string; facts: Conversation; messages: Line[] }[];
  const row = rows[0];
  if (!row) return null;
  return {
    workspaceId: row.workspace_id,
    conversation: row.facts,
    dialogue: { language: row.facts.language, customer: row.facts.customer, messages: row.messages },
  };
}
