import type { Bus } from "../kit/bus";

/**
 * A bus that is opened when it is first needed, and again when that failed: the gateway answers queries while the
 * bus is down, also when it was down from the beginning.
 */
export function createLateBus(open: () => Promise<Bus>): Bus {
  let opened: Promise<Bus> | null = null;
  const bus = (): Promise<Bus> => {
    opened ??= open().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  return {
    publish: async (records, durable) => (await bus()).publish(records, durable),
    subscribe: async (options) => (await bus()).subscribe(options),
    ping: async () => (await bus()).ping(),
    close: async () => (await opened?.catch(() => null))?.close(),
  };
}
