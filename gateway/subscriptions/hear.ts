import { randomUUID } from "node:crypto";
import type { Bus, Subscription } from "../../kit/bus";
import type { Log } from "../../kit/log";
import { backoff, createWake } from "../../kit/wake";
import { catalogue, parseEvent } from "../../schema/events/catalogue";
import { gatewayMetrics } from "../metrics";
import type { Sleepers } from "./who-to-wake";

export interface Hearing {
  readonly live: boolean;
  stop(): Promise<void>;
}

/**
 * Listens to every topic from its end, as a group of its own, and wakes whom it concerns. While the bus is down it
 * keeps trying; once live again everybody looks, because something may have been missed.
 */
export function hearBus(bus: Bus, sleepers: Sleepers, log: Log): Hearing {
  const wake = createWake();
  let subscription: Subscription | null = null;
  let stopped = false;

  const joined = (async () => {
    for (let failures = 0; !stopped; ) {
      try {
        subscription = await bus.subscribe({
          group: `gateway-${randomUUID()}`,
          topics: Object.keys(catalogue),
          from: "end",
          onBatch: async (records) => {
            for (const { value } of records) hear(value);
          },
        });
        gatewayMetrics.busLive.set(1);
        sleepers.wakeAll(randomUUID());
        return;
      } catch (error) {
        failures++;
        log.warn({ err: error, failures }, "the bus cannot be heard; subscriptions wait, queries go on");
        await wake.sleep(backoff(failures, 250, 10_000));
      }
    }
  })();

  function hear(value: string) {
    const parsed = parseEvent(value);
    if (!parsed.ok) {
      gatewayMetrics.events.inc({ outcome: parsed.unknownType ? "unknown_type" : "malformed" });
      if (!parsed.unknownType) log.warn({ problem: parsed.problem }, "a malformed event was ignored");
      return;
    }
    gatewayMetrics.events.inc({ outcome: sleepers.hear(parsed.event) > 0 ? "woke" : "woke_nobody" });
  }

  return {
    get live() {
      return subscription !== null;
    },
    async stop() {
      stopped = true;
      wake.wake();
      await joined;
      await subscription?.stop();
      gatewayMetrics.busLive.set(0);
    },
  };
}
