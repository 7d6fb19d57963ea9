import type { EntityManager } from "typeorm";
import { deliveryMetrics } from "./delivery.metrics";

type Rows = Pick<EntityManager, "query">;

/** The last delivery of each handover that is not over, that no desk has, and that is on its way to none. */
const undelivered = `
  select id, workspace_id, created_at from (
    select distinct on (d.handover_id) d.id, d.workspace_id, d.created_at, d.handover_id
    from delivery d join carried_handover h on h.id = d.handover_id and h.over_at is null
    where d.status in ('FAILED', 'UNCLAIMED') order by d.handover_id, d.turn desc) failed
  where not exists (select from delivery o where o.handover_id = failed.handover_id
                    and o.status in ('WAITING_FOR_SUMMARY', 'DELIVERING', 'DELIVERED', 'CLOSED'))
    and not exists (select from desk_item i where i.handover_id = failed.handover_id and i.closed_at is null)`;

/** Ids of a workspace's undelivered handovers' last deliveries, newest first. */
export async function undeliveredOf(rows: Rows, workspaceId: string, most: number): Promise<string[]> {
  const found: { id: string }[] = await rows.query(
    `select id from (${undelivered}) found where workspace_id = $1 order by created_at desc limit $2`,
    [workspaceId, most],
  );
  return found.map(({ id }) => id);
}

/** Sets the gauges of all workspaces. */
export async function measureDeliveries(rows: Rows, now: Date): Promise<void> {
  const [{ stuck }]: [{ stuck: number }] = await rows.query(
    `select count(*)::integer as stuck from (${undelivered}) found`,
  );
  const [{ running, oldest }]: [{ running: number; oldest: Date | null }] = await rows.query(
    `select count(*)::integer as running, min(created_at) as oldest from delivery
     where status in ('WAITING_FOR_SUMMARY', 'DELIVERING')`,
  );
  deliveryMetrics.undelivered.set(stuck);
  deliveryMetrics.underWay.set(running);
  deliveryMetrics.oldestUnderWay.set(oldest ? Math.max(0, (now.getTime() - oldest.getTime()) / 1000) : 0);
}
