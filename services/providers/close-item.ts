import type { EntityManager } from "typeorm";
import type { CallDesk, Carried } from "./call-desk";
import type { DeliverDeps } from "./deliver";
import { change, type Held } from "./delivery.rows";
import type { Provider } from "./provider";

/** The handover is over: what the desk has of it closes there too. */
export function createCloseItem({ db, log }: DeliverDeps, desk: CallDesk) {
  return async (held: Held, provider: Provider, signal: AbortSignal): Promise<Carried | null> => {
    const { close: closing } = provider;
    const status = held.status === "DELIVERED" ? ("CLOSED" as const) : ("CANCELLED" as const);
    const end = (tx: EntityManager) => change(tx, held, { status, dueAt: null });
    if (!closing) {
      await end(db);
      return { againInMs: null };
    }
    const made = await desk.call(held, signal, (input) => closing({ ...input, ending: held.ending }));
    if (made.ok) {
      await db.transaction(async (tx) => {
        await desk.done(tx, held, "close", made);
        await end(tx);
      });
      return { againInMs: null };
    }
    return desk.failed("close", held, made, signal, async () => {
      await end(db);
      log.warn({ handover: held.handoverId, provider: held.provider, problem: made.error }, "a desk's item stays open");
      return { againInMs: null };
    });
  };
}
