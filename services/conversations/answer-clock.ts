import { In, IsNull, MoreThan, Not } from "typeorm";
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

/** The oldest message the assistant still owes an answer to; not one that Baton itself has answered. */
export async function oldestUnanswered(held: Held): Promise<Message | null> {
  const { id, answeredThrough } = held.conversation;
  const later = { conversationId: id, sequence: MoreThan(answeredThrough) };
  const answers = await held.tx.find(Message, {
    select: { id: true, inReplyTo: true },
    where: { ...later, author: "SYSTEM", inReplyTo: Not(IsNull()) },
  });
  return held.tx.findOne(Message, {
    where: { ...later, author: "CUSTOMER", id: Not(In(answers.map(({ inReplyTo }) => inReplyTo))) },
    order: { sequence: "ASC" },
  });
}

function answerWithinMs(held: Held): number {
  return held.assistantMode === "EXTERNAL" ? held.settings.externalAnswerWithinMs : held.settings.answerWithinMs;
}
