import { type Stage, until } from "../../../test/support/stage";
import { type Emulator, startEmulator } from "../emulators/emulator";
import { freshdeskEmulator } from "../emulators/freshdesk";
import { forgetLooks } from "../look-again";
import { aHandover, connect, openStage } from "./scene";

const lookAgainMs = 100;
let on: Stage;
let desk: Emulator;
beforeAll(async () => {
  [on, desk] = await Promise.all([
    openStage({ settings: { stepTimeoutMs: 3_000, lookAgainMs } }),
    startEmulator(freshdeskEmulator),
  ]);
});
afterAll(() => Promise.all([on.close(), desk.stop()]));

/** A handover in a desk whose calls reach nobody. */
async function delivered() {
  const handover = aHandover();
  const connectionId = await connect(on, handover, "FRESHDESK", desk.config());
  await on.hear(handover.requested, handover.summarized);
  const [said] = await on.said("handover.delivered", handover.conversationId);
  desk.webhooksTo(null);
  return { ...handover, connectionId, externalId: said?.data.externalId ?? "" };
}

const looksAt = async (connectionId: string): Promise<{ state: string; attempts: number }[]> =>
  on.db.query("select state, attempts from webhook_call where connection_id = $1 and call_id like 'look/%'", [
    connectionId,
  ]);
const settled = async (connectionId: string) =>
  (await looksAt(connectionId)).filter(({ state }) => state !== "WAITING").length;

test("what an agent wrote reaches the customer although the desk's call was missed, and once", async () => {
  const { conversationId, connectionId, externalId, changed } = await delivered();
  await desk.agent.reply(externalId, "Ines", "A new lamp is on its way.");
  expect((await on.said("agent.replied", conversationId))[0]?.data.text).toBe("A new lamp is on its way.");
  const before = await settled(connectionId);
  await until("it was looked at again", async () => (await settled(connectionId)) > before + 2);
  expect(await on.said("agent.replied", conversationId)).toHaveLength(1);
  await on.hear(changed("ENDED"));
});

test("a handover that is over is not looked at any longer, and its looks are forgotten", async () => {
  const { connectionId, externalId, changed } = await delivered();
  await until("it was looked at", async () => (await settled(connectionId)) > 0);
  await on.hear(changed("ENDED"));
  await until("the ticket is closed", () => desk.items().find((item) => item.externalId === externalId)?.closed);
  const waiting = async () => (await looksAt(connectionId)).filter(({ state }) => state === "WAITING").length;
  await until("no look waits", async () => (await waiting()) === 0);
  const other = await delivered();
  const count = (await looksAt(connectionId)).length;
  await until("the next one was looked at", async () => (await settled(other.connectionId)) > 2);
  expect(await looksAt(connectionId)).toHaveLength(count);
  await on.hear(other.changed("ENDED"));
  await until("no look waits there", async () => {
    const left = await looksAt(other.connectionId);
    return left.every(({ state }) => state !== "WAITING");
  });
  await forgetLooks(on.db, new Date(Date.now() + 3_600_000), lookAgainMs);
  expect(await looksAt(connectionId)).toEqual([]);
});

test("a desk that cannot be read is not asked about more and more", async () => {
  const { connectionId, conversationId, externalId } = await delivered();
  await until("it was looked at", async () => (await settled(connectionId)) > 0);
  desk.fail("error", 0, 1_000);
  const failing = async () =>
    (await looksAt(connectionId)).filter(({ state, attempts }) => state === "WAITING" && attempts > 0);
  await until("looks fail", async () => (await failing()).some(({ attempts }) => attempts > 3));
  expect((await failing()).length).toBeLessThan(4);
  await desk.agent.reply(externalId, "Ines", "Sorry for the wait.");
  desk.mend();
  expect((await on.said("agent.replied", conversationId))[0]?.data.text).toBe("Sorry for the wait.");
});
