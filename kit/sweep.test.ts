import { until } from "../test/support/stage";
import { createSilentLog } from "./log";
import { createSweep } from "./sweep";
import { backoff, createWake } from "./wake";

const log = createSilentLog();

test("a sweep never runs twice at once, and stop waits for the round that runs", async () => {
  let running = 0;
  let rounds = 0;
  let finish = () => {};
  const sweep = createSweep({
    name: "slow",
    everyMs: 1,
    log,
    async run() {
      running++;
      rounds++;
      expect(running).toBe(1);
      if (rounds === 3)
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
      running--;
    },
  });
  sweep.start();
  sweep.start();
  await until("the third round runs", () => rounds === 3);
  const stopped = sweep.stop();
  finish();
  await stopped;
  expect({ running, rounds }).toEqual({ running: 0, rounds: 3 });
});

test("a sweep that fails goes on", async () => {
  let rounds = 0;
  const sweep = createSweep({
    name: "failing",
    everyMs: 1,
    log,
    run: async () => {
      rounds++;
      throw new Error("not today");
    },
  });
  sweep.start();
  await until("three rounds", () => rounds >= 3);
  await sweep.stop();
});

test("a wake that comes before the sleep ends it at once", async () => {
  const alarm = createWake();
  alarm.wake();
  await alarm.sleep(2 ** 30);
  const sleeping = alarm.sleep(2 ** 30);
  alarm.wake();
  await sleeping;
});

test("pauses double, with jitter, up to the limit", () => {
  for (const [failures, most] of [
    [1, 100],
    [2, 200],
    [4, 800],
    [40, 5_000],
  ] as const) {
    const pause = backoff(failures, 100, 5_000);
    expect(pause).toBeGreaterThanOrEqual(most / 2);
    expect(pause).toBeLessThanOrEqual(most);
  }
});
