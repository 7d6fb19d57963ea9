import { randomUUID } from "node:crypto";
import { newEvent } from "../../../schema/events/catalogue";
import { type Stage, until } from "../../../test/support/stage";
import { type Emulator, startEmulator } from "../emulators/emulator";
import { freshchatEmulator } from "../emulators/freshchat";
import { aHandover, connect, openStage } from "./scene";

let on: Stage;
let desk: Emulator;
beforeAll(async () => {
  [on, desk] = await Promise.all([
    openStage({ settings: { stepTimeoutMs: 3_000, firstRetryMs: 3_000 } }),
    startEmulator(freshchatEmulator),
  ]);
});
afterAll(() => Promise.all([on.close(), desk.stop()]));

test("a desk takes the end of one handover late: the next one, in the same conversation there, stays open", async () => {
  const first = aHandover();
  const { conversationId, workspaceId } = first;
  await connect(on, first, "FRESHCHAT", desk.config());
  await on.hear(first.requested, first.summarized);
  await on.said("handover.delivered", conversationId);
  const asked = desk.received.length;
  desk.fail("error");
  await on.hear(first.changed("ENDED"));
  await until("it cannot be closed yet", () => desk.received.length > asked);

  const { handover } = first.requested.data;
  const second = { ...handover, id: randomUUID(), requestedAt: new Date().toISOString() };
  const facts = { workspaceId, conversationId };
  await on.hear(
    newEvent("handover.requested", { ...facts, data: { ...first.requested.data, handover: second } }),
    newEvent("summary.written", { ...facts, data: { ...first.summarized.data, handoverId: second.id } }),
  );
  const [one, two] = await on.said("handover.delivered", conversationId, 2);
  expect(two?.data.externalId).toBe(one?.data.externalId);
  await until("the first is over here", async () => {
    const [{ status }] = await on.db.query("select status from delivery where handover_id = $1", [first.handoverId]);
    return status === "CLOSED";
  });
  expect(desk.items().find(({ externalId }) => externalId === one?.data.externalId)?.closed).toBe(false);
  const ended = { ...first.changed("ENDED").data, handover: { ...second, status: "ENDED" as const } };
  await on.hear(newEvent("handover.changed", { ...facts, data: ended }));
  await until(
    "and closes with the second",
    () => desk.items().find(({ externalId }) => externalId === one?.data.externalId)?.closed,
  );
});
