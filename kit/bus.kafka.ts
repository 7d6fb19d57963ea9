import { randomUUID } from "node:crypto";
import { Kafka, logLevel } from "kafkajs";
import type { Bus, Subscription } from "./bus";
import { consumeKafka } from "./bus.kafka.consume";
import { createKafkaWriter } from "./bus.kafka.write";
import type { Log } from "./log";

export interface KafkaBusOptions {
  /** host:port of some brokers of the cluster. */
  brokers: string[];
  clientId: string;
  log: Log;
  /** For topics that are not there yet; one that exists keeps its own. */
  partitions?: number;
  /** Copies of each new topic; -1: what the cluster does by default. */
  replication?: number;
}

/**
 * The bus on Kafka. Topics are made when they are first used. Throws a sentence when no broker answers within about
 * half a minute, which is time enough for one that is starting.
 */
export async function createKafkaBus(options: KafkaBusOptions): Promise<Bus> {
  const { brokers, clientId, log, partitions = 12, replication = -1 } = options;
  const kafka = new Kafka({
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
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.describeCluster();
  } catch (error) {
    await admin.disconnect().catch(() => undefined);
    throw new Error(`Kafka does not answer at ${brokers.join(", ")}: ${(error as Error).message}`, { cause: error });
  }

  const known = new Set<string>();
  async function makeTopics(topics: string[]) {
    const missing = [...new Set(topics)].filter((topic) => !known.has(topic));
    if (missing.length === 0) return;
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map((topic) => ({
        topic,
        numPartitions: partitions,
        replicationFactor: replication,
        // A handover carries its whole transcript; Kafka's own limit is 1 MB for a whole batch.
        configEntries: [{ name: "max.message.bytes", value: "16777216" }],
      })),
    });
    for (const topic of missing) known.add(topic);
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
      // A reader from the end is a group of its own whose positions are written down before it joins, so what is
      // published from here on reaches it, even if it has to join again.
      const groupId = from === "end" ? `${group}-${randomUUID()}` : group;
      if (from === "end")
        for (const topic of topics) {
          const ends = await admin.fetchTopicOffsets(topic);
          await admin.setOffsets({
            groupId,
            topic,
            partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
          });
        }
      const running = await consumeKafka({ kafka, groupId, topics, onBatch, log });
      const subscription: Subscription = {
        async stop() {
          subscriptions.delete(subscription);
          await running.stop();
          if (from === "end")
            await admin
              .deleteGroups([groupId])
              .catch((error) => log.debug({ err: error, groupId }, "bus: a group was left behind"));
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
