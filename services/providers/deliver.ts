import type { EntityManager } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { Log } from "../../kit/log";
import type { Outbox } from "../../kit/outbox";
import type { ProviderName } from "../../schema/words";
import type { Accounts } from "./accounts";
import { type Carried, createCallDesk } from "./call-desk";
import { createCloseItem } from "./close-item";
import type { Connections } from "./connections";
import { type Claimed, change, type Held, loadHeld, rouseUntidy } from "./delivery.rows";
import { createDoStep } from "./do-step";
import { createForwardMessage } from "./forward-message";
import { missingProvider } from "./missing-provider";
import { type Move, nextMove } from "./next-move";
import type { Provider } from "./provider";
import { deliveryStarted, handoverDelivered } from "./say-delivery";
import type { Settings } from "./settings";
import { standingOf } from "./standing";
import { sayUnclaimed, waitsUntil } from "./unclaimed";

export interface DeliverDeps {
  db: EntityManager;
  outbox: Outbox;
  clock: Clock;
  log: Log;
  providers: Map<ProviderName, Provider>;
  connections: Connections;
  accounts: Accounts;
  settings: Settings;
}

/**
 * Carries one leased delivery as far as it goes now. Each move is decided by `nextMove`, and its effect is kept before
 * the next one: after a crash it goes on at the first step without a receipt.
 */
export function createDeliver(deps: DeliverDeps) {
  const { db, outbox, clock } = deps;
  const desk = createCallDesk(deps);
  const doStep = createDoStep(deps, desk);
  const closeItem = createCloseItem(deps, desk);
  const forwardMessage = createForwardMessage(deps, desk);

  return async ({ cutOff, ...claimed }: Claimed, signal: AbortSignal): Promise<Carried> => {
    for (let first = true; ; first = false) {
      const held = await loadHeld(db, { ...claimed, cutOff: cutOff && first });
      if (!held) return { againInMs: null };
      if (signal.aborted) {
        await change(db, held, { dueAt: clock.now() });
        return { againInMs: null };
      }
      const provider = deps.providers.get(held.provider) ?? missingProvider(held.provider);
      if (held.cutOff && wasOpening(held, provider)) {
        await desk.cutOff(held, "conversation");
        held.unsureSince = clock.now();
      }
      const move = nextMove(standingOf(held, provider, deps), provider);
      const carried = await make(move, held, provider, signal);
      if (carried) return carried;
    }
  };

  /** Was the desk perhaps being asked to open it? */
  function wasOpening(held: Held, provider: Provider): boolean {
    const move = nextMove(standingOf({ ...held, over: false }, provider, deps), provider);
    return move.do === "step" && move.step === "conversation";
  }

  /** Null: the delivery is still ours, and there may be more to do. */
  async function make(move: Move, held: Held, provider: Provider, signal: AbortSignal): Promise<Carried | null> {
    switch (move.do) {
      case "rest": {
        const until = waitsUntil(held, deps.settings);
        await change(db, held, { dueAt: until });
        return { againInMs: until && Math.max(0, until.getTime() - clock.now().getTime()) };
      }
      case "say-unclaimed":
        await sayUnclaimed(deps, held);
        return null;
      case "cancel":
        await change(db, held, { status: "CANCELLED", dueAt: null });
        return { againInMs: null };
      case "start":
        await start(held);
        return null;
      case "deliver":
        await outbox.transaction(async (tx, say) => {
          await change(tx, held, { status: "DELIVERED", deliveredAt: clock.now() });
          await rouseUntidy(tx, held.handoverId, clock.now());
          say(handoverDelivered(held, provider.mode, held.cause));
        });
        return null;
      case "step":
        return doStep(move.step, held, provider, signal);
      case "close":
        return closeItem(held, provider, signal);
      case "forward":
        return forwardMessage(held, provider, signal);
    }
  }

  /** The summary did not come in time: it goes without, and the summary follows. */
  async function start(held: Held): Promise<void> {
    await outbox.transaction(async (tx, say) => {
      const [, changed]: [unknown, number] = await tx.query(
        `update delivery set status = 'DELIVERING' where id = $1 and lease = $2 and status = 'WAITING_FOR_SUMMARY'`,
        [held.id, held.lease],
      );
      if (changed === 1) say(deliveryStarted(held, held.cause));
    });
  }
}
