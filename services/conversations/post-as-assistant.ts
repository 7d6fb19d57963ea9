import type { IgnoredReason } from "../../kit/inbox";
import { settleAnswer } from "./answer-clock";
import { Conversation } from "./conversation.entity";
import type { Deps } from "./deps";
import { type Held, hold, type Scene, tellMessage } from "./held-conversation";
import { type Citation, Message } from "./message.entity";
import { writeMessage } from "./write-message";

/** What the assistant says, the epoch it was written under and the customer's message it answers. */
export interface AssistantSays {
  conversation: { id: string; workspaceId: string };
  epoch: number;
  inReplyTo: string;
  text: string;
  /** True for an answer, false where it says that it cannot answer, null for anything else. */
  answered: boolean | null;
  citations?: Citation[];
  /** What it was made from; the same origin twice is one message. */
  origin: string;
}

/**
 * Posts what the assistant says, unless control has left it since: the writing statement itself carries that
 * condition. Returns the conversation, held, or why nothing was posted.
 */
export async function postAsAssistant(
  deps: Deps,
  scene: Scene,
  says: AssistantSays,
): Promise<Held | { ignored: IgnoredReason }> {
  const { id, workspaceId } = says.conversation;
  const { tx } = scene;
  if (await tx.existsBy(Message, { conversationId: id, origin: says.origin })) return { ignored: "already_done" };
  const written = await writeMessage(
    tx,
    id,
    {
      author: "ASSISTANT",
      text: says.text,
      inReplyTo: says.inReplyTo,
      answered: says.answered,
      citations: says.citations ?? [],
      origin: says.origin,
    },
    deps.clock.now(),
    says.epoch,
  );
  if (!written) return { ignored: whyNot(await tx.findOneBy(Conversation, { id, workspaceId })) };
  const held = await hold(deps, scene, { id, workspaceId });
  if (!held) throw new Error(`conversation ${id} is not of workspace ${workspaceId}, as the event says`);
  tellMessage(held, written);
  await settleAnswer(held, says.inReplyTo);
  return held;
}

/** Holds a conversation for a step that is the assistant's to take, unless control has left it since. */
export async function holdUnderEpoch(
  deps: Deps,
  scene: Scene,
  which: { id: string; workspaceId: string },
  epoch: number,
): Promise<Held | { ignored: IgnoredReason }> {
  const held = await hold(deps, scene, which);
  if (held?.conversation.control === "ASSISTANT" && held.conversation.epoch === epoch) return held;
  return { ignored: whyNot(held?.conversation ?? null) };
}

/** Why the assistant may not speak in this conversation, other than having another epoch. */
function whyNot(conversation: Conversation | null): IgnoredReason {
  if (!conversation) return "unknown_conversation";
  if (conversation.closedAt) return "conversation_closed";
  return conversation.control === "ASSISTANT" ? "stale_epoch" : "not_in_control";
}
