import { randomUUID } from "node:crypto";
import { refuse } from "../../kit/errors";
import { signToken } from "../../kit/viewer";
import { newEvent } from "../../schema/events/catalogue";
import type { Channel } from "../../schema/words";
import { Conversation } from "./conversation.entity";
import { checkedLanguage, checkedLine, isEmail } from "./customer-input";
import type { Deps } from "./deps";
import { factsOfConversation } from "./facts";
import { conversationFactsOf, envelopeOf, type Held } from "./held-conversation";
import { ConversationClosed, InvalidEmail } from "./refusals";
import { Workspace } from "./workspace.entity";

/** What a client tells about the customer; what is left out stays as it is. */
export interface ToldCustomer {
  name?: string | null;
  email?: string | null;
  externalId?: string | null;
}

/**
 * Opens a conversation in the workspace of a widget key. Throws NOT_FOUND for an unknown key and BAD_INPUT for a value
 * that cannot be kept.
 */
export async function startConversation(
  deps: Deps,
  asked: {
    widgetKey: string;
    channel: Channel;
    language?: string | null;
    customer?: ToldCustomer | null;
    offersAsButton: boolean;
  },
): Promise<Conversation> {
  const customer = checkedCustomer(asked.customer ?? {});
  if (customer instanceof InvalidEmail) throw refuse("BAD_INPUT", `customer.email: ${customer.message}`);
  const language = asked.language ? checkedLanguage(asked.language) : null;
  const workspace = asked.widgetKey.includes("\0")
    ? null
    : await deps.db.getRepository(Workspace).findOneBy({ widgetKey: asked.widgetKey });
  if (!workspace) throw refuse("NOT_FOUND", "No workspace has this widgetKey. It stands in `workspace { widgetKey }`.");
  return deps.outbox.transaction(async (tx, say) => {
    const conversation = tx.create(Conversation, {
      id: randomUUID(),
      workspaceId: workspace.id,
      channel: asked.channel,
      language: language ?? workspace.language,
      customer: { id: randomUUID(), name: null, email: null, externalId: null, ...customer },
      offersAsButton: asked.offersAsButton,
      control: "ASSISTANT",
      epoch: 0,
      lastSequence: 0,
      answeredThrough: 0,
      answerDueAt: null,
      awaitingMessageId: null,
      lastMessageAt: null,
      openedAt: deps.clock.now(),
      closedAt: null,
    });
    await tx.insert(Conversation, conversation);
    say(
      newEvent("conversation.started", {
        workspaceId: workspace.id,
        conversationId: conversation.id,
        data: { conversation: factsOfConversation(conversation, workspace.assistantMode) },
        at: conversation.openedAt,
      }),
    );
    return conversation;
  });
}

/** Signs what the customer's widget shows from now on, and until when. */
export async function signCustomerToken(
  deps: Pick<Deps, "settings" | "clock">,
  tokenSecret: string,
  conversation: { workspaceId: string; id: string; customerId: string },
): Promise<{ token: string; expiresAt: Date }> {
  const seconds = deps.settings.customerTokenSeconds;
  const token = await signToken(
    tokenSecret,
    "outer",
    {
      role: "CUSTOMER",
      workspaceId: conversation.workspaceId,
      conversationId: conversation.id,
      customerId: conversation.customerId,
    },
    seconds,
  );
  return { token, expiresAt: new Date(deps.clock.now().getTime() + seconds * 1_000) };
}

/** Keeps what is newly known about the customer. */
export async function identifyCustomer(
  held: Held,
  told: ToldCustomer,
): Promise<Conversation | InvalidEmail | ConversationClosed> {
  if (held.conversation.closedAt) return new ConversationClosed(held.conversation.closedAt);
  const known = checkedCustomer(told);
  if (known instanceof InvalidEmail) return known;
  const customer = { ...held.conversation.customer, ...known };
  const news = (["name", "email", "externalId"] as const).some(
    (key) => customer[key] !== held.conversation.customer[key],
  );
  if (!news) return held.conversation;
  await held.tx.update(Conversation, { id: held.conversation.id }, { customer });
  held.conversation.customer = customer;
  held.say(newEvent("customer.identified", { ...envelopeOf(held), data: { conversation: conversationFactsOf(held) } }));
  return held.conversation;
}

/** Only what was given and is not blank. */
function checkedCustomer(told: ToldCustomer): { name?: string; email?: string; externalId?: string } | InvalidEmail {
  const name = checkedLine("customer.name", told.name);
  const email = checkedLine("customer.email", told.email, 320);
  const externalId = checkedLine("customer.externalId", told.externalId);
  if (email !== null && !isEmail(email)) return new InvalidEmail();
  return { ...(name ? { name } : {}), ...(email ? { email } : {}), ...(externalId ? { externalId } : {}) };
}
