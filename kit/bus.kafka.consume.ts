import type { Consumer, EachBatchPayload, Kafka } from "kafkajs";
import type { ReceivedRecord, Subscription } from "./bus";
import type { Log } from "./log";
import { backoff, createWake } from "./wake";

/** A member that shows no sign of life for this long loses its partitions to the others. */
const sessionTimeout = 10_000;
const heartbeatInterval = 2_000;

/** Where to read on, per partition. */
export type Positions = Map<string, { topic: string; partition: number; offset: string }>;

/**
 * Reads with a consumer group. With `positions` they are kept here and nowhere else, and the group must be nobody
 * else's: it then reads from them however often it has to join again. A batch that fails is tried again where it is, with heartbeats, so that the group does
 * not fall apart over it. Resolves when the group has let this member in.
 */
export async function consumeKafka(options: {
  kafka: Kafka;
  groupId: string;
  topics: string[];
  positions?: Positions;
  onBatch(records: ReceivedRecord[]): Promise<void>;
  log: Log;
}): Promise<Subscription> {
  const { kafka, groupId, topics, positions, onBatch, log } = options;
  const alarm = createWake();
  let stopped = false;
  let consumer: Consumer;
  let restart: NodeJS.Timeout | undefined;

  async function eachBatch({ batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload) {
    const records = batch.messages.map((message) => ({
      topic: batch.topic,
      partition: batch.partition,
      offset: message.offset,
      key: message.key?.toString("utf8") ?? "",
      value: message.value?.toString("utf8") ?? "",
    }));
    // A heartbeat that fails means that the group has moved on: the commit after the batch fails too, and whoever has
    // the partition now gets these records again.
    const beating = setInterval(() => heartbeat().catch(() => undefined), heartbeatInterval);
    try {
      for (let failures = 0; isRunning() && !isStale() && !stopped; ) {
        try {
          await onBatch(records);
          resolveOffset(batch.lastOffset());
          const { topic, partition } = batch;
          positions?.set(`${topic}/${partition}`, {
            topic,
            partition,
            offset: String(BigInt(batch.lastOffset()) + 1n),
          });
          return;
        } catch (error) {
          failures++;
          log.warn({ err: error, group: groupId, failures }, "bus: a batch failed and is taken again");
          const pause = backoff(failures, 50, 5_000);
          if (!stopped) await alarm.sleep(pause);
        }
      }
    } finally {
      clearInterval(beating);
    }
  }

  async function start() {
    consumer = kafka.consumer({
      groupId,
      sessionTimeout,
      heartbeatInterval,
      rebalanceTimeout: 15_000,
      allowAutoTopicCreation: false,
      // How long an empty fetch waits at the broker; records end it at once.
      maxWaitTimeInMs: 500,
      maxBytesPerPartition: 2_000_000,
      retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 2_000 },
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      log.warn({ err: payload.error, group: groupId }, "bus: the consumer fell over and starts again");
      // kafkajs comes back by itself only from errors it thinks will pass.
      if (!payload.restart && !stopped) startLater();
    });
    consumer.on(consumer.events.GROUP_JOIN, () => {
      for (const position of positions?.values() ?? []) consumer.seek(position);
    });
    await consumer.connect();
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({ eachBatch, eachBatchAutoResolve: false, autoCommit: !positions });
  }

  function startLater() {
    restart = setTimeout(() => {
      start().catch((error) => {
        log.warn({ err: error, group: groupId }, "bus: the consumer cannot start");
        if (!stopped) startLater();
      });
    }, 1_000);
  }

  await start();
  return {
    async stop() {
      stopped = true;
      alarm.wake();
      clearTimeout(restart);
      await consumer.disconnect();
    },
  };
}
