import teardownPostgres from "../support/postgres.teardown";

export default async function teardown(): Promise<void> {
  await globalThis.batonLiveKafka?.remove();
  await teardownPostgres();
}
