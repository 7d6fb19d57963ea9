import type { Handle } from "../../kit/inbox";

/** Keeps what the person did, for the answers from now on; the latest of several counts. */
export function onBriefWritten(): Handle<"brief.written"> {
  return async (event, work) => {
    const { brief } = event.data;
    await work.transaction((tx) =>
      tx.query(
        `insert into brief (conversation_id, workspace_id, facts, through_sequence) values ($1, $2, $3::jsonb, $4)
         on conflict (conversation_id) do update
           set facts = excluded.facts, through_sequence = excluded.through_sequence
           where brief.through_sequence <= excluded.through_sequence`,
        [event.subject, event.workspaceid, JSON.stringify(brief), brief.throughSequence],
      ),
    );
    return "done";
  };
}
