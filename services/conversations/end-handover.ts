import { newEvent } from "../../schema/events/catalogue";
import type { HandoverEnding } from "../../schema/words";
import type { Conversation } from "./conversation.entity";
import type { Handover } from "./handover.entity";
import {
  addSystemMessage,
  conversationFactsOf,
  envelopeOf,
  type Held,
  moveControl,
  moveHandover,
  openHandover,
  tellHandover,
} from "./held-conversation";
import { AlreadyHandedOver, ConversationClosed, NotHandedOver } from "./refusals";
import { textsFor } from "./texts";

/** A handover is over and the assistant speaks again; `text` tells the customer. */
export async function endHandover(
  held: Held,
  handover: Handover,
  end: { ending: HandoverEnding; note?: string | null; text: string },
): Promise<void> {
  const from = handover.status;
  await moveHandover(held, handover, "ENDED", { ending: end.ending, note: end.note ?? handover.note });
  await moveControl(held, "ASSISTANT");
  tellHandover(held, handover, from);
  await addSystemMessage(held, end.text);
}

/** Nothing took the handover: the assistant has the conversation again and the customer hears the truth. */
export async function failHandover(held: Held, handover: Handover): Promise<void> {
  const from = handover.status;
  await moveHandover(held, handover, "FAILED");
  await moveControl(held, "ASSISTANT");
  tellHandover(held, handover, from);
  await addSystemMessage(held, textsFor(held.conversation.language).nobodyReached);
}

/** No agent came in time: the assistant has the conversation again and the customer hears the truth. */
export async function expireHandover(held: Held, handover: Handover, waitedMinutes: number): Promise<void> {
  const from = handover.status;
  await moveHandover(held, handover, "EXPIRED");
  await moveControl(held, "ASSISTANT");
  tellHandover(held, handover, from);
  await addSystemMessage(held, textsFor(held.conversation.language).nobodyCame(waitedMinutes));
}

/** An agent gives the conversation back. `note`: what the assistant should know. */
export async function returnToAssistant(
  held: Held,
  note: string | null,
): Promise<Conversation | NotHandedOver | ConversationClosed> {
  if (held.conversation.closedAt) return new ConversationClosed(held.conversation.closedAt);
  const open = await openHandover(held);
  if (!open || open.status === "OFFERED") return new NotHandedOver();
  const masked = note === null ? null : await held.mask(note);
  await endHandover(held, open, { ending: "RETURNED", note: masked, text: textsFor(held.conversation.language).back });
  return held.conversation;
}

/** The customer no longer wants to wait for a person and goes on with the assistant. */
export async function cancelHandover(
  held: Held,
): Promise<Handover | NotHandedOver | AlreadyHandedOver | ConversationClosed> {
  if (held.conversation.closedAt) return new ConversationClosed(held.conversation.closedAt);
  const open = await openHandover(held);
  if (!open || open.status === "OFFERED") return new NotHandedOver();
  if (open.status === "ACTIVE") return new AlreadyHandedOver(open);
  const from = open.status;
  await moveHandover(held, open, "CANCELLED");
  await moveControl(held, "ASSISTANT");
  tellHandover(held, open, from);
  await addSystemMessage(held, textsFor(held.conversation.language).back);
  return open;
}

/** The conversation is over for good, and whatever handover was open in it. */
export async function closeConversation(held: Held): Promise<Conversation | ConversationClosed> {
  if (held.conversation.closedAt) return new ConversationClosed(held.conversation.closedAt);
  const open = await openHandover(held);
  const from = open?.status;
  if (open?.status === "OFFERED") await moveHandover(held, open, "CANCELLED");
  else if (open) await moveHandover(held, open, "ENDED", { ending: "CLOSED" });
  await moveControl(held, "NONE");
  if (open && from) tellHandover(held, open, from);
  held.say(newEvent("conversation.closed", { ...envelopeOf(held), data: { conversation: conversationFactsOf(held) } }));
  return held.conversation;
}
