import type { Outcome, Work } from "../../kit/inbox";
import type { BatonEvent } from "../../schema/events/catalogue";
import type { Deps } from "./deps";
import { Handover } from "./handover.entity";
import { type Held, hold } from "./held-conversation";

/** The effect of an event that names a handover: on the conversation, held, and that handover of it. */
export function handleHandover(
  deps: Deps,
  work: Work,
  event: BatonEvent,
  handoverId: string,
  effect: (held: Held, handover: Handover) => Promise<Outcome>,
): Promise<Outcome> {
  return work.transaction(async (tx, say) => {
    const held = await hold(deps, { tx, say, cause: event }, { id: event.subject, workspaceId: event.workspaceid });
    if (!held) return { ignored: "unknown_conversation" };
    const handover = await tx.findOneBy(Handover, { id: handoverId, conversationId: held.conversation.id });
    if (!handover) return { ignored: "unknown_conversation" };
    return effect(held, handover);
  });
}
