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

type Handover = ReturnType<typeof aHandover>;

/** The summary as the customer put it right. */
function corrected({ summarized }: Handover, version: number, text: string): Handover["summarized"] {
  const { handoverId, conversation, summary } = summarized.data;
  const changed = { ...summary, id: randomUUID(), version, correctedBy: "CUSTOMER" as const, text };
  return { ...summarized, id: randomUUID(), data: { handoverId, conversation, summary: changed } };
}

test("a correction that comes before the handover has gone is what goes, whichever arrives first", async () => {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  await on.hear(corrected(handover, 2, "The lamp was blue"), handover.summarized);
  await on.hear(handover.requested);
  await on.said("handover.delivered", handover.conversationId);
  expect(desk.items.get(handover.handoverId)).toMatchObject({ summary: "The lamp was blue", messages: [] });
});

test("a correction after the desk has the summary follows as an addition, once, and what was sent stays", async () => {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  const correction = corrected(handover, 2, "The lamp was blue");
  await on.hear(correction, { ...correction, id: randomUUID() });
  await on.hear(handover.wrote(9, "and one more thing"));
  await until("all of it is there", () => desk.items.get(handover.handoverId)?.messages.length === 2);
  expect(desk.items.get(handover.handoverId)).toMatchObject({
    summary: "My lamp arrived broken\n\nMood: calm",
    messages: ["The customer has changed the summary. It now reads:\n\nThe lamp was blue", "and one more thing"],
  });
});

test("what the customer pastes at a link is the summary as they put it right", async () => {
  const handover = aHandover();
  await connect(on, handover, "LINK", linkConfig);
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  await on.hear(corrected(handover, 2, "The lamp was blue"));
  const { link } = await handoverSeenBy(on, handover.customer, handover.handoverId);
  expect(link).toMatchObject({ copyText: "The lamp was blue" });
});
