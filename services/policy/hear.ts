import type { EntityManager } from "typeorm";
import type { EventOf } from "../../schema/events/catalogue";

type Conversation = EventOf<"message.posted">["data"]["conversation"];
export type Message = EventOf<"message.posted">["data"]["message"];
type Handover = EventOf<"handover.changed">["data"]["handover"];

/** Where something is kept of: a workspace's conversation. */
export interface Where {
  workspaceId: string;
  conversation: Conversation;
}

/** Remembers that a conversation is there, and its latest epoch. */
export async function hearConversation(tx: EntityManager, { workspaceId, conversation }: Where): Promise<void> {
  await tx.query(
    `insert into heard_conversation (id, workspace_id, epoch, channel, language) values ($1, $2, $3, $4, $5)
     on conflict (id) do update
       set epoch = greatest(heard_conversation.epoch, excluded.epoch), channel = excluded.channel, language = excluded.language
       where (heard_conversation.epoch, heard_conversation.channel, heard_conversation.language)
         is distinct from (greatest(heard_conversation.epoch, excluded.epoch), excluded.channel, excluded.language)`,
    [conversation.id, workspaceId, conversation.epoch, conversation.channel, conversation.language],
  );
}

/** The text without what Postgres cannot keep: NUL, and halves of surrogate pairs. */
export function keepable(message: Message): Message {
  return { ...message, text: Buffer.from(message.text).toString().replaceAll("\0", "\uFFFD") };
}

/** Remembers a message; one that is known stays as it was. Was it new? */
export async function hearMessage(tx: EntityManager, where: Where, message: Message): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `insert into heard_message (conversation_id, sequence, id, workspace_id, facts, answered)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning 1`,
    [where.conversation.id, message.sequence, message.id, where.workspaceId, message, message.answered],
  );
  return rows.length > 0;
}

/** Remembers whether the assistant could answer a customer's message. */
export async function hearAnswered(tx: EntityManager, messageId: string, answered: boolean): Promise<void> {
  await tx.query("update heard_message set answered = $2 where id = $1", [messageId, answered]);
}

/** A person, or the attempt to reach one, is done with: what was said until now has been dealt with. */
export async function settle(tx: EntityManager, conversationId: string): Promise<void> {
  await tx.query(
    `update heard_conversation set settled_through =
       (select coalesce(max(sequence), 0) from heard_message where conversation_id = $1)
     where id = $1`,
    [conversationId],
  );
}

/** Remembers what became of an offer. Handovers that were never offered are no concern of policy's. */
export async function hearOffer(tx: EntityManager, where: Where, handover: Handover): Promise<void> {
  const { id, status, reason, messageId } = handover;
  if (status === "OFFERED")
    await tx.query(
      `insert into heard_offer (handover_id, conversation_id, workspace_id, reason, status, sequence)
       values ($1, $2, $3, $4, $5,
         coalesce((select sequence from heard_message where id = $6),
                  (select max(sequence) from heard_message where conversation_id = $2), 0))
       on conflict do nothing`,
      [id, where.conversation.id, where.workspaceId, reason, status, messageId],
    );
  else await tx.query("update heard_offer set status = $2 where handover_id = $1", [id, status]);
}

/** Remembers a handover for reports: why it was requested, and what became of it. `at`: when the event was said. */
export async function hearHandover(tx: EntityManager, where: Where, handover: Handover, at: string): Promise<void> {
  const { id, status, reason, messageId } = handover;
  // An agent who takes over directly requests nothing; it is a handover from then on.
  const requestedAt = handover.requestedAt ?? (asked.has(status) ? at : null);
  await tx.query(
    `insert into heard_handover (id, workspace_id, conversation_id, message_id, reason, status, requested_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do update set status = excluded.status, reason = excluded.reason,
       message_id = coalesce(excluded.message_id, heard_handover.message_id),
       requested_at = coalesce(heard_handover.requested_at, excluded.requested_at)`,
    [id, where.workspaceId, where.conversation.id, messageId, reason, status, requestedAt],
  );
}

/** Statuses that no handover reaches without somebody having asked for a person. */
const asked = new Set<Handover["status"]>(["REQUESTED", "DELIVERING", "WAITING", "ACTIVE", "ENDED", "FAILED"]);
