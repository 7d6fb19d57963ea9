import { pino } from "pino";
import { type Stage, until } from "../../../test/support/stage";
import { type Emulator, startEmulator } from "../emulators/emulator";
import { freshdeskEmulator } from "../emulators/freshdesk";
import { hubspotEmulator } from "../emulators/hubspot";
import { keepCall } from "../webhook.rows";
import { aHandover, connect, openStage } from "./scene";

let on: Stage;
let desk: Emulator;
const logged: string[] = [];

beforeAll(async () => {
  const log = pino({ level: "error" }, { write: (line: string) => void logged.push(line) });
  on = await openStage({ log, settings: { stepTimeoutMs: 3_000, longestPauseMs: 100 } });
  desk = await startEmulator(freshdeskEmulator);
});
afterAll(() => Promise.all([on.close(), desk.stop()]));
beforeEach(() => {
  logged.length = 0;
});

/** A handover that the desk has, whose connection's key can be changed. */
async function delivered() {
  const handover = aHandover();
  const connectionId = await connect(on, handover, "FRESHDESK", desk.config());
  const useKey = (apiKey: unknown) =>
    on.ask(
      handover.service,
      "mutation ($id: ID!, $input: UpdateConnectionInput!) { updateConnection(id: $id, input: $input) { id } }",
      { id: connectionId, input: { config: { apiKey } } },
    );
  await on.hear(handover.requested, handover.summarized);
  const [said] = await on.said("handover.delivered", handover.conversationId);
  return { handover, connectionId, useKey, externalId: said?.data.externalId ?? "" };
}

/** Requests that were refused from now on. */
function refusals(): () => number {
  const begun = desk.received.length;
  return () => desk.received.slice(begun).filter(({ status }) => status === 401).length;
}

test("a key that expires while an agent has it is an alarm, and with a new one everything follows in order", async () => {
  const { handover, useKey, externalId } = await delivered();
  const item = () => desk.items().find((one) => one.externalId === externalId);
  const refused = refusals();
  await useKey("a key that is over");
  await on.hear(handover.wrote(4, "one"), handover.wrote(5, "two"), handover.changed("ENDED"));
  await until("it was tried again", () => refused() > 2);
  expect(logged.filter((line) => line.includes("message_undelivered"))).toHaveLength(1);
  await useKey(desk.config().apiKey);
  await until("it is over there, too", () => item()?.closed);
  expect(item()?.customerMessages.slice(-2)).toEqual(["one", "two"]);
  expect(logged).toHaveLength(1);
});

test("what an agent wrote meanwhile reaches the customer with the new key", async () => {
  const { handover, connectionId, useKey, externalId } = await delivered();
  const { workspaceId, conversationId } = handover;
  const refused = refusals();
  await useKey("a key that is over");
  await desk.agent.reply(externalId, "Ines", "It is on its way.");
  const body = Buffer.from(JSON.stringify({ ticket: { id: externalId } }));
  await keepCall(on.db.manager, { workspaceId, connectionId, callId: null, body, receivedAt: new Date() });
  await until("it was looked at", () => refused() > 0);
  await until("that is an alarm", () => logged.some((line) => line.includes("webhook_unread")));
  await useKey(desk.config().apiKey);
  const [replied] = await on.said("agent.replied", conversationId);
  expect(replied?.data.text).toBe("It is on its way.");
});

test("a permission that is taken away for a while loses no message, either", async () => {
  const hubspot = await startEmulator(hubspotEmulator);
  const { clientId: _client, refreshToken: _refresh, ...config } = hubspot.config();
  const handover = aHandover();
  const id = await connect(on, handover, "HUBSPOT", { ...config, accessToken: "emulated-hubspot-static-token" });
  const useToken = (accessToken: string) =>
    on.ask(
      handover.service,
      "mutation ($id: ID!, $input: UpdateConnectionInput!) { updateConnection(id: $id, input: $input) { id } }",
      { id, input: { config: { accessToken } } },
    );
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  await useToken("emulated-hubspot-narrow-app");
  await on.hear(handover.wrote(4, "one"));
  await until("it is an alarm", () => logged.some((line) => line.includes("message_undelivered")));
  await useToken("emulated-hubspot-static-token");
  await on.hear(handover.wrote(5, "two"));
  const said = () => hubspot.items()[0]?.customerMessages ?? [];
  await until("the last is there", () => said().includes("two"));
  expect(said().slice(-2)).toEqual(["one", "two"]);
  await hubspot.stop();
});
