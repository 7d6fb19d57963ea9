import type { EntityManager } from "typeorm";
import type { Conversation } from "./conversation.entity";
import { isEmail } from "./customer-input";
import { Handover } from "./handover.entity";
import { addSystemMessage, type Held, moveControl, openHandover } from "./held-conversation";
import { AlreadyHandedOver, ConversationClosed, NotHandedOver } from "./refusals";
import { identifyCustomer } from "./start-conversation";
import { asksToKeepTalking, textsFor } from "./texts";

/**
 * The customer goes on with the assistant while the handover waits: it stays open, and an agent who comes takes the
 * conversation as before. Asking for a person again brings back the wait (`requestHandover`).
 */
export async function keepTalking(
  held: Held,
): Promise<Conversation | NotHandedOver | AlreadyHandedOver | ConversationClosed> {
  if (held.conversation.closedAt) return new ConversationClosed(held.conversation.closedAt);
  const open = await openHandover(held);
  if (!open || open.status === "OFFERED" || held.conversation.control === "ASSISTANT") return new NotHandedOver();
  if (open.status === "ACTIVE") return new AlreadyHandedOver(open);
  await moveControl(held, "ASSISTANT");
  const { back, placeKept } = textsFor(held.conversation.language);
  await addSystemMessage(held, `${back} ${placeKept}`);
  return held.conversation;
}

/** Does a handover of the conversation wait for an agent, whoever speaks meanwhile? */
export function hasPlace(tx: EntityManager, conversationId: string): Promise<boolean> {
  const waiting = ["REQUESTED", "DELIVERING", "WAITING"] as const;
  return tx.existsBy(
    Handover,
    waiting.map((status) => ({ conversationId, status })),
  );
}

/** What a customer who was told that nobody is there may type instead of pressing a button: the words, or an address. */
export async function hearChoice(held: Held, text: string): Promise<void> {
  const { control, customer, language } = held.conversation;
  if (control !== "QUEUE" && control !== "ASSISTANT") return;
  const waits = control === "QUEUE";
  const typed = text.trim();
  // Who waits may put a wrong one right; to the assistant, another than the known one is an answer to its question.
  const address = isEmail(typed) && (waits || customer.email === null);
  if (!address && !(waits && asksToKeepTalking(typed))) return;
  if (!(await openHandover(held))?.unattended) return;
  if (!address) await keepTalking(held);
  else {
    await identifyCustomer(held, { email: typed });
    await addSystemMessage(held, textsFor(language).addressNoted(typed));
  }
}
