/** The wakes of one reader: those that come while it reads count as one. */
export interface Causes {
  wake(cause: string): void;
  /** The latest cause as soon as there is one; "time" after `ms`; `null` once it is over. */
  next(ms: number): Promise<string | null>;
  readonly over: boolean;
  end(): void;
}

export function createCauses(): Causes {
  let pending: string | null = null;
  let over = false;
  let ring: (() => void) | null = null;
  return {
    get over() {
      return over;
    },
    wake(cause) {
      pending = cause;
      ring?.();
    },
    end() {
      over = true;
      ring?.();
    },
    async next(ms) {
      if (!over && pending === null)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          ring = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      ring = null;
      if (over) return null;
      const cause = pending ?? "time";
      pending = null;
      return cause;
    },
  };
}
