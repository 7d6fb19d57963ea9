import { type Stage, until } from "../../../test/support/stage";
import { type Emulator, startEmulator } from "../emulators/emulator";
import { freshchatEmulator } from "../emulators/freshchat";
import { gorgiasEmulator } from "../emulators/gorgias";
import { createFailingProvider } from "../provider.failing";
import { keepCall } from "../webhook.rows";
import { aHandover, connect, deskConfig, openStage, serve, telling } from "./scene";

const stepTimeoutMs = 5_000;
/** Of another maker: it tells what its calls hold, whether that is an event or not. */
const odd = telling(createFailingProvider("INTERCOM").provider);
let on: Stage;
let freshchat: Emulator;
let gorgias: Emulator;
let served: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  [on, freshchat, gorgias] = await Promise.all([
    openStage({ providers: [odd], settings: { stepTimeoutMs, firstRetryMs: 200 } }),
    startEmulator(freshchatEmulator),
    startEmulator(gorgiasEmulator),
  ]);
  served = await serve(on);
});
afterAll(() => Promise.all([on.close(), freshchat.stop(), gorgias.stop(), served.stop()]));

/** A handover that waits in the emulated desk, of a workspace of its own. */
async function deliveredTo(desk: Emulator) {
  const handover = aHandover();
  await connect(on, handover, desk.name, desk.config());
  const { connections } = await on.ask<{ connections: { webhookPath: string }[] }>(
    handover.service,
    "{ connections { webhookPath } }",
  );
  await on.hear(handover.requested, handover.summarized);
  const [said] = await on.said("handover.delivered", handover.conversationId);
  desk.webhooksTo(`${served.origin}${connections[0]?.webhookPath}`);
  return { ...handover, externalId: said?.data.externalId ?? "" };
}

test("a reply that could not be read at first is told before the one that came after it", async () => {
  const { externalId, conversationId } = await deliveredTo(freshchat);
  // Its agent's name cannot be looked up.
  freshchat.fail("error");
  await freshchat.agent.reply(externalId, "Ines", "It costs 50 euros.");
  await freshchat.agent.reply(externalId, "Ines", "No, 40: sorry!");
  const replies = await on.said("agent.replied", conversationId, 2);
  expect(replies.map(({ data }) => data.text)).toEqual(["It costs 50 euros.", "No, 40: sorry!"]);
});

test("a desk that hangs holds up nobody else's agents", async () => {
  const [hung, quick] = [await deliveredTo(gorgias), await deliveredTo(freshchat)];
  gorgias.fail("no-answer");
  await gorgias.agent.reply(hung.externalId, "Ines", "slowly");
  await until("the desk is asked and does not answer", () => gorgias.received.at(-1)?.fault);
  const from = Date.now();
  await freshchat.agent.reply(quick.externalId, "Jo", "here I am");
  await on.said("agent.replied", quick.conversationId);
  expect(Date.now() - from).toBeLessThan(stepTimeoutMs - 500);
  await on.said("agent.replied", hung.conversationId);
});

test("what breaks the contract is tried again, and holds up what comes after it for some seconds only", async () => {
  const handover = aHandover();
  const { workspaceId, conversationId } = handover;
  const connectionId = await connect(on, handover, "INTERCOM", deskConfig);
  await on.hear(handover.requested, handover.summarized);
  const [delivered] = await on.said("handover.delivered", conversationId);
  const reply = { kind: "REPLIED", externalId: delivered?.data.externalId, agent: { id: "1", name: "Ines" } };
  for (const event of [
    { ...reply, eventId: "1", messageId: "1", text: null },
    { ...reply, eventId: "2", messageId: "2", text: "Hello!" },
  ]) {
    const body = Buffer.from(JSON.stringify([event]));
    await keepCall(on.db.manager, { workspaceId, connectionId, callId: null, body, receivedAt: new Date() });
  }
  const [said] = await on.said("agent.replied", conversationId);
  expect(said?.data.text).toBe("Hello!");
  const [first] = await on.db.query("select state, error from webhook_call where connection_id = $1 order by id", [
    connectionId,
  ]);
  expect(first).toEqual({ state: "WAITING", error: expect.stringContaining("unexpected") });
});
