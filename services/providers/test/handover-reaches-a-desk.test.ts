import { randomUUID } from "node:crypto";
import { type Stage, until } from "../../../test/support/stage";
import { createFailingProvider, type FailingProvider } from "../provider.failing";
import { aHandover, connect, deskConfig, handoverSeenBy, linkConfig, openStage } from "./scene";

let on: Stage;
let desk: FailingProvider;
beforeAll(async () => {
  desk = createFailingProvider("INTERCOM");
  on = await openStage({ providers: [desk.provider] });
});
afterAll(() => on.close());

const status = async (handover: ReturnType<typeof aHandover>) =>
  (await handoverSeenBy(on, handover.service, handover.handoverId)).deliveries.map((delivery) => delivery.status);

test("without a connection the console gets it, with the summary, once for events that come twice", async () => {
  const handover = aHandover();
  // One after the other: heard together, either may come first, and the later one is the cause.
  await on.hear(handover.requested);
  await on.hear(handover.summarized);
  const [delivered] = await on.said("handover.delivered", handover.conversationId);
  expect(delivered).toMatchObject({
    causationid: handover.summarized.id,
    data: { delivery: { handoverId: handover.handoverId, provider: "CONSOLE", connectionId: null }, mode: "DESK" },
  });
  await on.hear({ ...handover.requested, id: randomUUID() }, { ...handover.summarized, id: randomUUID() });
  const { deliveries, link } = await handoverSeenBy(on, handover.service, handover.handoverId);
  expect(deliveries).toMatchObject([
    {
      provider: "CONSOLE",
      status: "DELIVERED",
      steps: [{ name: "conversation", done: true }],
      attempts: [{ outcome: "DONE" }],
    },
  ]);
  expect(link).toBeNull();
  expect(await on.said("handover.delivered", handover.conversationId)).toHaveLength(1);
  expect(await on.said("delivery.started", handover.conversationId)).toHaveLength(1);
});

test("a summary that comes before the request it belongs to is not lost", async () => {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  await on.hear(handover.summarized);
  await on.hear(handover.requested);
  await on.said("handover.delivered", handover.conversationId);
  expect(desk.items.get(handover.handoverId)).toMatchObject({
    summary: "My lamp arrived broken\n\nMood: calm",
    assigned: true,
  });
});

test("a link gets its filled address, and the customer sees it with the text to paste", async () => {
  const handover = aHandover();
  await connect(on, handover, "LINK", linkConfig);
  await on.hear(handover.requested, handover.summarized);
  const [delivered] = await on.said("handover.delivered", handover.conversationId);
  const url = "https://help.example.com/contact?email=mia%40example.com&subject=My%20lamp%20arrived%20broken";
  expect(delivered?.data).toMatchObject({ mode: "LINK", url });
  await on.hear(handover.changed("ENDED"));
  const seen = { url, copyText: "My lamp arrived broken\n\nMood: calm" };
  expect(await handoverSeenBy(on, handover.customer, handover.handoverId)).toEqual({ deliveries: [], link: seen });
  expect((await handoverSeenBy(on, handover.agent(), handover.handoverId)).link).toEqual(seen);
});

test("nobody sees a delivery or a link of another workspace or conversation", async () => {
  const handover = aHandover();
  await connect(on, handover, "LINK", linkConfig);
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  const nothing = { deliveries: [], link: null };
  const otherCustomer = { ...aHandover(handover.workspaceId).customer };
  for (const stranger of [
    aHandover().agent(),
    aHandover().service,
    aHandover().customer,
    otherCustomer,
    { role: "OPERATOR" } as const,
  ])
    expect(await handoverSeenBy(on, stranger, handover.handoverId)).toEqual(nothing);
});

test("what the customer writes afterwards follows in order, even before the desk has the handover", async () => {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  await on.hear(handover.requested, handover.wrote(4, "one"), handover.wrote(5, "two"));
  await on.hear(handover.summarized, handover.wrote(6, "three"));
  await until("the messages are in the desk", () => desk.items.get(handover.handoverId)?.messages.length === 3);
  expect(desk.items.get(handover.handoverId)?.messages).toEqual(["one", "two", "three"]);
});

test("when the handover is over, the desk's item closes", async () => {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  await on.hear(handover.changed("ENDED"));
  await until("the item is closed", () => desk.items.get(handover.handoverId)?.closed);
  await until("the delivery is closed", async () => (await status(handover))[0] === "CLOSED");
});

test("a handover that is cancelled while it waits for its summary reaches no desk", async () => {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  await on.hear(handover.requested, handover.changed("CANCELLED"));
  await until("the delivery is cancelled", async () => (await status(handover))[0] === "CANCELLED");
  await on.hear(handover.summarized);
  expect(desk.items.has(handover.handoverId)).toBe(false);
  expect(await status(handover)).toEqual(["CANCELLED"]);
});

test("a workspace that changes its provider: running handovers finish where they are", async () => {
  const running = aHandover();
  const former = await connect(on, running, "INTERCOM", deskConfig);
  await on.hear(running.requested);
  await connect(on, running, "LINK", linkConfig);
  await on.ask(running.service, "mutation ($id: ID!) { deleteConnection(id: $id) }", { id: former });
  await on.hear(running.summarized);
  await on.said("handover.delivered", running.conversationId);
  expect(desk.items.get(running.handoverId)?.assigned).toBe(true);
  await on.hear(running.changed("ENDED"));
  await until(
    "the desk's item is closed with the credentials it needs",
    () => desk.items.get(running.handoverId)?.closed,
  );
  const next = aHandover(running.workspaceId);
  await on.hear(next.requested, next.summarized);
  expect((await on.said("handover.delivered", next.conversationId))[0]?.data.mode).toBe("LINK");
});

test("many at once, more than are carried side by side, all get there", async () => {
  const handovers = Array.from({ length: 40 }, () => aHandover());
  await on.hear(...handovers.flatMap(({ requested, summarized }) => [requested, summarized]));
  for (const { conversationId } of handovers)
    expect(await on.said("handover.delivered", conversationId)).toHaveLength(1);
});
