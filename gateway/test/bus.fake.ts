import type { Bus, BusRecord, ReceivedRecord } from "../../kit/bus";

/** A bus within one test: every group hears every record at once, in order. */
export interface FakeBus extends Bus {
  /** While down, nothing can be published, subscribed or pinged. */
  down: boolean;
  /** How many groups listen. */
  readonly groups: number;
}

export function createFakeBus(): FakeBus {
  const groups = new Set<{ topics: string[]; onBatch(records: ReceivedRecord[]): Promise<void> }>();
  let offset = 0;
  const reach = () => {
    if (bus.down) throw new Error("the bus is down");
  };
  const bus: FakeBus = {
    down: false,
    get groups() {
      return groups.size;
    },
    async publish(records: BusRecord[]) {
      reach();
      const received = records.map((record) => ({ ...record, partition: 0, offset: String(offset++) }));
      for (const { topics, onBatch } of groups) await onBatch(received.filter(({ topic }) => topics.includes(topic)));
    },
    async subscribe(group) {
      reach();
      groups.add(group);
      return { stop: async () => void groups.delete(group) };
    },
    ping: async () => reach(),
    close: async () => groups.clear(),
  };
  return bus;
}
