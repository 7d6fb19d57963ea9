import { CompressionTypes, type Kafka, Partitioners, type Producer } from "kafkajs";
import type { BusRecord } from "./bus";
import type { Log } from "./log";

/** About the most bytes in one request. */
const mostBytes = 1_000_000;

/**
 * Writes to Kafka, one request at a time: kafkajs may lose an acknowledged record when two `send` run at once on one
 * idempotent producer. Calls that arrive meanwhile go together in the next request.
 */
export function createKafkaWriter({ kafka, log }: { kafka: Kafka; log: Log }) {
  let producer: Producer | null = null;
  let waiting: { records: BusRecord[]; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let running: Promise<void> | null = null;

  async function send(records: BusRecord[]) {
    const connected = producer ?? (await connect());
    producer = connected;
    for (const some of bySize(records)) {
      const byTopic = new Map<string, { key: string; value: string }[]>();
      for (const { topic, key, value } of some) byTopic.set(topic, [...(byTopic.get(topic) ?? []), { key, value }]);
      await connected.sendBatch({
        acks: -1,
        compression: CompressionTypes.GZIP,
        topicMessages: [...byTopic].map(([topic, messages]) => ({ topic, messages })),
      });
    }
  }

  async function connect() {
    const fresh = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 2_000 },
    });
    await fresh.connect();
    return fresh;
  }

  /** After a failure the broker and the producer may disagree about the sequence: a new producer starts a new one. */
  async function startOver() {
    const old = producer;
    producer = null;
    await old?.disconnect().catch((error) => log.debug({ err: error }, "bus: a producer did not leave cleanly"));
  }

  async function run() {
    while (waiting.length > 0) {
      const calls = waiting;
      waiting = [];
      try {
        await send(calls.flatMap((call) => call.records));
        for (const call of calls) call.resolve();
      } catch (error) {
        await startOver();
        for (const call of calls) call.reject(error);
      }
    }
    running = null;
  }

  return {
    write(records: BusRecord[]): Promise<void> {
      return new Promise((resolve, reject) => {
        waiting.push({ records, resolve, reject });
        running ??= run();
      });
    },
    async close(): Promise<void> {
      await running;
      await startOver();
    },
  };
}

/** Splits into requests of about `mostBytes`, keeping the order; a bigger record goes alone. */
function bySize(records: BusRecord[]): BusRecord[][] {
  const requests: BusRecord[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const record of records) {
    const size = Buffer.byteLength(record.value);
    if (bytes + size > mostBytes) {
      requests.push([]);
      bytes = 0;
    }
    requests.at(-1)?.push(record);
    bytes += size;
  }
  return requests;
}
