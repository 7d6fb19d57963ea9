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
    `insert into heard_conversation (id, workspace_id, epoch) values ($1, $2, $3)
     on conflict (id) do update set epoch = excluded.epoch where heard_conversation.epoch < excluded.epoch`,
    [conversation.id, workspaceId, conversation.epoch],
  );
}

/** The text without what Postgres cannot keep: NUL, and halves of surrogate pairs. */
export function keepable(message: Message): Message {
  return { ...message, text: Buffer.from(message.text).toString().replaceAll("\0", "\uFFFD") };
}

/** Remembers a message; one that is known stays as it was. */
export async function hearMessage(tx: EntityManager, where: Where, message: Message): Promise<void> {
  await tx.query(
    `insert into heard_message (conversation_id, sequence, id, workspace_id, facts, answered)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [where.conversation.id, message.sequence, message.id, where.workspaceId, message, message.answered],
  );
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
