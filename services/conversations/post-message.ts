import { refuse } from "../../kit/errors";
import type { Author } from "../../schema/words";
import { startAnswerClock } from "./answer-clock";
import { addMessage, type Held, openHandover } from "./held-conversation";
import { type JoiningAgent, joinHandover, takeOver } from "./join-handover";
import { choiceIn, takeChoice } from "./keep-talking";
import { Message } from "./message.entity";
import { acceptOffer } from "./offers";
import { ConversationClosed } from "./refusals";
import { acceptsOffer } from "./texts";

/** What a person sends. The same `clientMessageId` twice is one message. */
export interface SentMessage {
  /** Checked already. */
  text: string;
  clientMessageId: string | null;
}

/** The customer says something. Typing the words of an open offer, or of a choice they were given, takes it. */
export async function postCustomerMessage(held: Held, sent: SentMessage): Promise<Message | ConversationClosed> {
  const earlier = await alreadySent(held, "CUSTOMER", sent);
  if (earlier) return earlier;
  if (held.conversation.closedAt) return new ConversationClosed(held.conversation.closedAt);
  const choice = await choiceIn(held, sent.text);
  const message = await addMessage(held, { author: "CUSTOMER", ...sent }, choice !== null);
  if (choice) {
    await takeChoice(held, choice, message.id);
    return message;
  }
  await startAnswerClock(held);
  if (acceptsOffer(sent.text)) await acceptOffer(held);
  return message;
}

/** An agent says something to the customer, and takes the conversation if nobody has yet. */
export async function postAgentReply(
  held: Held,
  agent: JoiningAgent,
  sent: SentMessage,
): Promise<Message | ConversationClosed> {
  const earlier = await alreadySent(held, "AGENT", sent);
  if (earlier) return earlier;
  if (held.conversation.closedAt) return new ConversationClosed(held.conversation.closedAt);
  const open = await openHandover(held);
  if (!open) await takeOver(held, agent);
  else if (open.status !== "ACTIVE") await joinHandover(held, open, agent);
  return addMessage(held, { author: "AGENT", authorName: agent.name, ...sent });
}

/** The message sent before under the same client id. Throws CONFLICT when it said something else. */
async function alreadySent(held: Held, author: Author, sent: SentMessage): Promise<Message | null> {
  if (sent.clientMessageId === null) return null;
  const earlier = await held.tx.findOneBy(Message, {
    conversationId: held.conversation.id,
    author,
    clientMessageId: sent.clientMessageId,
  });
  if (earlier && earlier.text !== sent.text && earlier.text !== (await held.mask(sent.text, earlier.sequence)))
    throw refuse(
      "CONFLICT",
      "Another text was sent under this clientMessageId before. Use a new one for every new message.",
      { messageId: earlier.id },
    );
  return earlier;
}
