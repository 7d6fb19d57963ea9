import { type Stage, until } from "../../../test/support/stage";
import { type Emulator, startEmulator } from "../emulators/emulator";
import { freshdeskEmulator } from "../emulators/freshdesk";
import { markOf } from "../provider.text";
import { aHandover, connect, openStage } from "./scene";

/** New tickets are in the desk's search so late. */
const indexedAfterMs = 1_000;
let on: Stage;
let desk: Emulator;

beforeAll(async () => {
  // Shorter than a request's own time: what is left of a step when the search before took long.
  on = await openStage({ settings: { stepTimeoutMs: 400 } });
});
afterAll(() => on.close());
beforeEach(async () => {
  desk = await startEmulator(freshdeskEmulator);
});
afterEach(() => desk.stop());

/** What a killed process leaves behind, some seconds later. */
const leaseEnds = () =>
  on.db.query("update delivery set lease = gen_random_uuid(), leased_until = now() where lease is not null");

test.each<[string, () => Promise<unknown>]>([
  ["the time of the step is up", async () => {}],
  ["the service stops and starts again", () => on.restart()],
  ["its process is killed and another takes over", leaseEnds],
])("a ticket is made, and %s before that is known: there is one in the end", async (_, happens) => {
  const handover = aHandover();
  const mark = markOf(handover.handoverId);
  const made = () => desk.items().filter(({ marks }) => marks.includes(mark));
  const search = `GET /api/v2/search/tickets?${new URLSearchParams({ query: `"tag:'${mark}'"` })}`;
  await connect(on, handover, "FRESHDESK", { ...desk.config(), searchDelaySeconds: 2 });
  desk.answer(search, { total: 0, results: [] });
  desk.fail("lost-answer", 1);
  await on.hear(handover.requested, handover.summarized);
  const externalId = await until("the ticket is made", () => made()[0]?.externalId);
  setTimeout(() => desk.answer(search, { total: 1, results: [{ id: Number(externalId), status: 2 }] }), indexedAfterMs);
  await happens();
  const [delivered] = await on.said("handover.delivered", handover.conversationId);
  expect(delivered?.data.externalId).toBe(externalId);
  expect(made()).toHaveLength(1);
});
