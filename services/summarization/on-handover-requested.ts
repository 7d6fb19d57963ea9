import type { Handle } from "../../kit/inbox";
import { earlierThan, hearConversation, hearMessages, keepable } from "./hear";
import { saveSummary } from "./save-summary";
import { bounded } from "./summary";
import { type WriteDeps, writeSummary } from "./write-summary";

/** Every handover gets its summary, once. There is no switch to turn this off. */
export function onHandoverRequested(deps: WriteDeps): Handle<"handover.requested"> {
  return async (event, work) => {
    const { conversation, handover, transcript } = event.data;
    // A very long transcript comes without its oldest messages; the problem as first stated is among them.
    const earlier = await earlierThan(deps.db, conversation.id, transcript[0]?.sequence ?? 0);
    // Only what is read is made keepable: a transcript may hold a thousand messages.
    const messages = keepable(bounded([...earlier, ...transcript]));
    const through = transcript.at(-1)?.sequence ?? 0;
    const about = { workspaceId: event.workspaceid, conversation, messages, through, triggerId: handover.messageId };
    const summary = await writeSummary(deps, about, work.signal);
    const written = await work.transaction(async (tx, say) => {
      await hearConversation(tx, event.workspaceid, conversation);
      await hearMessages(tx, event.workspaceid, conversation.id, messages);
      return saveSummary(tx, say, {
        workspaceId: event.workspaceid,
        conversation,
        handoverId: handover.id,
        summary,
        cause: event,
      });
    });
    return written ? "done" : { ignored: "already_done" };
  };
}
