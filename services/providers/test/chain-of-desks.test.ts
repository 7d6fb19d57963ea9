import type { Stage } from "../../../test/support/stage";
import { type Emulator, startEmulator } from "../emulators/emulator";
import { zendeskMessagingEmulator } from "../emulators/zendesk-messaging";
import { zendeskTicketsEmulator } from "../emulators/zendesk-tickets";
import { type AHandover, aHandover, connect, handoverSeenBy, linkConfig, openStage } from "./scene";

let on: Stage;
let messaging: Emulator;
let tickets: Emulator;
beforeAll(async () => {
  [on, messaging, tickets] = await Promise.all([
    openStage({ settings: { stepTimeoutMs: 5_000, patience: { moveOnAfterSeconds: 0 } } }),
    startEmulator(zendeskMessagingEmulator),
    startEmulator(zendeskTicketsEmulator),
  ]);
});
afterAll(() => Promise.all([on.close(), messaging.stop(), tickets.stop()]));
afterEach(() => {
  messaging.mend();
  tickets.mend();
});

const ordering = "mutation ($ids: [ID!]!) { orderConnections(ids: $ids) { id provider primary } }";

/** Zendesk Messaging, then Zendesk Tickets, then a link, whatever they were connected in. */
async function chain(): Promise<AHandover> {
  const handover = aHandover();
  const link = await connect(on, handover, "LINK", linkConfig);
  const ticket = await connect(on, handover, "ZENDESK_TICKETS", tickets.config());
  const message = await connect(on, handover, "ZENDESK_MESSAGING", messaging.config());
  const { orderConnections } = await on.ask<{ orderConnections: unknown }>(handover.service, ordering, {
    ids: [message, ticket, link],
  });
  expect(orderConnections).toEqual([
    { id: message, provider: "ZENDESK_MESSAGING", primary: true },
    { id: ticket, provider: "ZENDESK_TICKETS", primary: false },
    { id: link, provider: "LINK", primary: false },
  ]);
  return handover;
}

test.each([
  ["ZENDESK_MESSAGING", []],
  ["ZENDESK_TICKETS", [() => messaging]],
  ["LINK", [() => messaging, () => tickets]],
] as const)("%s takes it when those before it are down", async (provider, down) => {
  const handover = await chain();
  for (const desk of down) desk().fail("error", 0, 1_000);
  await on.hear(handover.requested, handover.summarized);
  const [delivered] = await on.said("handover.delivered", handover.conversationId);
  expect(delivered?.data).toMatchObject({ mode: provider === "LINK" ? "LINK" : "DESK", delivery: { provider } });
  expect(await on.said("delivery.failed", handover.conversationId, down.length)).toHaveLength(down.length);
  const { link } = await handoverSeenBy(on, handover.customer, handover.handoverId);
  expect(link === null).toBe(provider !== "LINK");
});

test("those that are not named follow; an id that is not there, or twice, is refused by name", async () => {
  const { service, agent } = aHandover();
  const ids = [
    await connect(on, { service }, "LINK", linkConfig),
    await connect(on, { service }, "LINK", linkConfig),
    await connect(on, { service }, "LINK", linkConfig),
  ];
  const ordered = async (wanted: string[]) =>
    (await on.ask<{ orderConnections: { id: string }[] }>(service, ordering, { ids: wanted })).orderConnections.map(
      ({ id }) => id,
    );
  expect(await ordered([ids[1] ?? ""])).toEqual([ids[1], ids[2], ids[0]]);
  expect(await ordered([ids[0] ?? ""])).toEqual([ids[0], ids[1], ids[2]]);
  const strange = await connect(on, aHandover(), "LINK", linkConfig);
  for (const [wanted, field] of [
    [[ids[0], ids[0]], "ids.1"],
    [[strange], "ids.0"],
    [["no id"], "ids.0"],
  ] as const)
    expect((await on.refusal(service, ordering, { ids: wanted }))?.extensions).toMatchObject({
      code: "BAD_INPUT",
      field,
    });
  expect((await on.refusal(agent(), ordering, { ids }))?.extensions.code).toBe("FORBIDDEN");
  expect(await ordered([])).toEqual([ids[0], ids[1], ids[2]]);
});
