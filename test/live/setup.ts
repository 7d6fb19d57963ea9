import setupPostgres from "../support/postgres.setup";
import { kafkaBrokers } from "./env";
import { type LiveKafka, startKafka } from "./kafka";

declare global {
  /** The broker of this run, for the teardown; none when KAFKA_BROKERS names one. */
  var batonLiveKafka: LiveKafka | undefined;
}

/** Starts the databases and, unless KAFKA_BROKERS names one, a Kafka for the whole run. */
export default async function setup(): Promise<void> {
  await setupPostgres();
  if (kafkaBrokers.get().length > 0) return;
  globalThis.batonLiveKafka = await startKafka();
  kafkaBrokers.set(globalThis.batonLiveKafka.brokers);
}
