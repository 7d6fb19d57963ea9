import type { EntityManager } from "typeorm";
import type { Handle } from "../../kit/inbox";
import { type KeptPattern, type Mask, masking } from "../../kit/masking";

/** Keeps what the workspace masks, for what comes back from its desks. */
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

/** How what a workspace's desks tell is masked before it is said. */
export async function maskingOf(rows: Pick<EntityManager, "query">, workspaceId: string): Promise<Mask> {
  const [kept]: { patterns: KeptPattern[] }[] = await rows.query(
    "select patterns from workspace_masking where workspace_id = $1",
    [workspaceId],
  );
  return masking(kept?.patterns ?? []);
}
