import type { EntityManager } from "typeorm";
import type { Conversation } from "./conversation.entity";
import { addressIn } from "./customer-input";
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
  await goOn(held, null);
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

/** What a customer who was told that nobody is there may type instead of pressing a button. */
export type Choice = { email: string } | "KEEP_TALKING";

/** The choice that a customer's text is: the words, or an address. Null: it is for whoever has the conversation. */
export async function choiceIn(held: Held, text: string): Promise<Choice | null> {
  const { control, customer } = held.conversation;
  if (control !== "QUEUE" && control !== "ASSISTANT") return null;
  const typed = addressIn(text);
  // Who waits may put a wrong one right; to the assistant, another than the known one is an answer to its question.
  // In a sentence it is theirs only where they wait, and none is known yet.
  const [waits, known] = [control === "QUEUE", customer.email !== null];
  const isTheirs = typed?.alone ? waits || !known : waits && !known;
  const email = isTheirs ? typed?.email : null;
  if (!email && !asksToKeepTalking(text)) return null;
  if (!(await openHandover(held))?.unattended) return null;
  return email ? { email } : "KEEP_TALKING";
}

/** Does what the customer chose with the message `messageId`, and says so. */
export async function takeChoice(held: Held, choice: Choice, messageId: string): Promise<void> {
  const { addressNoted } = textsFor(held.conversation.language);
  if (choice === "KEEP_TALKING") return goOn(held, messageId);
  await identifyCustomer(held, choice);
  // A workspace may mask addresses: then they stand in no message, Baton's own included.
  await addSystemMessage(held, addressNoted(await held.mask(choice.email)), messageId);
}

/** Who goes on with the assistant already reads once more that they do. */
async function goOn(held: Held, messageId: string | null): Promise<void> {
  await moveControl(held, "ASSISTANT");
  const { back, placeKept } = textsFor(held.conversation.language);
  await addSystemMessage(held, `${back} ${placeKept}`, messageId);
}
