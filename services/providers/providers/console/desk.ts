import type { EntityManager } from "typeorm";

/** Where the desk's rows are: a pool, or a running transaction. */
export type Rows = Pick<EntityManager, "query">;

/** A handover in the desk built into Baton. Waiting: nobody took it; over: it is closed. */
export interface DeskItem {
  handoverId: string;
  workspaceId: string;
  conversationId: string;
  agentId: string | null;
  agentName: string | null;
  takenAt: Date | null;
  closedAt: Date | null;
}

const columns = `handover_id as "handoverId", workspace_id as "workspaceId", conversation_id as "conversationId",
  agent_id as "agentId", agent_name as "agentName", taken_at as "takenAt", closed_at as "closedAt"`;

/** Puts a handover into the queue; the same one twice stays one item. `requestedAt` is its place in the queue. */
export async function openItem(
  rows: Rows,
  item: { handoverId: string; workspaceId: string; conversationId: string; requestedAt: string },
): Promise<void> {
  await rows.query(
    `insert into desk_item (handover_id, workspace_id, conversation_id, requested_at) values ($1, $2, $3, $4)
     on conflict (handover_id) do nothing`,
    [item.handoverId, item.workspaceId, item.conversationId, item.requestedAt],
  );
}

/** Takes it for an agent, if nobody has it: of two at once exactly one gets true. */
export async function takeItem(
  rows: Rows,
  handoverId: string,
  agent: { id: string | null; name: string },
  now: Date,
): Promise<boolean> {
  const [, changed]: [unknown, number] = await rows.query(
    `update desk_item set agent_id = $2, agent_name = $3, taken_at = $4
     where handover_id = $1 and taken_at is null and closed_at is null`,
    [handoverId, agent.id, agent.name, now],
  );
  return changed === 1;
}

/** False when it was closed before, or never there. */
export async function closeItem(rows: Rows, handoverId: string, now: Date): Promise<boolean> {
  const [, changed]: [unknown, number] = await rows.query(
    `update desk_item set closed_at = $2 where handover_id = $1 and closed_at is null`,
    [handoverId, now],
  );
  return changed === 1;
}

export async function itemOf(rows: Rows, handoverId: string): Promise<DeskItem | null> {
  const found: DeskItem[] = await rows.query(`select ${columns} from desk_item where handover_id = $1`, [handoverId]);
  return found[0] ?? null;
}

/** What waits or is this agent's, oldest first, at most `limit`. */
export async function queueFor(
  rows: Rows,
  workspaceId: string,
  agent: { id: string; name: string },
  limit: number,
): Promise<DeskItem[]> {
  // An agent who joined by replying is known by name only.
  return rows.query(
    `select ${columns} from desk_item
     where workspace_id = $1 and closed_at is null
       and (taken_at is null or agent_id = $2 or (agent_id is null and agent_name = $3))
     order by requested_at, handover_id limit $4`,
    [workspaceId, agent.id, agent.name, limit],
  );
}
