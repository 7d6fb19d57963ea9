import { raiseAlarm } from "../../kit/alarms";
import type { Carried } from "./call-desk";
import { chooseDesk } from "./choose-desk";
import type { DeliverDeps } from "./deliver";
import { addDelivery, change, type Held, nextTurn } from "./delivery.rows";
import type { Provider, StepName } from "./provider";
import { deliveryFailed, deliveryStarted } from "./say-delivery";

/**
 * This desk has had its chances: the next one gets the handover, and when there is none it is an alarm. What is half
 * done stays until another desk has the handover, so that this one can be tried again.
 */
export function createNextDesk({ outbox, clock, log }: DeliverDeps) {
  return async (
    name: StepName,
    held: Held,
    provider: Provider,
    { error }: { error: string },
  ): Promise<Carried | null> => {
    const stop = await outbox.transaction(async (tx, say) => {
      const { workspaceId, conversationId, handoverId, stops, cause } = held;
      const now = clock.now();
      const [{ over }]: [{ over: boolean }] = await tx.query(
        "select over_at is not null as over from carried_handover where id = $1 for update",
        [handoverId],
      );
      if (over) {
        await change(tx, held, { attempts: 0 });
        return "over";
      }
      const next = await chooseDesk(tx, { workspaceId, stops, turn: await nextTurn(tx, handoverId, held.turn), now });
      await change(tx, held, { status: "FAILED", attempts: 0, dueAt: null });
      say(deliveryFailed(held, `${provider.title}, step ${name}: ${error}`, !next, held.cause));
      if (!next) return null;
      const facts = { workspaceId, conversationId, handoverId, ...next, dueAt: now, now };
      const id = await addDelivery(tx, { ...facts, status: "DELIVERING" });
      say(deliveryStarted({ id, workspaceId, conversationId, handoverId, ...next.stop }, cause));
      return next.stop;
    });
    // Nobody waits for it any longer: what is half done is taken away, and no desk need be told.
    if (stop === "over") return null;
    const facts = { handover: held.handoverId, delivery: held.id, provider: held.provider, step: name, problem: error };
    if (stop) log.warn({ ...facts, next: stop.provider }, "a help desk did not take a handover: the next one is tried");
    else raiseAlarm(log, "handover_undelivered", facts, "no help desk took a handover");
    return { againInMs: stop ? 0 : null };
  };
}
