import type { EntityManager } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { Outbox } from "../../kit/outbox";
import { chooseDesk } from "./choose-desk";
import { change, type Held, nextTurn } from "./delivery.rows";
import { patienceOf } from "./patience";
import { deliveryUnclaimed } from "./say-delivery";
import type { Settings } from "./settings";

/** Until when an agent may come; null: as long as it takes, or it does not matter any more. */
export function waitsUntil(held: Held, { patience }: Pick<Settings, "patience">): Date | null {
  const { status, deliveredAt, over, takenAt, unclaimedAt, workspacePatience, connectionPatience, absence } = held;
  if (status !== "DELIVERED" || !deliveredAt || over || takenAt || unclaimedAt) return null;
  const { waitingMinutes } = patienceOf(patience, workspacePatience, connectionPatience);
  // Who was told that nobody is there until nine is not late at eight.
  const since = Math.max(deliveredAt.getTime(), absence?.until ? Date.parse(absence.until) : 0);
  return waitingMinutes === 0 ? null : new Date(since + waitingMinutes * 60_000);
}

/**
 * Nobody took it in time: says so, and what is to follow. Conversations decides, because an agent may come in this very
 * moment; it moves the handover on or back, and that is heard as handover.changed.
 */
export async function sayUnclaimed(
  { outbox, clock, settings }: { outbox: Outbox; clock: Clock; settings: Settings },
  held: Held,
): Promise<void> {
  const { workspaceId, handoverId, stops, turn } = held;
  const { whenNobodyCame } = patienceOf(settings.patience, held.workspacePatience, held.connectionPatience);
  const now = clock.now();
  await outbox.transaction(async (tx, say) => {
    const next =
      whenNobodyCame === "NEXT_DESK" &&
      (await chooseDesk(tx, { workspaceId, stops, turn: await nextTurn(tx, handoverId, turn), now }));
    await change(tx, held, { unclaimedAt: now });
    const waitedMinutes = Math.max(1, Math.round((now.getTime() - (held.deliveredAt ?? now).getTime()) / 60_000));
    say(deliveryUnclaimed(held, { waitedMinutes, goesTo: next ? "NEXT_DESK" : "ASSISTANT" }, held.cause));
  });
}

/** Deliveries of a workspace that wait for an agent are looked at again: its patience is another one now. */
export async function rouseWaiting(rows: Pick<EntityManager, "query">, workspaceId: string, now: Date): Promise<void> {
  await rows.query(
    `update delivery d set due_at = least(coalesce(due_at, $2), $2), revision = revision + 1
     from carried_handover h where h.id = d.handover_id and d.workspace_id = $1 and d.status = 'DELIVERED'
       and d.unclaimed_at is null and h.over_at is null and h.taken_at is null`,
    [workspaceId, now],
  );
}
