import { logAttempt } from "./attempt.rows";
import type { CallDesk, Carried } from "./call-desk";
import type { DeliverDeps } from "./deliver";
import { addDelivery, change, type Held } from "./delivery.rows";
import type { Provider, StepName } from "./provider";
import { deliveryFailed, deliveryStarted } from "./say-delivery";

/** This desk has had its chances: the next one gets the handover, and when there is none it is an alarm. */
export function createNextDesk(deps: DeliverDeps, desk: CallDesk) {
  const { db, outbox, clock, log, settings } = deps;

  return async (name: StepName, held: Held, provider: Provider, { error }: { error: string }): Promise<Carried> => {
    const stop = held.stops[held.turn + 1];
    if (Object.keys(held.receipts).length > 0) await tidyUp(held, provider);
    await outbox.transaction(async (tx, say) => {
      await change(tx, held, { status: "FAILED", dueAt: null });
      say(deliveryFailed(held, `${provider.title}, step ${name}: ${error}`, !stop, held.cause));
      if (!stop) return;
      const { workspaceId, conversationId, handoverId, cause } = held;
      const now = clock.now();
      const turn = held.turn + 1;
      const facts = {
        workspaceId,
        conversationId,
        handoverId,
        turn,
        stop,
        status: "DELIVERING" as const,
        dueAt: now,
        now,
      };
      const id = await addDelivery(tx, facts);
      say(deliveryStarted({ id, workspaceId, conversationId, handoverId, ...stop }, cause));
    });
    const facts = { handover: held.handoverId, delivery: held.id, provider: held.provider, step: name, problem: error };
    if (stop) log.warn({ ...facts, next: stop.provider }, "a help desk did not take a handover: the next one is tried");
    else log.error({ ...facts, alarm: "handover_undelivered" }, "no help desk took a handover");
    return { againInMs: stop ? 0 : null };
  };

  /** What is half done at a desk that failed would wait there for nobody. Tried once: it must not delay the next desk. */
  async function tidyUp(held: Held, provider: Provider): Promise<void> {
    const { close: closing } = provider;
    if (!closing) return;
    const made = await desk.call(held, AbortSignal.timeout(settings.stepTimeoutMs), (input) =>
      closing({ ...input, ending: null }),
    );
    await logAttempt(db, held, { step: "close", attempt: 1, ...made, outcome: made.ok ? "DONE" : "GIVEN_UP" });
  }
}
