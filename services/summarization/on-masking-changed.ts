import type { Handle } from "../../kit/inbox";

/** Keeps what the workspace masks, for what customers write into summaries. */
export function onMaskingChanged(): Handle<"masking.changed"> {
  return async (event, work) => {
    await work.transaction((tx) =>
      tx.query(
        `insert into workspace_masking (workspace_id, patterns) values ($1, $2::jsonb)
         on conflict (workspace_id) do update set patterns = excluded.patterns`,
        [event.workspaceid, JSON.stringify(event.data.patterns)],
      ),
    );
    return "done";
  };
}
