import { newEvent } from "../../schema/events/catalogue";
import type { Reason } from "../../schema/words";
import { factsOfHandover, factsOfMessage } from "./facts";
import type { Handover } from "./handover.entity";
import {
  addHandover,
  addSystemMessage,
  conversationFactsOf,
  envelopeOf,
  type Held,
  moveControl,
  moveHandover,
  openHandover,
  tellHandover,
} from "./held-conversation";
import { Message } from "./message.entity";
import { AlreadyHandedOver, ConversationClosed } from "./refusals";
import { textsFor } from "./texts";

/** The most text a transcript carries, in bytes: a record on the bus may hold a megabyte. */
const transcriptBytes = 500_000;

/**
 * The one door to a person: every path that ends in a handover goes through here. An open offer becomes the request,
 * for the reason given here; otherwise there is a new handover. Control moves to the queue, and the customer is told. Who
 * kept their place while talking to the assistant is back in the queue.
 */
export async function requestHandover(
  held: Held,
  why: { reason: Reason; messageId: string | null },
): Promise<Handover | AlreadyHandedOver | ConversationClosed> {
  if (held.conversation.closedAt) return new ConversationClosed(held.conversation.closedAt);
  const open = await openHandover(held);
  if (open && open.status !== "OFFERED") {
    if (held.conversation.control !== "ASSISTANT") return new AlreadyHandedOver(open);
    await moveControl(held, "QUEUE");
    await addSystemMessage(held, textsFor(held.conversation.language).waitingAgain);
    return open;
  }
  const asked = { reason: why.reason, messageId: why.messageId, requestedAt: held.now };
  let handover: Handover;
  if (open) {
    await moveHandover(held, open, "REQUESTED", asked);
    handover = open;
  } else {
    handover = await addHandover(held, { status: "REQUESTED", ...asked });
  }
  await moveControl(held, "QUEUE");
  held.say(
    newEvent("handover.requested", {
      ...envelopeOf(held),
      data: {
        conversation: conversationFactsOf(held),
        handover: factsOfHandover(handover),
        transcript: (await transcriptOf(held)).map(factsOfMessage),
        tags: held.conversation.tags,
      },
    }),
  );
  tellHandover(held, handover, open ? "OFFERED" : null);
  await addSystemMessage(held, textsFor(held.conversation.language).handedOver);
  return handover;
}

/** The newest messages that fit, oldest first. */
async function transcriptOf(held: Held): Promise<Message[]> {
  const messages = await held.tx.find(Message, {
    where: { conversationId: held.conversation.id },
    order: { sequence: "DESC" },
    // Nobody reads more, and a message is at least some hundred bytes of JSON.
    take: 1_000,
  });
  let bytes = 0;
  const fits = messages.findIndex((message) => {
    bytes += Buffer.byteLength(JSON.stringify(message.text)) + 300;
    return bytes > transcriptBytes;
  });
  return messages.slice(0, fits === -1 ? undefined : fits).reverse();
}
