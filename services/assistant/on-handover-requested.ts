import type { Handle } from "../../kit/inbox";

/** Remembers which unanswered question a handover came from, so that a gap in the knowledge shows what it costs. */
export function onHandoverRequested(): Handle<"handover.requested"> {
  return (event, work) => {
    const { conversation, handover } = event.data;
    return work.transaction(async (tx) => {
      const marked: [unknown[], number] = await tx.query(
        `update answers set handover_id = $3
         where id = (
           select id from answers
           where workspace_id = $1 and conversation_id = $2 and not answered and handover_id is null
           order by (message_id = $4) desc, created_at desc limit 1)
         returning id`,
        [event.workspaceid, conversation.id, handover.id, handover.messageId],
      );
      return marked[1] > 0 ? "done" : { ignored: "not_ours" };
    });
  };
}
