import { createLateBus } from "./late-bus";
import { createFakeBus } from "./test/bus.fake";

test("a bus that cannot be opened yet is opened at a later call, once", async () => {
  const real = createFakeBus();
  let opened = 0;
  const bus = createLateBus(async () => {
    if (++opened === 1) throw new Error("not yet");
    return real;
  });
  await expect(bus.ping()).rejects.toThrow("not yet");
  await Promise.all([bus.ping(), bus.ping()]);
  expect(opened).toBe(2);
  await bus.close();
});

test("a bus that was never opened is closed without being opened", async () => {
  let opened = 0;
  await createLateBus(async () => {
    opened++;
    return createFakeBus();
  }).close();
  expect(opened).toBe(0);
});
