/**
 * One sleeper and those who wake it. A wake that comes while nobody sleeps is kept for the next sleep, so work that
 * arrives between "nothing to do" and "go to sleep" is never missed.
 */
export interface Wake {
  wake(): void;
  /** Resolves at the next `wake`, at once if one is pending, or after `ms`. */
  sleep(ms: number): Promise<void>;
}

export function createWake(): Wake {
  let pending = false;
  let ring: (() => void) | null = null;
  return {
    wake() {
      if (ring) ring();
      else pending = true;
    },
    sleep(ms) {
      if (pending) {
        pending = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const timer = setTimeout(done, ms);
        function done() {
          clearTimeout(timer);
          ring = null;
          resolve();
        }
        ring = done;
      });
    },
  };
}

/** Milliseconds to wait after the `failures`-th failure in a row: doubling from `first` up to `most`, with jitter. */
export function backoff(failures: number, first: number, most: number): number {
  const full = Math.min(most, first * 2 ** Math.min(failures - 1, 30));
  return Math.round(full * (0.5 + Math.random() / 2));
}
