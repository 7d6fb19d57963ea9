import { randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { Author } from "../../schema/words";
import { type Citation, Message } from "./message.entity";

/** What is said; everything but author and text may be missing. */
export interface NewMessage {
  author: Author;
  text: string;
  authorName?: string | null;
  inReplyTo?: string | null;
  answered?: boolean | null;
  citations?: Citation[];
  clientMessageId?: string | null;
  origin?: string | null;
}

/**
 * Takes the conversation's next sequence and writes the message under it, in one statement. With `underEpoch` only
 * while the assistant has control under exactly that epoch; the database judges that at the moment of writing, after
 * waiting for whoever holds the row, so a late draft cannot slip in behind a handover. Null when it was refused, or
 * the conversation is closed or unknown.
 */
export async function writeMessage(
  tx: EntityManager,
  conversationId: string,
  message: NewMessage,
  now: Date,
  underEpoch: number | null,
): Promise<Message | null> {
  const id = randomUUID();
  const { author, text, authorName = null, inReplyTo = null, answered = null, citations = [] } = message;
  const { clientMessageId = null, origin = null } = message;
  const rows: { workspace_id: string; sequence: number }[] = await tx.query(
    `with turn as (
       update conversation set last_sequence = last_sequence + 1, last_message_at = $2
       where id = $1 and control <> 'NONE' and ($3::int is null or (control = 'ASSISTANT' and epoch = $3))
       returning id, workspace_id, last_sequence
     )
     insert into message (id, workspace_id, conversation_id, sequence, author, author_name, text, posted_at,
                          in_reply_to, answered, citations, client_message_id, origin)
     select $4, workspace_id, id, last_sequence, $5, $6, $7, $2, $8, $9, $10, $11, $12 from turn
     returning workspace_id, sequence`,
    [
      conversationId,
      now,
      underEpoch,
      id,
      author,
      authorName,
      text,
      inReplyTo,
      answered,
      JSON.stringify(citations),
      clientMessageId,
      origin,
    ],
  );
  const [row] = rows;
  if (!row) return null;
  return tx.create(Message, {
    id,
    workspaceId: row.workspace_id,
    conversationId,
    sequence: row.sequence,
    author,
    authorName,
    text,
    postedAt: now,
    inReplyTo,
    answered,
    citations,
    clientMessageId,
    origin,
  });
}
