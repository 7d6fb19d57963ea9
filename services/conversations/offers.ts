import type { EntityManager } from "typeorm";
import type { Reason } from "../../schema/words";
import { Handover } from "./handover.entity";
import { addHandover, type Held, latestHandover, moveHandover, openHandover, tellHandover } from "./held-conversation";
import { AlreadyHandedOver, ConversationClosed, NoOffer } from "./refusals";
import { requestHandover } from "./request-handover";

/** Offers a person. Another offer that is still open stands for this one too. */
export async function offerHandover(held: Held, why: { reason: Reason; messageId: string | null }): Promise<void> {
  if (await openHandover(held)) return;
  const handover = await addHandover(held, {
    status: "OFFERED",
    reason: why.reason,
    messageId: why.messageId,
    offeredAt: held.now,
    offerExpiresAt: new Date(held.now.getTime() + held.settings.offerLastsMs),
  });
  tellHandover(held, handover, null);
}

/**
 * Makes room for a failed handover that goes on after all: an offer gives way, since a person is on the way. False
 * when another handover is under way instead.
 */
export async function makeRoom(held: Held): Promise<boolean> {
  const open = await openHandover(held);
  if (open && open.status !== "OFFERED") return false;
  if (open) {
    await moveHandover(held, open, "CANCELLED");
    tellHandover(held, open, "OFFERED");
  }
  return true;
}

/** Has the customer declined an offer for this reason before? Then it is not made again. */
export function wasDeclined(tx: EntityManager, conversationId: string, reason: Reason): Promise<boolean> {
  return tx.existsBy(Handover, { conversationId, reason, status: "DECLINED" });
}

/** The customer wants the person that was offered; the offer's own reason stays. */
export async function acceptOffer(held: Held): Promise<Handover | NoOffer | AlreadyHandedOver | ConversationClosed> {
  const offer = await openOffer(held);
  if (!(offer instanceof Handover)) return offer;
  return requestHandover(held, { reason: offer.reason, messageId: offer.messageId });
}

/** The customer would rather go on with the assistant. */
export async function declineOffer(held: Held): Promise<Handover | NoOffer | AlreadyHandedOver | ConversationClosed> {
  const offer = await openOffer(held);
  if (!(offer instanceof Handover)) return offer;
  await moveHandover(held, offer, "DECLINED");
  tellHandover(held, offer, "OFFERED");
  return offer;
}

async function openOffer(held: Held): Promise<Handover | NoOffer | AlreadyHandedOver | ConversationClosed> {
  if (held.conversation.closedAt) return new ConversationClosed(held.conversation.closedAt);
  const open = await openHandover(held);
  if (!open) return new NoOffer(await latestHandover(held));
  return open.status === "OFFERED" ? open : new AlreadyHandedOver(open);
}
