import { createMemoryAccount } from "../../accounts.fake";
import { type Emulator, startEmulator } from "../../emulators/emulator";
import { intercomEmulator } from "../../emulators/intercom";
import { exampleHanding } from "../../handing.example";
import { type Handing, type Receipts, stepNames } from "../../provider";
import { intercom } from ".";
import { apiOf } from "./api";
import { config as shape } from "./config";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator(intercomEmulator);
});
afterEach(() => emulator.stop());

async function carry(changes: Partial<Handing>, settings: Record<string, unknown> = {}) {
  const handing = { ...exampleHanding(), ...changes };
  const config = intercom.config.parse({ ...emulator.config(), ...settings }) as never;
  const receipts: Receipts = {};
  const input = { config, account: createMemoryAccount(), handing, receipts, idempotencyKey: handing.handoverId };
  for (const step of stepNames)
    receipts[step] = await intercom.steps[step]?.({ ...input, signal: AbortSignal.timeout(30_000) });
  const item = emulator.items().find(({ externalId }) => externalId === receipts.conversation?.externalId);
  if (!item) throw new Error("the emulator has the conversation");
  return { handing, item };
}

test("the handover's id goes into the attribute that is named, and one that is gone keeps nobody from a person", async () => {
  const { handing, item } = await carry({});
  expect(item.marks).toContain(handing.handoverId);
  expect((await carry({}, { handoverAttribute: "Long gone" })).item).toMatchObject({ assigned: true });
});

test("after a lost answer, a conversation that cannot be searched yet is waited for, not opened twice", async () => {
  const handing = exampleHanding();
  const config = intercom.config.parse({ ...emulator.config(), searchDelaySeconds: 15 }) as never;
  const input = { config, account: createMemoryAccount(), handing, idempotencyKey: handing.handoverId };
  const contact = await intercom.steps.contact?.({ ...input, receipts: {}, signal: AbortSignal.timeout(30_000) });
  // The search comes before it.
  emulator.fail("lost-answer", 1);
  const opened = intercom.steps.conversation?.({
    ...input,
    receipts: { ...(contact ? { contact } : {}) },
    signal: AbortSignal.timeout(1_000),
  });
  await expect(opened).rejects.toMatchObject({ retry: true, afterMs: 15_000 });
});

test("legacy tags are written where they are wanted", async () => {
  const answer = { ...exampleHanding().transcript[0], author: "ASSISTANT", text: "Is it plugged in?" };
  const transcript = [...exampleHanding().transcript, answer] as Handing["transcript"];
  const changes: Partial<Handing> = { reason: "BLOCKED_TAG", tags: ["Lamps"], transcript };
  expect((await carry(changes, { legacyTags: true })).item.tags.sort()).toEqual([
    "Lamps",
    "ai-agent-replied",
    "ai-agent-tag-blocked",
    "human-handover-requested",
  ]);
  expect((await carry(changes)).item.tags).toEqual(["Lamps"]);
});

test("where tags may not be made, topics are a note", async () => {
  emulator.answer("POST /tags", { id: "404", name: "not there" });
  const { item } = await carry({ tags: ["lamps", "returns"] });
  expect(item.tags).toEqual([]);
  expect(item.notes).toContainEqual(expect.stringMatching(/^Topics\nlamps, returns\s+ref [0-9a-f]{10}$/));
});

test("with nothing left of its limit, Intercom is left alone until the window ends", async () => {
  const account = createMemoryAccount();
  const config = shape.parse(emulator.config());
  const ask = () => apiOf(config, account).request({ method: "GET", path: "/me", signal: AbortSignal.timeout(5_000) });
  emulator.fail("rate-limited");
  const failed = await ask().catch((error: unknown) => error);
  expect(failed).toMatchObject({ retry: true });
  const { afterMs } = failed as { afterMs: number };
  expect(afterMs).toBeGreaterThan(500);
  expect(afterMs).toBeLessThanOrEqual(2_000);
  await expect(ask()).rejects.toMatchObject({ retry: true, message: expect.stringContaining("left alone") });
});
