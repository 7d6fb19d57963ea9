import { createFakeClock } from "../../../kit/clock";
import { type Stage, until } from "../../../test/support/stage";
import { createFailingProvider } from "../provider.failing";
import { keepCall } from "../webhook.rows";
import { type AHandover, aHandover, atRest, connect, deskConfig, handoverSeenBy, openStage, telling } from "./scene";

const minute = 60_000;
const clock = createFakeClock(new Date());
const [desk, second] = [createFailingProvider("INTERCOM"), createFailingProvider("HUBSPOT")];
let on: Stage;
beforeAll(async () => {
  on = await openStage({ clock, providers: [telling(desk.provider), telling(second.provider)] });
});
afterAll(() => on.close());
beforeEach(() => {
  desk.mend();
  second.mend();
});

const statuses = async (handover: AHandover) =>
  (await handoverSeenBy(on, handover.service, handover.handoverId)).deliveries.map(({ provider, status }) => [
    provider,
    status,
  ]);

/** An agent takes it at this desk, and conversations hears of it. */
async function joins(handover: AHandover, connectionId: string, externalId: string): Promise<void> {
  const { workspaceId, conversationId } = handover;
  const event = { kind: "JOINED", externalId, eventId: `joined/${externalId}`, agent: { id: "1", name: "Ines" } };
  const body = Buffer.from(JSON.stringify([event]));
  await keepCall(on.db.manager, { workspaceId, connectionId, callId: null, body, receivedAt: clock.now() });
  await on.said("agent.joined", conversationId);
  await on.hear(handover.changed("ACTIVE", "Ines", "DELIVERING"));
}

test("at the next desk, before it has all of it: it stays with them there, and the former desk lets go", async () => {
  const handover = aHandover();
  const setting = "mutation ($patience: PatienceInput!) { setPatience(patience: $patience) { waitingMinutes } }";
  await on.ask(handover.service, setting, { patience: { waitingMinutes: 5 } });
  const next = await connect(on, handover, "HUBSPOT", deskConfig);
  await connect(on, handover, "INTERCOM", deskConfig);
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  clock.advance(5 * minute);
  await on.said("delivery.unclaimed", handover.conversationId);
  second.fail("assign", "again", 1_000);
  await on.hear(handover.changed("DELIVERING", null, "WAITING"));
  const item = () => second.items.get(handover.handoverId);
  await until("the next desk has half of it", () => item()?.summary);
  await joins(handover, next, item()?.externalId ?? "");
  second.mend();
  clock.advance(minute);
  await on.hear(handover.wrote(4, "hello Ines"));
  await until("she reads it", () => item()?.messages.includes("hello Ines"));
  await until("the former desk lets go", () => desk.items.get(handover.handoverId)?.closed);
  expect(item()?.closed).toBe(false);
  expect(await statuses(handover)).toEqual([
    ["INTERCOM", "UNCLAIMED"],
    ["HUBSPOT", "DELIVERED"],
  ]);
});

test.each([
  ["goes wrong for too long", "again"],
  ["is refused for good", "never"],
] as const)("where the last step %s: it stays with them, and no other desk gets it", async (_, fault) => {
  const handover = aHandover();
  await connect(on, handover, "HUBSPOT", deskConfig);
  const first = await connect(on, handover, "INTERCOM", deskConfig);
  desk.fail("assign", "again", 1_000);
  await on.hear(handover.requested, handover.summarized);
  const item = () => desk.items.get(handover.handoverId);
  await until("it has half of it", async () => item()?.summary && (await atRest(on, clock.now())));
  await joins(handover, first, item()?.externalId ?? "");
  desk.mend();
  desk.fail("assign", fault, 1_000);
  clock.advance(3 * minute);
  await on.hear(handover.wrote(4, "hello Ines"));
  await until("she reads it", () => item()?.messages.includes("hello Ines"));
  expect(item()?.closed).toBe(false);
  expect(await statuses(handover)).toEqual([["INTERCOM", "DELIVERED"]]);
});
