import type { Log } from "./log";
import { backoff, createWake } from "./wake";

/** A timer for what is due: rows with a due time that nobody else will touch. */
export interface Sweep {
  start(): void;
  /** Runs once more at once, or right after the run that is under way. */
  wake(): void;
  /** Resolves when the running round is over. */
  stop(): Promise<void>;
}

/**
 * Runs `run` every `everyMs` milliseconds, never two rounds at once. A round that throws is logged and tried again,
 * sooner at first, and does not end the sweep.
 */
export function createSweep(options: { name: string; everyMs: number; run: () => Promise<unknown>; log: Log }): Sweep {
  const { name, everyMs, run, log } = options;
  const alarm = createWake();
  let stopped = false;
  let running: Promise<void> | null = null;

  async function loop() {
    let failures = 0;
    while (!stopped) {
      try {
        await run();
        failures = 0;
      } catch (error) {
        failures++;
        log.warn({ err: error, sweep: name, failures }, "sweep failed, trying again");
      }
      if (!stopped) await alarm.sleep(failures > 0 ? Math.min(everyMs, backoff(failures, 200, 30_000)) : everyMs);
    }
  }

  return {
    start() {
      running ??= loop();
    },
    wake: alarm.wake,
    async stop() {
      stopped = true;
      alarm.wake();
      await running;
    },
  };
}
