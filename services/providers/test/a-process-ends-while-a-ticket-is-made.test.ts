import { type Stage, until } from "../../../test/support/stage";
import { type Emulator, startEmulator } from "../emulators/emulator";
import { freshdeskEmulator } from "../emulators/freshdesk";
import { markOf } from "../provider.text";
import { aHandover, connect, openStage } from "./scene";

let on: Stage;
let desk: Emulator;

beforeAll(async () => {
  // Nobody hears of a time-out before the process is gone.
  on = await openStage({ settings: { stepTimeoutMs: 20_000, longestPauseMs: 100 } });
});
afterAll(() => on.close());
beforeEach(async () => {
  desk = await startEmulator(freshdeskEmulator);
});
afterEach(() => desk.stop());

/** What a killed process leaves behind, a moment before its lease ends. */
const killed = () =>
  on.db.query("update delivery set lease = gen_random_uuid(), leased_until = now() + interval '500 ms'");

test.each<[string, () => Promise<unknown>]>([
  ["its process is killed", killed],
  ["the service stops and starts again", () => on.restart()],
])("a ticket is made, %s, and the customer cancels before anybody goes on: the ticket closes", async (_, happens) => {
  const handover = aHandover();
  const mark = markOf(handover.handoverId);
  const ticket = () => desk.items().find(({ marks }) => marks.includes(mark));
  const search = `GET /api/v2/search/tickets?${new URLSearchParams({ query: `"tag:'${mark}'"` })}`;
  await connect(on, handover, "FRESHDESK", { ...desk.config(), searchDelaySeconds: 2 });
  desk.answer(search, { total: 0, results: [] });
  desk.fail("lost-answer", 1);
  await on.hear(handover.requested, handover.summarized);
  const id = await until("the ticket is made", () => ticket()?.externalId);
  await happens();
  await on.hear(handover.changed("CANCELLED"));
  setTimeout(() => desk.answer(search, { total: 1, results: [{ id: Number(id), status: 2 }] }), 1_000);
  await until("the ticket is closed", () => ticket()?.closed, 6_000);
});
