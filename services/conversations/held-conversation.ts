import { Between, type EntityManager } from "typeorm";
import { mostSpoken, restsOnContext } from "../../kit/mask.context";
import { masking } from "../../kit/masking";
import type { Say } from "../../kit/outbox";
import { type BatonEvent, newEvent } from "../../schema/events/catalogue";
import type { AssistantMode, ControlHolder, HandoverStatus } from "../../schema/words";
import { Conversation } from "./conversation.entity";
import type { Deps } from "./deps";
import { factsOfConversation, factsOfHandover, factsOfMessage } from "./facts";
import { Handover } from "./handover.entity";
import { mayMove, openStatuses } from "./handover.lifecycle";
import { Message } from "./message.entity";
import type { Settings } from "./settings";
import { Workspace } from "./workspace.entity";
import { type NewMessage, writeMessage } from "./write-message";

/**
 * One conversation, its row locked until the transaction ends: whoever holds it sees what is true and nobody changes
 * it meanwhile. Everything that changes a conversation takes it first, which also gives its events their order.
 */
export interface Held {
  tx: EntityManager;
  say: Say;
  now: Date;
  settings: Settings;
  assistantMode: AssistantMode;
  /**
   * Takes secrets out of what people write, before it is kept or told. What was said just before tells whether a
   * number alone is one: what came before the message of this sequence, or all so far.
   */
  mask: (text: string, beforeSequence?: number) => Promise<string>;
  /** The event being handled, if any. */
  cause: BatonEvent | undefined;
  conversation: Conversation;
}

export interface Scene {
  tx: EntityManager;
  say: Say;
  cause?: BatonEvent | undefined;
}

/** Locks a conversation. Null when there is none with this id in this workspace. */
export async function hold(
  deps: Pick<Deps, "clock" | "settings">,
  { tx, say, cause }: Scene,
  which: { id: string; workspaceId: string },
): Promise<Held | null> {
  const conversation = await tx.findOne(Conversation, {
    where: { id: which.id, workspaceId: which.workspaceId },
    lock: { mode: "pessimistic_write" },
  });
  if (!conversation) return null;
  const workspace = await tx.findOneByOrFail(Workspace, { id: conversation.workspaceId });
  const { clock, settings } = deps;
  const { assistantMode } = workspace;
  return {
    tx,
    say,
    now: clock.now(),
    settings,
    assistantMode,
    mask: async (text, beforeSequence) => {
      const mask = masking(workspace.maskPatterns);
      return mask(text, restsOnContext(text) ? await saidBefore(tx, conversation, beforeSequence) : []);
    },
    cause,
    conversation,
  };
}

/** The last few messages, the oldest first. */
async function saidBefore(tx: EntityManager, { id, lastSequence }: Conversation, sequence = lastSequence + 1) {
  const last = await tx.find(Message, {
    select: { id: true, text: true },
    where: { conversationId: id, sequence: Between(sequence - mostSpoken, sequence - 1) },
    order: { sequence: "ASC" },
  });
  return last.map(({ text }) => text);
}

/** The conversation as events tell it. */
export function conversationFactsOf(held: Held) {
  return factsOfConversation(held.conversation, held.assistantMode);
}

/** What every event of a held conversation says besides its data. */
export function envelopeOf(held: Held) {
  const { conversation, cause, now } = held;
  return { workspaceId: conversation.workspaceId, conversationId: conversation.id, cause, at: now };
}

/** Changes columns of the conversation, in the database and in hand. */
export async function change(held: Held, columns: Partial<Omit<Conversation, "customer" | "status">>): Promise<void> {
  await held.tx.update(Conversation, { id: held.conversation.id }, columns);
  Object.assign(held.conversation, columns);
}

/** Adds a message and says so. The conversation must be open. `settled`: Baton itself answers it, nobody else need. */
export async function addMessage(held: Held, message: NewMessage, settled = false): Promise<Message> {
  const { author, text } = message;
  // What Baton itself says holds no secrets of people's, and the assistant says what the articles say.
  const said = author === "CUSTOMER" || author === "AGENT" ? { ...message, text: await held.mask(text) } : message;
  const written = await writeMessage(held.tx, held.conversation.id, said, held.now, null);
  if (!written) throw new Error("a message was written to a closed conversation");
  return tellMessage(held, written, settled);
}

