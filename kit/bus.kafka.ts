import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Kafka, type KafkaConfig, logLevel } from "kafkajs";
import type { Bus, Subscription } from "./bus";
import { consumeKafka, type Positions } from "./bus.kafka.consume";
import { createKafkaWriter } from "./bus.kafka.write";
import type { Log } from "./log";
import { backoff } from "./wake";

export interface KafkaBusOptions {
  /** host:port of some brokers of the cluster. */
  brokers: string[];
  clientId: string;
  log: Log;
  /** For topics that are not there yet; one that exists keeps its own. */
  partitions?: number;
  /** Copies of each new topic; -1: what the cluster does by default. */
  replication?: number;
  /** How long to wait for a cluster that is still starting, in milliseconds. */
  patienceMs?: number;
}

/**
 * The bus on Kafka. Topics are made when they are first used. Throws a sentence when no broker answers within
 * `patienceMs`, by default half a minute.
 */
export async function createKafkaBus(options: KafkaBusOptions): Promise<Bus> {
  const { brokers, clientId, log, partitions = 12, replication = -1, patienceMs = 30_000 } = options;
  const settings: KafkaConfig = {
    brokers,
    clientId,
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 100, maxRetryTime: 3_000, retries: 10 },
    logLevel: logLevel.WARN,
    // What kafkajs calls an error is mostly a reconnect; what matters comes out as a rejected promise.
    logCreator:
      () =>
      ({ log: { message, ...details }, namespace }) =>
        log.debug({ kafkajs: namespace, ...details }, message),
  };
  await waitForBrokers(settings, brokers, patienceMs);
  const kafka = new Kafka(settings);
  const admin = kafka.admin();
  await admin.connect();

  /** Per topic: settled once it is there. Asked for by everybody at the same moment, it is made once. */
  const made = new Map<string, Promise<void>>();
  async function makeTopics(topics: string[]) {
    for (const topic of topics) {
      if (made.has(topic)) continue;
      const making = makeTopic(topic);
      made.set(topic, making);
      making.catch(() => made.delete(topic));
    }
    await Promise.all(topics.map((topic) => made.get(topic)));
  }

  async function makeTopic(topic: string) {
    // What it waits for may be unknown to the broker for a moment, which kafkajs takes for the end.
    await patiently(() =>
      admin.createTopics({
        waitForLeaders: true,
        topics: [
          {
            topic,
            numPartitions: partitions,
            replicationFactor: replication,
            // A handover carries its whole transcript; Kafka's own limit is 1 MB for a whole batch.
            configEntries: [{ name: "max.message.bytes", value: "16777216" }],
          },
        ],
      }),
    );
    // One that another process has made this moment may have no leader yet, and a consumer would give up on it.
    await patiently(() => admin.fetchTopicOffsets(topic));
  }

  async function endsOf(topics: string[]): Promise<Positions> {
    const positions: Positions = new Map();
    for (const topic of topics)
      for (const { partition, high } of await admin.fetchTopicOffsets(topic))
        positions.set(`${topic}/${partition}`, { topic, partition, offset: high });
    return positions;
  }

  const writer = createKafkaWriter({ kafka, log });
  const subscriptions = new Set<Subscription>();
  let closed = false;

  return {
    async publish(records) {
      if (closed) throw new Error("the bus is closed");
      if (records.length === 0) return;
      await makeTopics(records.map((record) => record.topic));
      await writer.write(records);
    },

    async subscribe({ group, topics, from, onBatch }) {
      if (closed) throw new Error("the bus is closed");
      await makeTopics(topics);
      const consumer = { kafka, topics, onBatch, log };
      const running =
        from === "end"
          ? await consumeKafka({ ...consumer, groupId: `${group}-${randomUUID()}`, positions: await endsOf(topics) })
          : await consumeKafka({ ...consumer, groupId: group });
      const subscription: Subscription = {
        async stop() {
          subscriptions.delete(subscription);
          await running.stop();
        },
      };
      subscriptions.add(subscription);
      return subscription;
    },

    async ping() {
      await admin.describeCluster();
    },

    async close() {
      if (closed) return;
      closed = true;
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
      await writer.close();
      await admin.disconnect();
    },
  };
}

/** A topic that has just been made has no leader for a moment, and kafkajs does not try this again by itself. */
async function patiently<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (let failures = 1; ; failures++)
    try {
      return await ask();
    } catch (error) {
      if (failures >= 10) throw error;
      await pause(backoff(failures, 50, 1_000));
    }
}

async function waitForBrokers(settings: KafkaConfig, brokers: string[], patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const admin = new Kafka({ ...settings, retry: { retries: 0 } }).admin();
    try {
      await admin.connect();
      await admin.describeCluster();
      return;
    } catch (error) {
      if (Date.now() > until)
        throw new Error(`Kafka does not answer at ${brokers.join(", ")}: ${(error as Error).message}`, {
          cause: error,
        });
      await pause(250);
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
}
