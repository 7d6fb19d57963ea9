import { MoreThan } from "typeorm";
import { change, type Held } from "./held-conversation";
import { Message } from "./message.entity";

/** The assistant owes an answer to the customer's message just written; an older debt keeps its time. */
export async function startAnswerClock(held: Held): Promise<void> {
  if (held.conversation.control !== "ASSISTANT") return;
  const due = held.conversation.answerDueAt ?? new Date(held.now.getTime() + answerWithinMs(held));
  await change(held, { answerDueAt: due, awaitingMessageId: null });
}

/**
 * The assistant, or Baton in its place, has spoken to the customer's message `messageId`: it owes nothing up to there,
 * and the clock runs for the oldest message after it, if any. Null: only the clock is put right.
 */
export async function settleAnswer(held: Held, messageId: string | null): Promise<void> {
  const { id, answeredThrough, awaitingMessageId } = held.conversation;
  const answered = messageId && (await held.tx.findOneBy(Message, { id: messageId, conversationId: id }));
  if (answered) held.conversation.answeredThrough = Math.max(answeredThrough, answered.sequence);
  const next = await oldestUnanswered(held);
  await change(held, {
    answeredThrough: held.conversation.answeredThrough,
    answerDueAt: next ? new Date(next.postedAt.getTime() + answerWithinMs(held)) : null,
    awaitingMessageId: awaitingMessageId === messageId ? null : awaitingMessageId,
  });
}

/** The oldest message the assistant still owes an answer to. */
export function oldestUnanswered(held: Held): Promise<Message | null> {
  const { id, answeredThrough } = held.conversation;
  return held.tx.findOne(Message, {
    where: { conversationId: id, author: "CUSTOMER", sequence: MoreThan(answeredThrough) },
    order: { sequence: "ASC" },
  });
}

function answerWithinMs(held: Held): number {
  return held.assistantMode === "EXTERNAL" ? held.settings.externalAnswerWithinMs : held.settings.answerWithinMs;
}