/** Says that a message was written, and keeps the conversation in hand up to date. */
export function tellMessage(held: Held, written: Message, settled = false): Message {
  held.conversation.lastSequence = written.sequence;
  held.conversation.lastMessageAt = held.now;
  held.say(
    newEvent("message.posted", {
      ...envelopeOf(held),
      data: {
        conversation: conversationFactsOf(held),
        message: factsOfMessage(written),
        ...(settled && { settled }),
      },
    }),
  );
  return written;
}

/** Baton itself says something; `inReplyTo`: the customer's message that this answers, so that nobody else owes one. */
export function addSystemMessage(held: Held, text: string, inReplyTo: string | null = null): Promise<Message> {
  return addMessage(held, { author: "SYSTEM", text, inReplyTo });
}

/**
 * Gives control to somebody else, under a new epoch. Whatever the assistant owed is settled: it neither answers old
 * messages after a hand-back nor is waited for.
 */
export async function moveControl(held: Held, to: ControlHolder): Promise<void> {
  const { control: from, epoch, lastSequence } = held.conversation;
  if (from === to) return;
  await change(held, {
    control: to,
    epoch: epoch + 1,
    answeredThrough: lastSequence,
    answerDueAt: null,
    awaitingMessageId: null,
    closedAt: to === "NONE" ? held.now : null,
  });
  held.say(
    newEvent("control.changed", { ...envelopeOf(held), data: { conversation: conversationFactsOf(held), from } }),
  );
}

/** The open handover of the conversation, if any. */
export function openHandover(held: Held): Promise<Handover | null> {
  return held.tx
    .createQueryBuilder(Handover, "handover")
    .where("handover.conversation_id = :id and handover.status in (:...open)", {
      id: held.conversation.id,
      open: openStatuses,
    })
    .getOne();
}

/** The newest handover of the conversation, whatever its status. */
export function latestHandover(held: Held): Promise<Handover | null> {
  return held.tx.findOne(Handover, {
    where: { conversationId: held.conversation.id },
    order: { position: "DESC" },
  });
}

/** Adds a handover; the caller says what became of it with `tellHandover`. */
export async function addHandover(held: Held, columns: Partial<Handover>): Promise<Handover> {
  const handover = held.tx.create(Handover, {
    messageId: null,
    offeredAt: null,
    offerExpiresAt: null,
    requestedAt: null,
    deliveredAt: null,
    slowAt: null,
    unattended: false,
    expectedAt: null,
    joinedAt: null,
    endedAt: null,
    ending: null,
    agentId: null,
    agentName: null,
    note: null,
    ...columns,
    id: crypto.randomUUID(),
    workspaceId: held.conversation.workspaceId,
    conversationId: held.conversation.id,
    createdAt: held.now,
  });
  await held.tx.insert(Handover, handover);
  return handover;
}

/** Moves a handover along its life, in the database and in hand. Throws when the lifecycle has no such move. */
export async function moveHandover(
  held: Held,
  handover: Handover,
  to: HandoverStatus,
  columns: Partial<Handover> = {},
): Promise<void> {
  if (!mayMove(handover.status, to)) throw new Error(`a handover never goes from ${handover.status} to ${to}`);
  const over = ["ENDED", "DECLINED", "CANCELLED", "EXPIRED", "FAILED"].includes(to);
  const changes: Partial<Handover> = { ...columns, status: to, endedAt: over ? held.now : null };
  await held.tx.update(Handover, { id: handover.id }, changes);
  Object.assign(handover, changes);
}

/** Says that a handover changed. `from`: null for a new one. */
export function tellHandover(held: Held, handover: Handover, from: HandoverStatus | null): void {
  held.say(
    newEvent("handover.changed", {
      ...envelopeOf(held),
      data: { conversation: conversationFactsOf(held), handover: factsOfHandover(handover), from },
    }),
  );
}
