import type { EntityManager } from "typeorm";
import { raiseAlarm } from "../../kit/alarms";
import type { Log } from "../../kit/log";
import type { Say } from "../../kit/outbox";
import { chooseDesk } from "./choose-desk";
import { addDelivery, type Cause, nextTurn } from "./delivery.rows";
import type { Stop } from "./route";
import { deliveryFailed, deliveryStarted } from "./say-delivery";

interface Waiting extends Stop {
  id: string;
  turn: number;
  stops: Stop[];
}

/**
 * Nobody took the handover where it waits: the next desk gets it, with all that the customer wrote meanwhile. What is at
 * the former one stays until the next one has it. False when nothing waits to be passed on.
 */
export async function passOn(
  tx: EntityManager,
  say: Say,
  log: Log,
  handover: { workspaceId: string; conversationId: string; handoverId: string },
  cause: Cause,
  now: Date,
): Promise<boolean> {
  const { workspaceId, handoverId } = handover;
  const [[waiting]]: [Waiting[], number] = await tx.query(
    `update delivery d set status = 'UNCLAIMED', due_at = null, lease = null, leased_until = null, attempts = 0,
       failing_since = null, revision = revision + 1
     from carried_handover h
     where h.id = d.handover_id and d.handover_id = $1 and d.status = 'DELIVERED' and d.unclaimed_at is not null
     returning d.id, d.turn, d.provider, d.connection_id as "connectionId", h.stops`,
    [handoverId],
  );
  if (!waiting) return false;
  await tx.query("update forwarded_message set state = 'WAITING' where handover_id = $1", [handoverId]);
  const { id, turn, provider, connectionId, stops } = waiting;
  const next = await chooseDesk(tx, { workspaceId, stops, turn: await nextTurn(tx, handoverId, turn), now });
  if (!next) {
    // It was there when it was looked for; it has closed or filled up since.
    say(
      deliveryFailed({ id, ...handover, provider, connectionId }, "nobody took it, and no desk is left", true, cause),
    );
    raiseAlarm(log, "handover_undelivered", { handover: handoverId, delivery: id }, "no help desk took a handover");
    return true;
  }
  const added = await addDelivery(tx, { ...handover, ...next, status: "DELIVERING", dueAt: now, now });
  say(deliveryStarted({ id: added, ...handover, ...next.stop }, cause));
  return true;
}

/**
 * An agent took it after all, before the next desk had it: it stays where it was, and what was begun elsewhere is taken
 * away. Not so when it is the next desk's agent, who found it there half done.
 */
export async function stayWhereTaken(tx: EntityManager, handoverId: string, now: Date): Promise<void> {
  const [begun]: [unknown[], number] = await tx.query(
    `update delivery d set status = 'FAILED', due_at = $2, lease = null, leased_until = null, revision = revision + 1
     where d.handover_id = $1 and d.status = 'DELIVERING'
       and exists (select from delivery o where o.handover_id = $1 and o.status = 'UNCLAIMED' and not o.tidied)
       and not exists (select from desk_event e where e.connection_id = d.connection_id and e.handover_id = $1
                       and e.kind in ('JOINED', 'REPLIED'))
     returning d.id`,
    [handoverId, now],
  );
  if (begun.length === 0) return;
  await tx.query(
    `update delivery set status = 'DELIVERED', due_at = $2, revision = revision + 1
     where id = (select id from delivery where handover_id = $1 and status = 'UNCLAIMED' and not tidied
                 order by turn desc limit 1)`,
    [handoverId, now],
  );
}
