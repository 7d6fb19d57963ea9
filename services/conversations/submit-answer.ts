import { randomUUID } from "node:crypto";
import { refuse } from "../../kit/errors";
import { newEvent } from "../../schema/events/catalogue";
import { checkedMessage } from "./customer-input";
import { change, conversationFactsOf, envelopeOf, type Held } from "./held-conversation";
import { Message } from "./message.entity";
import { ConversationClosed, type EmptyMessage, type MessageTooLong, NotExternal, StaleEpoch } from "./refusals";
import { SubmittedAnswer } from "./submitted-answer.entity";

/**
 * The workspace's own assistant hands in its answer to one customer message, once per message and epoch; policy reads
 * it before the customer does. Throws NOT_FOUND when `inReplyTo` is no customer's message of this conversation and
 * CONFLICT when another answer to it was handed in before.
 */
export async function submitAnswer(
  held: Held,
  handedIn: { inReplyTo: string; epoch: number; text: string; answered: boolean },
): Promise<SubmittedAnswer | NotExternal | StaleEpoch | ConversationClosed | EmptyMessage | MessageTooLong> {
  const { conversation, tx, now } = held;
  if (conversation.closedAt) return new ConversationClosed(conversation.closedAt);
  if (held.assistantMode !== "EXTERNAL") return new NotExternal();
  const checked = handedIn.answered || handedIn.text.trim() !== "" ? checkedMessage(handedIn.text) : "";
  if (typeof checked !== "string") return checked;
  const asked = await tx.findOneBy(Message, { id: handedIn.inReplyTo, conversationId: conversation.id });
  if (asked?.author !== "CUSTOMER")
    throw refuse("NOT_FOUND", "inReplyTo is no message of the customer's in this conversation.");
  const text = await held.mask(checked, asked.sequence + 1);
  const earlier = await tx.findOneBy(SubmittedAnswer, { messageId: asked.id, epoch: handedIn.epoch });
  if (earlier) {
    if (earlier.text === text && earlier.answered === handedIn.answered) return earlier;
    throw refuse("CONFLICT", "Another answer to this message was handed in already.", { answerId: earlier.id });
  }
  if (conversation.control !== "ASSISTANT" || conversation.epoch !== handedIn.epoch)
    return new StaleEpoch(conversation.epoch, conversation.control);
  const answer = tx.create(SubmittedAnswer, {
    id: randomUUID(),
    workspaceId: conversation.workspaceId,
    conversationId: conversation.id,
    messageId: asked.id,
    epoch: handedIn.epoch,
    answered: handedIn.answered,
    text,
    submittedAt: now,
  });
  await tx.insert(SubmittedAnswer, answer);
  if (conversation.awaitingMessageId === asked.id) await change(held, { awaitingMessageId: null });
  held.say(
    newEvent("answer.submitted", {
      ...envelopeOf(held),
      data: {
        conversation: conversationFactsOf(held),
        answer: {
          answerId: answer.id,
          messageId: asked.id,
          epoch: handedIn.epoch,
          answered: handedIn.answered,
          // What an assistant says instead of an answer is not shown: Baton's own words go with the offer.
          text: handedIn.answered ? text : "",
          citations: [],
          coverage: null,
        },
      },
    }),
  );
  return answer;
}
