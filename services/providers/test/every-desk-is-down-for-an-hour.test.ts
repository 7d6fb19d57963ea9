import { createFakeClock } from "../../../kit/clock";
import { type Stage, until } from "../../../test/support/stage";
import { desks } from "../desks";
import { emulators } from "../emulators";
import { type Emulator, startEmulator } from "../emulators/emulator";
import { aHandover, atRest, handoverSeenBy, openStage } from "./scene";

const minute = 60_000;
const clock = createFakeClock(new Date());
let on: Stage;
let emulator: Emulator;

beforeAll(async () => {
  on = await openStage({ clock, settings: { stepTimeoutMs: 5_000 } });
});
afterAll(() => on.close());
afterEach(() => emulator.stop());

const connecting = "mutation ($input: ConnectProviderInput!) { connectProvider(input: $input) { id } }";

test.each(desks.map((desk) => [desk.title, desk] as const))(
  "%s answers nothing but errors for an hour: one conversation, one summary, every message in order",
  async (_, desk) => {
    const definition = emulators.find(({ name }) => name === desk.name);
    if (!definition) throw new Error("every desk has an emulator");
    emulator = await startEmulator(definition);
    const handover = aHandover();
    const input = { provider: desk.name, config: emulator.config(), patience: { moveOnAfterSeconds: 7_200 } };
    await on.ask(handover.service, connecting, { input });
    emulator.fail("error", 0, 1_000_000);
    await on.hear(handover.requested, handover.summarized);
    for (let gone = 0; gone < 60; gone += 5) {
      await until("it was asked", () => atRest(on, clock.now()));
      const before = emulator.received.length;
      clock.advance(5 * minute);
      await until("it is asked again", () => emulator.received.length > before);
      if (gone === 20) await on.hear(handover.wrote(4, "first word"));
      if (gone === 40) await on.hear(handover.wrote(5, "second word"));
    }
    expect(
      emulator.items().filter(({ notes, customerMessages }) => notes.length + customerMessages.length > 0),
    ).toEqual([]);
    emulator.mend();
    const { deliveries } = await until("the desk has it", async () => {
      clock.advance(minute);
      const seen = await handoverSeenBy(on, handover.service, handover.handoverId);
      return seen.deliveries[0]?.status === "DELIVERED" && seen;
    });
    expect(deliveries.map(({ provider, status }) => [provider, status])).toEqual([[desk.name, "DELIVERED"]]);
    const item = await until("the messages followed", () =>
      emulator.items().find(({ customerMessages }) => customerMessages.some((text) => text.includes("second word"))),
    );
    expect(item).toMatchObject({ externalId: deliveries[0]?.externalId, assigned: true, closed: false });
    const at = (word: string) => item.customerMessages.flatMap((text, index) => (text.includes(word) ? index : []));
    expect(at("first word")).toHaveLength(1);
    expect(at("second word")).toHaveLength(1);
    expect(at("first word")[0]).toBeLessThan(at("second word")[0] ?? 0);
    expect(item.notes.filter((text) => text.includes("Mood: calm"))).toHaveLength(1);
    expect(emulator.items().filter(({ notes }) => notes.length > 0)).toHaveLength(1);
    expect(await on.said("handover.delivered", handover.conversationId)).toHaveLength(1);
  },
  60_000,
);
