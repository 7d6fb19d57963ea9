import { createFakeClock } from "../../../kit/clock";
import { type Stage, until } from "../../../test/support/stage";
import { createFailingProvider } from "../provider.failing";
import { type AHandover, aHandover, atRest, deskConfig, handoverSeenBy, openStage } from "./scene";

const minute = 60_000;
const clock = createFakeClock(new Date());
const [desk, second] = [createFailingProvider("INTERCOM"), createFailingProvider("HUBSPOT")];
let on: Stage;
beforeAll(async () => {
  on = await openStage({ clock, providers: [desk.provider, second.provider] });
});
afterAll(() => on.close());
beforeEach(() => {
  desk.mend();
  second.mend();
});

const setting = `mutation ($patience: PatienceInput!) { setPatience(patience: $patience) { waitingMinutes whenNobodyCame } }`;

/** Waits in Intercom for an agent; HubSpot is next. */
async function waiting(patience: object, providers = ["HUBSPOT", "INTERCOM"]): Promise<AHandover> {
  const handover = aHandover();
  await on.ask(handover.service, setting, { patience });
  for (const provider of providers)
    await on.ask(
      handover.service,
      "mutation ($input: ConnectProviderInput!) { connectProvider(input: $input) { id } }",
      {
        input: { provider, config: deskConfig },
      },
    );
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  return handover;
}
const statuses = async (handover: AHandover) =>
  (await handoverSeenBy(on, handover.service, handover.handoverId)).deliveries.map(({ provider, status }) => [
    provider,
    status,
  ]);
/** What conversations says when nobody was quicker. */
const goesOn = (handover: AHandover) => handover.changed("DELIVERING", null, "WAITING");

test("nobody takes it in time: the next desk gets it, with everything the customer wrote, and the former one lets go", async () => {
  const handover = await waiting({ waitingMinutes: 15 });
  await on.hear(handover.wrote(4, "one"));
  await until("it is at the desk", () => desk.items.get(handover.handoverId)?.messages.length === 1);
  clock.advance(15 * minute - 1);
  await on.hear(handover.wrote(5, "two"));
  await until("that, too", () => desk.items.get(handover.handoverId)?.messages.length === 2);
  expect(await statuses(handover)).toEqual([["INTERCOM", "DELIVERED"]]);
  clock.advance(1);
  const [unclaimed] = await on.said("delivery.unclaimed", handover.conversationId);
  expect(unclaimed?.data).toMatchObject({ waitedMinutes: 15, goesTo: "NEXT_DESK", delivery: { provider: "INTERCOM" } });
  // Nothing moves before conversations has said that no agent was quicker.
  expect(await statuses(handover)).toEqual([["INTERCOM", "DELIVERED"]]);
  await on.hear(goesOn(handover));
  const delivered = await on.said("handover.delivered", handover.conversationId, 2);
  expect(delivered[1]?.data.delivery.provider).toBe("HUBSPOT");
  await on.hear(handover.wrote(6, "three"));
  await until("all of it is there", () => second.items.get(handover.handoverId)?.messages.length === 3);
  expect(second.items.get(handover.handoverId)).toMatchObject({ assigned: true, messages: ["one", "two", "three"] });
  await until("the former desk lets go", () => desk.items.get(handover.handoverId)?.closed);
  expect(await statuses(handover)).toEqual([
    ["INTERCOM", "UNCLAIMED"],
    ["HUBSPOT", "DELIVERED"],
  ]);
  await on.hear({ ...goesOn(handover) });
  expect(await on.said("delivery.started", handover.conversationId)).toHaveLength(2);
  expect(await on.said("delivery.unclaimed", handover.conversationId)).toHaveLength(1);
});

