import type { EntityManager } from "typeorm";
import type { CallDesk, Carried } from "./call-desk";
import type { DeliverDeps } from "./deliver";
import { change, type Held, isAnothersNow } from "./delivery.rows";
import type { Provider } from "./provider";

/** What the desk has closes there: the handover is over, or another desk has it and this one was left half done. */
export function createCloseItem({ db, log }: DeliverDeps, desk: CallDesk) {
  return async (held: Held, provider: Provider, signal: AbortSignal): Promise<Carried | null> => {
    const { close: closing } = provider;
    const end = (tx: EntityManager) => change(tx, held, { ...closedAs(held), attempts: 0, dueAt: null });
    if (!closing || (await isAnothersNow(db, held))) {
      await end(db);
      return { againInMs: null };
    }
    const ending = isLeft(held) ? null : held.ending;
    const made = await desk.call(held, signal, async (input) => {
      const { unsureSince } = held;
      const found = unsureSince && (await provider.find?.({ ...input, unsureSince }));
      if (found && (await isAnothersNow(db, { ...held, externalId: found.externalId ?? null }))) return;
      const receipts = found ? { ...input.receipts, conversation: found } : input.receipts;
      await closing({ ...input, receipts, ending });
    });
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

/** The handover went on to another desk. */
const isLeft = ({ status }: Held) => status === "FAILED" || status === "UNCLAIMED";

function closedAs(held: Held): Parameters<typeof change>[2] {
  if (isLeft(held)) return { tidied: true };
  return { status: held.status === "DELIVERED" ? "CLOSED" : "CANCELLED" };
}
