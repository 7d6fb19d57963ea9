import { type Stage, until } from "../../../test/support/stage";
import { type Emulator, startEmulator } from "../emulators/emulator";
import { freshchatEmulator } from "../emulators/freshchat";
import { freshdeskEmulator } from "../emulators/freshdesk";
import { hubspotEmulator } from "../emulators/hubspot";
import { markOf } from "../provider.text";
import { type AHandover, aHandover, connect, openStage } from "./scene";

let on: Stage;
let desk: Emulator;

beforeAll(async () => {
  on = await openStage({ settings: { stepTimeoutMs: 400, longestPauseMs: 100, patience: { moveOnAfterSeconds: 1 } } });
});
afterAll(() => on.close());
beforeEach(async () => {
  desk = await startEmulator(freshdeskEmulator);
});
afterEach(() => desk.stop());

const ticketOf = ({ handoverId }: AHandover) => desk.items().find(({ marks }) => marks.includes(markOf(handoverId)));

test("a ticket is made, and the desk is silent until the next one has the handover: it closes when the desk is back", async () => {
  const handover = aHandover();
  await connect(on, handover, "FRESHDESK", desk.config());
  desk.fail("lost-answer", 1);
  desk.fail("error", 2, 1_000);
  await on.hear(handover.requested, handover.summarized);
  const [delivered] = await on.said("handover.delivered", handover.conversationId);
  expect(delivered?.data.delivery.provider).toBe("CONSOLE");
  expect(ticketOf(handover)?.closed).toBe(false);
  desk.mend();
  await until("the ticket is closed", () => ticketOf(handover)?.closed);
});

test("a ticket is made without an answer, and no desk is waited for: it closes when the next one has the handover", async () => {
  const handover = aHandover();
  const setting = "mutation ($patience: PatienceInput!) { setPatience(patience: $patience) { moveOnAfterSeconds } }";
  await on.ask(handover.service, setting, { patience: { moveOnAfterSeconds: 0 } });
  await connect(on, handover, "FRESHDESK", desk.config());
  desk.fail("lost-answer", 1);
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  await until("the ticket is closed", () => ticketOf(handover)?.closed, 6_000);
});

test("a ticket is made, and the customer cancels before that is known: it closes once it can be searched", async () => {
  const handover = aHandover();
  const search = `GET /api/v2/search/tickets?${new URLSearchParams({ query: `"tag:'${markOf(handover.handoverId)}'"` })}`;
  await connect(on, handover, "FRESHDESK", { ...desk.config(), searchDelaySeconds: 1 });
  desk.answer(search, { total: 0, results: [] });
  desk.fail("lost-answer", 1);
  await on.hear(handover.requested, handover.summarized);
  const id = await until("the ticket is made", () => ticketOf(handover)?.externalId);
  await on.hear(handover.changed("CANCELLED"));
  setTimeout(() => desk.answer(search, { total: 1, results: [{ id: Number(id), status: 2 }] }), 500);
  await until("the ticket is closed", () => ticketOf(handover)?.closed);
});

test.each([
  [freshchatEmulator, "POST /v2/conversations"],
  [hubspotEmulator, "POST /conversations/custom-channels/2026-03/5001/messages"],
])("%#: opened without an answer, and the customer cancels: it closes, and no other", async (definition, opening) => {
  const other = await startEmulator(definition);
  const opened = () => other.received.some(({ method, path }) => `${method} ${path}` === opening);
  // The second already finds the customer, as the third will.
  for (const before of [aHandover(), aHandover()]) {
    other.received.length = 0;
    await connect(on, before, definition.name, other.config());
    await on.hear(before.requested, before.summarized);
    await on.said("handover.delivered", before.conversationId);
  }
  const requests = other.received.findIndex(({ method, path }) => `${method} ${path}` === opening);
  other.received.length = 0;
  const handover = aHandover();
  await connect(on, handover, definition.name, other.config());
  other.fail("lost-answer", requests);
  await on.hear(handover.requested, handover.summarized);
  await until("it is opened", opened);
  await on.hear(handover.changed("CANCELLED"));
  const closed = () => other.items().map((item) => item.closed);
  await until("it is closed", () => closed().includes(true), 6_000);
  expect(closed()).toEqual([false, false, true]);
  await other.stop();
});
