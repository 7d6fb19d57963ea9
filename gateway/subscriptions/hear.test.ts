import { createSilentLog } from "../../kit/log";
import { createFakeBus } from "../test/bus.fake";
import { hearBus } from "./hear";
import { createSleepers } from "./who-to-wake";

test("a bus that is down at the start is tried until it can be heard; then everybody looks once", async () => {
  const bus = createFakeBus();
  bus.down = true;
  let asked = 0;
  const firstRefusal = new Promise<void>((resolve) => {
    const subscribe = bus.subscribe;
    bus.subscribe = async (options) => {
      if (++asked === 2) bus.down = false;
      if (asked === 1) resolve();
      return subscribe(options);
    };
  });
  const sleepers = createSleepers();
  const woken = new Promise<string>((resolve) => {
    sleepers.join({ workspaceId: "w", events: ["message.posted"], conversationId: null, wake: resolve });
  });
  const hearing = hearBus(bus, sleepers, createSilentLog());
  await firstRefusal;
  expect(hearing.live).toBe(false);
  expect(await woken).toEqual(expect.any(String));
  expect(hearing.live).toBe(true);
  await hearing.stop();
  expect(bus.groups).toBe(0);
});
