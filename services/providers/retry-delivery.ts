import type { EntityManager } from "typeorm";
import type { Say } from "../../kit/outbox";
import type { ProviderName } from "../../schema/words";
import type { Delivery } from "./delivery.entity";
import type { Cause } from "./delivery.rows";
import { mayRetry, type Retry, type Tried } from "./may-retry";
import { deliveryStarted } from "./say-delivery";

type Found = Tried & { provider: ProviderName };
export type Retried =
  | Exclude<Retry, { do: "refuse"; delivery: Tried }>
  | { do: "refuse"; why: "delivered" | "running"; provider: ProviderName };

/**
 * Tries a delivery again, from the first step without a receipt on; one that waits for its next attempt has it now.
 * Says delivery.started when it begins again.
 */
export async function retryDelivery(
  tx: EntityManager,
  say: Say,
  { id, workspaceId, conversationId, handoverId, connectionId }: Delivery,
  now: Date,
): Promise<Retried> {
  // Deliveries of one handover are changed under its row's lock, so that two who ask at once do not both begin.
  const [handover]: { over: boolean; cause: Cause }[] = await tx.query(
    "select over_at is not null as over, cause from carried_handover where id = $1 for update",
    [handoverId],
  );
  const all: Found[] = await tx.query(
    `select id, provider, status, coalesce(due_at <= $2, false) or coalesce(leased_until > clock_timestamp(), false) as busy
     from delivery where handover_id = $1 order by turn for update`,
    [handoverId, now],
  );
  const wanted = all.find((one) => one.id === id);
  if (!wanted || !handover) throw new Error("a delivery belongs to a handover");
  const retry = mayRetry(wanted, all, handover.over);
  if (retry.do === "refuse") {
    if (retry.why === "over") return retry;
    const { provider } = all.find((one) => one.id === retry.delivery.id) ?? wanted;
    return { do: "refuse", why: retry.why, provider };
  }
  await tx.query(
    // What was taken away at the desk is made anew; it is found again by its mark where it is still there.
    `update delivery set status = 'DELIVERING', due_at = $2, revision = revision + 1, attempts = 0, failing_since = null,
       unclaimed_at = null,
       receipts = case when tidied then '{}' else receipts end, tidied = false
     where id = $1`,
    [id, now],
  );
  if (retry.do === "begin-again") {
    const { provider } = wanted;
    say(deliveryStarted({ id, workspaceId, conversationId, handoverId, provider, connectionId }, handover.cause));
  }
  return retry;
}
