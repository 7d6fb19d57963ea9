import type { z } from "zod";
import type { conversationFacts, handoverFacts, messageFacts } from "../../schema/events/conversations";
import type { AssistantMode } from "../../schema/words";
import type { Conversation } from "./conversation.entity";
import type { Handover } from "./handover.entity";
import type { Message } from "./message.entity";

/** Rows as other services see them in events. */
export function factsOfConversation(
  row: Conversation,
  assistantMode: AssistantMode,
): z.infer<typeof conversationFacts> {
  const { id, name, email, externalId } = row.customer;
  return {
    id: row.id,
    channel: row.channel,
    language: row.language,
    control: row.control,
    epoch: row.epoch,
    assistantMode,
    customer: { id, name, email, externalId },
  };
}

export function factsOfMessage(row: Message): z.infer<typeof messageFacts> {
  return {
    id: row.id,
    sequence: row.sequence,
    author: row.author,
    authorName: row.authorName,
    text: row.text,
    postedAt: row.postedAt.toISOString(),
    inReplyTo: row.inReplyTo,
    answered: row.answered,
  };
}

export function factsOfHandover(row: Handover): z.infer<typeof handoverFacts> {
  return {
    id: row.id,
    status: row.status,
    reason: row.reason,
    messageId: row.messageId,
    ending: row.ending,
    agentName: row.agentName,
    requestedAt: row.requestedAt?.toISOString() ?? null,
    note: row.note,
  };
}