test("every desk gets its time; with none left it goes back to the assistant", async () => {
  const handover = await waiting({ waitingMinutes: 15 }, ["INTERCOM"]);
  clock.advance(15 * minute);
  await on.said("delivery.unclaimed", handover.conversationId);
  await on.hear(goesOn(handover));
  expect((await on.said("handover.delivered", handover.conversationId, 2))[1]?.data.delivery.provider).toBe("CONSOLE");
  clock.advance(15 * minute);
  const unclaimed = await on.said("delivery.unclaimed", handover.conversationId, 2);
  expect(unclaimed[1]?.data).toMatchObject({ goesTo: "ASSISTANT", delivery: { provider: "CONSOLE" } });
  await on.hear(handover.changed("EXPIRED", null, "WAITING"));
  await until("nothing waits any longer", async () => (await statuses(handover))[1]?.[1] === "CLOSED");
  const queue = await on.ask<{ handoverQueue: unknown[] }>(handover.agent(), "{ handoverQueue { id } }");
  expect(queue.handoverQueue).toEqual([]);
});

test("by setting it goes back to the assistant at once, whatever other desks there are", async () => {
  const handover = await waiting({ waitingMinutes: 5, whenNobodyCame: "ASSISTANT" });
  clock.advance(5 * minute);
  const [unclaimed] = await on.said("delivery.unclaimed", handover.conversationId);
  expect(unclaimed?.data).toMatchObject({ waitedMinutes: 5, goesTo: "ASSISTANT" });
});

test("who was taken waits no longer", async () => {
  const handover = await waiting({ waitingMinutes: 5 });
  await on.hear(handover.changed("ACTIVE", "Ines", "WAITING"));
  const other = await waiting({ waitingMinutes: 5 });
  clock.advance(60 * minute);
  await on.said("delivery.unclaimed", other.conversationId);
  expect(await statuses(handover)).toEqual([["INTERCOM", "DELIVERED"]]);
  expect(await on.said("delivery.unclaimed", handover.conversationId, 0)).toEqual([]);
});

test("an agent who comes before the next desk has it keeps it where they found it", async () => {
  const handover = await waiting({ waitingMinutes: 5 });
  clock.advance(5 * minute);
  await on.said("delivery.unclaimed", handover.conversationId);
  second.fail("assign", "again", 1_000);
  await on.hear(goesOn(handover));
  await until("the next desk has half of it", () => second.items.get(handover.handoverId));
  await on.hear(handover.changed("ACTIVE", "Ines", "DELIVERING"));
  clock.advance(minute);
  await until("what was begun there is taken away", () => second.items.get(handover.handoverId)?.closed);
  await on.hear(handover.wrote(4, "hello Ines"));
  await until("she reads it", () => desk.items.get(handover.handoverId)?.messages.includes("hello Ines"));
  expect(desk.items.get(handover.handoverId)?.closed).toBe(false);
  expect(await statuses(handover)).toEqual([
    ["INTERCOM", "DELIVERED"],
    ["HUBSPOT", "FAILED"],
  ]);
});

test("a desk is waited for no longer than its people", async () => {
  desk.down("again");
  const handover = aHandover();
  await on.ask(handover.service, setting, { patience: { waitingMinutes: 5, moveOnAfterSeconds: 7_200 } });
  const connecting = "mutation ($input: ConnectProviderInput!) { connectProvider(input: $input) { id } }";
  await on.ask(handover.service, connecting, { input: { provider: "INTERCOM", config: deskConfig } });
  await on.hear(handover.requested, handover.summarized);
  await until("it was tried", async () => desk.calls.at(-1) === "conversation" && (await atRest(on, clock.now())));
  clock.advance(5 * minute);
  expect((await on.said("handover.delivered", handover.conversationId))[0]?.data.delivery.provider).toBe("CONSOLE");
});

test("patience that is set later counts for who waits already", async () => {
  const handover = await waiting({});
  clock.advance(30 * minute);
  await on.ask(handover.service, setting, { patience: { waitingMinutes: 20 } });
  const [unclaimed] = await on.said("delivery.unclaimed", handover.conversationId);
  expect(unclaimed?.data).toMatchObject({ waitedMinutes: 30 });
});
