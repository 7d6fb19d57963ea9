import { setTimeout as pause } from "node:timers/promises";
import { createKafkaBus } from "../../kit/bus.kafka";
import { createSilentLog } from "../../kit/log";
import { until } from "../support/stage";
import { startKafka } from "./kafka";

test("what was acknowledged before a broker died, and what is said while it is away, is heard after it", async () => {
  const kafka = await startKafka();
  const bus = await createKafkaBus({ brokers: kafka.brokers, clientId: "survivor", log: createSilentLog() });
  const heard: number[] = [];
  const live: number[] = [];
  const keepIn = (list: number[]) => async (records: { value: string }[]) => {
    list.push(...records.map((record) => Number(record.value)));
  };
  await bus.subscribe({ group: "g", topics: ["t"], from: "committed", onBatch: keepIn(heard) });
  await bus.subscribe({ group: "g", topics: ["t"], from: "end", onBatch: keepIn(live) });
  try {
    let said = 0;
    let stopSaying = false;
    // Like the outbox: one after the other, again until it is taken.
    const saying = (async () => {
      while (!stopSaying) {
        try {
          await bus.publish([{ topic: "t", key: "conversation", value: String(said) }]);
          said++;
        } catch {
          await pause(100);
        }
      }
    })();
    await until("some are heard", () => heard.length > 20, 20_000);
    await kafka.stop("now");
    await kafka.start();
    const before = said;
    await until("saying goes on", () => said > before + 20, 60_000);
    stopSaying = true;
    await saying;
    const all = Array.from({ length: said }, (_, n) => n);
    const complete = (list: number[]) => new Set(list).size === said;
    await until("all is heard", () => complete(heard) && complete(live), 60_000);
    // Again is allowed after a failure, out of order is not: the first time each is heard, they come in order.
    expect([...new Set(heard)]).toEqual(all);
    expect([...new Set(live)]).toEqual(all);
  } finally {
    await bus.close();
    await kafka.remove();
  }
}, 240_000);
