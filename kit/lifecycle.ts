import type { Log } from "./log";

/** What a process has started, and how it ends. */
export interface Lifecycle {
  /** `stop` runs when the process ends, after everything that was added later has stopped. */
  onStop(name: string, stop: () => unknown): void;
  /** True from the moment the process begins to end. */
  stopping: boolean;
  /** Stops everything and exits; further calls do nothing. */
  end(code: number, why: string): Promise<void>;
}

/**
 * Ends this process in order: on SIGINT (Ctrl-C), SIGTERM or SIGHUP, or when an exception was caught by nobody, what
 * was started is stopped in reverse order. Who does not wait presses Ctrl-C again; after `withinMs` it exits anyway.
 */
export function createLifecycle(options: {
  log: Log;
  /** Default 15 s: Docker waits longer when it is told so, Kubernetes 30 s. */
  withinMs?: number;
  /** Said to a person when the stop begins. */
  onStopping?: (why: string) => void;
  /** npm passes a terminal's Ctrl-C on, so one arrives twice; a second one counts after this long. Default 500 ms. */
  secondAfterMs?: number;
  process?: Pick<NodeJS.Process, "on" | "exit">;
}): Lifecycle {
  const { log, withinMs = 15_000, onStopping, secondAfterMs = 500, process: self = process } = options;
  const started: { name: string; stop: () => unknown }[] = [];

  const lifecycle: Lifecycle = {
    stopping: false,
    onStop(name, stop) {
      started.push({ name, stop });
    },
    async end(code, why) {
      if (lifecycle.stopping) return;
      lifecycle.stopping = true;
      onStopping?.(why);
      log.info({ why }, "Stopping.");
      let current = "";
      const tooLong = setTimeout(() => {
        log.error({ waitingFor: current }, `Not stopped within ${withinMs} ms: exiting anyway.`);
        self.exit(1);
      }, withinMs).unref();
      for (let next = started.pop(); next; next = started.pop()) {
        current = next.name;
        const began = performance.now();
        try {
          await next.stop();
          log.debug({ part: current, ms: Math.round(performance.now() - began) }, "Stopped.");
        } catch (error) {
          log.error({ err: error, part: current }, "A part did not stop cleanly.");
        }
      }
      clearTimeout(tooLong);
      self.exit(code);
    },
  };

  let asked: number | null = null;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    self.on(signal, () => {
      if (asked !== null && signal === "SIGINT" && performance.now() - asked >= secondAfterMs) self.exit(130);
      asked ??= performance.now();
      void lifecycle.end(0, signal);
    });
  // Started by `npm run services`, which was killed: what it started does not stay behind.
  self.on("disconnect", () => void lifecycle.end(0, "the process that started this one is gone"));
  for (const fault of ["uncaughtException", "unhandledRejection"] as const)
    self.on(fault, (error: unknown) => {
      log.fatal({ err: error }, "An exception that nobody caught.");
      void lifecycle.end(1, fault);
    });
  return lifecycle;
}
