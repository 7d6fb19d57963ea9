import type { EntityManager } from "typeorm";
import type { Handle } from "../../kit/inbox";
import { earlierThan, hearConversation, hearMessages, keepable } from "./hear";
import { saveSummary } from "./save-summary";
import type { Summarize } from "./summarize";

/** Every handover gets its summary, once. There is no switch to turn this off. */
export function onHandoverRequested({
  db,
  summarize,
}: {
  db: EntityManager;
  summarize: Summarize;
}): Handle<"handover.requested"> {
  return async (event, work) => {
    const { conversation, handover, transcript } = event.data;
    // A very long transcript comes without its oldest messages; the problem as first stated is among them.
    const earlier = await earlierThan(db, conversation.id, transcript[0]?.sequence ?? 0);
    const messages = [...earlier, ...keepable(transcript)];
    const summary = await summarize(
      { language: conversation.language, customer: conversation.customer, messages },
      work.signal,
    );
    const written = await work.transaction(async (tx, say) => {
      await hearConversation(tx, event.workspaceid, conversation);
      await hearMessages(tx, event.workspaceid, conversation.id, transcript);
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
