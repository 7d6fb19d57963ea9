import type { Handle } from "../../kit/inbox";
import { heardConversation } from "./hear";
import { saveSummary } from "./save-summary";
import { type WriteDeps, writeSummary } from "./write-summary";

/**
 * An agent who takes a conversation from the assistant asks nobody for it, so no `handover.requested` is said: their
 * handover gets its summary too, from what was heard so far.
 */
export function onHandoverChanged(deps: WriteDeps): Handle<"handover.changed"> {
  return async (event, work) => {
    const { handover, from, conversation } = event.data;
    if (handover.reason !== "AGENT_TOOK_OVER" || handover.status !== "ACTIVE") return { ignored: "not_ours" };
    if (from !== null && from !== "OFFERED") return { ignored: "not_ours" };
    const heard = await heardConversation(deps.db, conversation.id);
    if (!heard) return { ignored: "unknown_conversation" };
    const summary = await writeSummary(deps, heard, work.signal);
    const { workspaceid: workspaceId } = event;
    const written = await work.transaction((tx, say) =>
      saveSummary(tx, say, { workspaceId, conversation, handoverId: handover.id, summary, cause: event }),
    );
    return written ? "done" : { ignored: "already_done" };
  };
}
