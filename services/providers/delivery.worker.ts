import type { EntityManager } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { Log } from "../../kit/log";
import { createSweep } from "../../kit/sweep";
import type { Carried } from "./call-desk";
import { type Claimed, claimDue, LeaseLost, renewLeases } from "./delivery.rows";
import type { Settings } from "./settings";

/** Deliveries carried side by side by one process, and of one connection. */
const mostAtOnce = 24;
const mostOfOne = 8;

export interface DeliveryWorker {
  start(): void;
  /** Looks for due deliveries in so many milliseconds. */
  wakeIn(ms: number): void;
  stop(): Promise<void>;
}

/** Finds deliveries whose time has come and carries each under a lease. */
export function createDeliveryWorker(parts: {
  db: EntityManager;
  clock: Clock;
  log: Log;
  settings: Settings;
  carry: (claimed: Claimed, signal: AbortSignal) => Promise<Carried>;
}): DeliveryWorker {
  const { db, clock, log, settings, carry } = parts;
  const running = new Map<string, Claimed & { finished: Promise<void> }>();
  const timers = new Set<NodeJS.Timeout>();
  const stopping = new AbortController();
  let claiming: Promise<void> | null = null;
  let claimAgain = false;
  let started = false;

  function wake() {
    if (!started || stopping.signal.aborted) return;
    claimAgain = true;
    // Cleared from outside: with all hands full `claim` is over before its promise is kept here.
    claiming ??= claim().finally(() => {
      claiming = null;
      if (claimAgain && running.size < mostAtOnce) wake();
    });
  }

  async function claim() {
    try {
      while (claimAgain && !stopping.signal.aborted && running.size < mostAtOnce) {
        claimAgain = false;
        const places = { most: mostAtOnce - running.size, mostOfOne, running: [...running.values()] };
        for (const claimed of await claimDue(db, clock.now(), settings.leaseMs, places)) begin(claimed);
      }
    } catch (error) {
      log.warn({ err: error }, "deliveries: taking failed, trying again");
    }
  }

  function begin(claimed: Claimed) {
    const key = `${claimed.id}/${claimed.lease}`;
    const finished = carry(claimed, stopping.signal)
      .then(({ againInMs }) => (againInMs === null ? undefined : wakeIn(againInMs)))
      .catch((error) => {
        if (!(error instanceof LeaseLost))
          log.warn({ err: error, delivery: claimed.id }, "a delivery is left to the next worker");
      })
      .finally(() => {
        running.delete(key);
        wake();
      });
    running.set(key, { ...claimed, finished });
  }

  function wakeIn(ms: number) {
    if (stopping.signal.aborted) return;
    if (ms <= 0) {
      wake();
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      wake();
    }, ms);
    timers.add(timer);
  }

  // For what another process left behind.
  const lookAnyway = createSweep({ name: "deliveries", everyMs: settings.pollMs, run: async () => wake(), log });
  const renewing = createSweep({
    name: "delivery-leases",
    everyMs: settings.leaseMs / 3,
    run: async () => {
      if (running.size > 0) await renewLeases(db, [...running.values()], settings.leaseMs);
    },
    log,
  });

  return {
    start() {
      started = true;
      lookAnyway.start();
      renewing.start();
      wake();
    },
    wakeIn,
    async stop() {
      stopping.abort();
      for (const timer of timers) clearTimeout(timer);
      await lookAnyway.stop();
      await claiming;
      await Promise.all([...running.values()].map(({ finished }) => finished));
      await renewing.stop();
    },
  };
}
