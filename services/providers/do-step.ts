import type { CallDesk, Carried, Done } from "./call-desk";
import type { DeliverDeps } from "./deliver";
import { change, type Held, keepLate, LeaseLost, rouseUntidy } from "./delivery.rows";
import { createNextDesk } from "./next-desk";
import { nextMove } from "./next-move";
import type { Provider, Receipt, Receipts, StepName } from "./provider";
import { handoverDelivered } from "./say-delivery";
import { standingOf } from "./standing";
import { agentCameTo } from "./webhook.rows";

/**
 * Does one step at the desk and keeps its receipt; a step that fails for good sends the handover to the next desk, unless
 * this one's agent has it.
 */
export function createDoStep(deps: DeliverDeps, desk: CallDesk) {
  const { db, outbox, clock, log } = deps;
  const nextDesk = createNextDesk(deps);

  return async (name: StepName, held: Held, provider: Provider, signal: AbortSignal): Promise<Carried | null> => {
    const made = await desk.call(held, signal, async (input) => {
      const run = provider.steps[name];
      return run ? run(input) : {};
    });
    if (made.ok) {
      await stepDone(name, held, provider, made);
      return null;
    }
    return desk.failed(name, held, made, signal, async () =>
      (await staysHere(held)) ? goWithout(name, held, made) : nextDesk(name, held, provider, made),
    );
  };

  /** Agents may find what is half done, and take it: nobody takes it away from them. */
  async function staysHere({ status, receipts, connectionId, handoverId }: Held): Promise<boolean> {
    return status === "DELIVERED" || (!!receipts.conversation && (await agentCameTo(db, connectionId, handoverId)));
  }

  /** Keeps the receipt; when it was the last step, the same transaction says that the desk has the handover. */
  async function stepDone(name: StepName, held: Held, provider: Provider, made: Done<Receipt>) {
    const receipt = made.result;
    const receipts: Receipts = { ...held.receipts, [name]: receipt };
    const now = { ...held, receipts, externalId: receipt.externalId ?? held.externalId, url: receipt.url ?? held.url };
    const last = nextMove(standingOf(now, provider, deps), provider).do === "deliver";
    const keep = outbox.transaction(async (tx, say) => {
      await change(tx, held, {
        receipts,
        attempts: 0,
        externalId: now.externalId,
        url: now.url,
        ...(receipt.copyText === undefined ? {} : { copyText: receipt.copyText }),
        ...(last ? { status: "DELIVERED" as const, deliveredAt: clock.now() } : {}),
      });
      await desk.done(tx, held, name, made);
      if (!last) return;
      await rouseUntidy(tx, held.handoverId, clock.now());
      say(handoverDelivered(now, provider.mode, held.cause));
    });
    await keep.catch(async (error) => {
      if (error instanceof LeaseLost && name === "conversation") await keepLate(db, held.id, receipt, clock.now());
      throw error;
    });
  }

  /** The desk or its agent has the handover already; only this, its late summary say, does not get there. */
  async function goWithout(name: StepName, held: Held, { error }: { error: string }): Promise<Carried | null> {
    await change(db, held, { receipts: { ...held.receipts, [name]: {} }, attempts: 0 });
    log.warn(
      { handover: held.handoverId, provider: held.provider, step: name, problem: error },
      "what belongs to a handover did not reach the desk that has it",
    );
    return null;
  }
}
