import type { Clock } from "../../kit/clock";
import type { Handle } from "../../kit/inbox";
import { heardConversation } from "./hear";
import { saveSummary } from "./save-summary";
import { writeBrief } from "./write-brief";
import { type WriteDeps, writeSummary } from "./write-summary";

/**
 * An agent who takes a conversation from the assistant asks nobody for it, so no `handover.requested` is said: their
 * handover gets its summary too, from what was heard so far. A handover that is over leaves a brief for the assistant.
 */
export function onHandoverChanged(deps: WriteDeps & { clock: Clock }): Handle<"handover.changed"> {
  return async (event, work) => {
    const { handover, from, conversation } = event.data;
    if (handover.status === "ENDED" && conversation.control === "ASSISTANT") return writeBrief(deps, event, work);
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
