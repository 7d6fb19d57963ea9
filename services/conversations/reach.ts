import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import { maySee, type Viewer, workspaceOf } from "../../kit/viewer";
import { Conversation } from "./conversation.entity";
import type { Deps } from "./deps";
import { type Held, hold } from "./held-conversation";

/**
 * Does something to a conversation, held, in one transaction. Throws NOT_FOUND when there is none with this id in the
 * viewer's reach: a customer's own, or any of an agent's or a service's workspace.
 */
export async function withConversation<Result>(
  deps: Deps,
  viewer: Viewer,
  conversationId: string,
  effect: (held: Held) => Promise<Result>,
): Promise<Result> {
  const which = { id: conversationId.toLowerCase(), workspaceId: workspaceOf(viewer) };
  if (!inReach(viewer, which)) throw noSuchConversation();
  return deps.outbox.transaction(async (tx, say) => {
    const held = await hold(deps, { tx, say }, which);
    if (!held) throw noSuchConversation();
    return effect(held);
  });
}

/** The conversation with this id, or null when it is not in the viewer's reach. */
export async function conversationInReach(deps: Deps, viewer: Viewer, id: string): Promise<Conversation | null> {
  const which = { id: id.toLowerCase(), workspaceId: workspaceOf(viewer) };
  if (!inReach(viewer, which)) return null;
  return deps.db.getRepository(Conversation).findOneBy(which);
}

function inReach(viewer: Viewer, which: { id: string; workspaceId: string }): boolean {
  return isId(which.id) && maySee(viewer, { workspaceId: which.workspaceId, conversationId: which.id });
}

export function noSuchConversation() {
  return refuse("NOT_FOUND", "There is no such conversation in your reach.");
}
