import { type Stage, until } from "../../../test/support/stage";
import { createFailingProvider, type FailingProvider } from "../provider.failing";
import { aHandover, connect, deskConfig, handoverSeenBy, openStage } from "./scene";

let on: Stage;
let desk: FailingProvider;
beforeAll(async () => {
  desk = createFailingProvider("INTERCOM");
  on = await openStage({ providers: [desk.provider], settings: { stepTimeoutMs: 20_000, leaseMs: 300 } });
});
afterAll(() => on.close());

test.each(["conversation", "transcript", "assign"] as const)(
  "stopped in step %s, it goes on there after the start, with one item in the desk",
  async (step) => {
    const handover = aHandover();
    await connect(on, handover, "INTERCOM", deskConfig);
    const before = desk.items.size;
    const called = desk.calls.length;
    // The step takes effect and its answer never comes: the process ends while it waits.
    desk.fail(step, "lost-answer");
    await on.hear(handover.requested, handover.summarized);
    await until(`${step} was called`, () => desk.calls.slice(called).includes(step));
    await on.restart();
    await on.said("handover.delivered", handover.conversationId);
    expect(desk.items.size).toBe(before + 1);
    const { deliveries } = await handoverSeenBy(on, handover.service, handover.handoverId);
    expect(deliveries).toHaveLength(1);
    // That it may have been made is kept, in case nobody makes up for it.
    const stopped = step === "conversation" ? ["AGAIN"] : [];
    expect(deliveries[0]?.attempts.map(({ outcome }) => outcome)).toEqual([...stopped, ...Array(4).fill("DONE")]);
    expect(await on.said("handover.delivered", handover.conversationId)).toHaveLength(1);
  },
);

test("killed with the lease in its hand, another worker takes over when it runs out", async () => {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  await on.hear(handover.requested);
  // What a killed process leaves: a delivery under way, leased, its first step done at the desk but not written down.
  await on.db.query(
    `update delivery set status = 'DELIVERING', due_at = now(), lease = gen_random_uuid(), leased_until = now() + interval '500 ms'
     where handover_id = $1`,
    [handover.handoverId],
  );
  await on.hear(handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  expect(desk.items.get(handover.handoverId)?.assigned).toBe(true);
});

test("a worker that lost its lease keeps nothing", async () => {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  const called = desk.calls.length;
  desk.fail("transcript", "hangs");
  await on.hear(handover.requested, handover.summarized);
  await until("transcript was called", () => desk.calls.slice(called).includes("transcript"));
  await on.db.query("update delivery set lease = gen_random_uuid(), leased_until = now() where handover_id = $1", [
    handover.handoverId,
  ]);
  await on.said("handover.delivered", handover.conversationId);
  await on.restart();
  const { deliveries } = await handoverSeenBy(on, handover.service, handover.handoverId);
  expect(deliveries[0]?.attempts.map(({ step, outcome }) => [step, outcome])).toEqual([
    ["conversation", "DONE"],
    ["transcript", "DONE"],
    ["summary", "DONE"],
    ["assign", "DONE"],
  ]);
});
