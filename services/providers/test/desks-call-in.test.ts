import { pino } from "pino";
import { newEvent } from "../../../schema/events/catalogue";
import { type Stage, until } from "../../../test/support/stage";
import { type Emulator, startEmulator } from "../emulators/emulator";
import { freshdeskEmulator } from "../emulators/freshdesk";
import { aHandover, connect, openStage, serve } from "./scene";

let on: Stage;
let desk: Emulator;
let served: Awaited<ReturnType<typeof serve>>;
const logged: string[] = [];

beforeAll(async () => {
  [on, desk] = await Promise.all([
    openStage({
      settings: { stepTimeoutMs: 3_000 },
      log: pino({ level: "trace" }, { write: (line: string) => void logged.push(line) }),
    }),
    startEmulator(freshdeskEmulator),
  ]);
  served = await serve(on);
});
afterAll(() => Promise.all([on.close(), desk.stop(), served.stop()]));

/** A handover that waits in the emulated desk, and where the desk calls. */
async function delivered() {
  const handover = aHandover();
  const connectionId = await connect(on, handover, "FRESHDESK", desk.config());
  const { connections } = await on.ask<{ connections: { webhookPath: string }[] }>(
    handover.service,
    "{ connections { webhookPath } }",
  );
  const { data } = handover.requested;
  await on.hear({ ...handover.requested, data: { ...data, tags: ["Returns"] } }, handover.summarized);
  const [said] = await on.said("handover.delivered", handover.conversationId);
  const url = `${served.origin}${connections[0]?.webhookPath}`;
  desk.webhooksTo(url);
  return { ...handover, connectionId, url, externalId: said?.data.externalId ?? "" };
}

test("a handover goes to Freshdesk, and what the agent does there comes back", async () => {
  const { conversationId, externalId, handoverId, service } = await delivered();
  expect(desk.items().find((item) => item.externalId === externalId)).toMatchObject({
    assigned: true,
    email: "mia@example.com",
    tags: expect.arrayContaining(["Returns"]),
  });
  await desk.agent.take(externalId, "Ines");
  await desk.agent.note(externalId, "Ines", "he sounds angry");
  await desk.agent.reply(externalId, "Ines", "A new lamp is on its way.");
  const [replied] = await on.said("agent.replied", conversationId);
  expect(replied?.data).toMatchObject({ handoverId, agent: { name: "Ines" }, text: "A new lamp is on its way." });
  await desk.agent.giveBack?.(externalId, "Ines");
  const [left] = await on.said("agent.left", conversationId);
  expect(left?.data).toMatchObject({ handoverId, left: "RETURNED" });
  expect(await on.said("agent.joined", conversationId)).toHaveLength(1);
  const kept = JSON.stringify([logged, await on.ask(service, "{ connections { config } }")]);
  for (const secret of [desk.config().apiKey, desk.config().webhookSecret, "mia@example.com", "he sounds angry"])
    expect(kept).not.toContain(secret);
});

test("calls that come twice or the other way round are told once, in the desk's order", async () => {
  const { conversationId, externalId } = await delivered();
  desk.hold();
  await desk.agent.reply(externalId, "Ines", "first");
  await desk.agent.reply(externalId, "Ines", "second");
  await desk.release("reversed");
  await on.said("agent.replied", conversationId, 2);
  desk.hold();
  await desk.agent.reply(externalId, "Ines", "third");
  await desk.release("twice");
  await on.said("agent.replied", conversationId, 3);
  await until("every call is looked at", async () => {
    const [{ waiting }] = await on.db.query(
      "select count(*)::int as waiting from webhook_call where due_at is not null",
    );
    return waiting === 0;
  });
  const replies = await on.said("agent.replied", conversationId, 3);
  expect(replies.map(({ data }) => data.text)).toEqual(["first", "second", "third"]);
  expect(await on.db.query("select count(*)::int as kept from webhook_call where body is not null")).toEqual([
    { kept: 0 },
  ]);
});

test("secrets in an agent's reply are masked before it is said, the workspace's own among them", async () => {
  const { conversationId, workspaceId, externalId } = await delivered();
  const patterns = [{ name: "customer number", pattern: "KD-\\d{4,8}" }];
  await on.hear(newEvent("masking.changed", { workspaceId, conversationId: workspaceId, data: { patterns } }));
  await desk.agent.reply(externalId, "Ines", "KD-48213, your card 4111 1111 1111 1111 was charged");
  const [replied] = await on.said("agent.replied", conversationId);
  expect(replied?.data.text).toBe("[customer number], your card [card number] was charged");
});

test("a code alone in an agent's reply is masked before it is said, where the customer asked for one", async () => {
  const { conversationId, externalId, wrote } = await delivered();
  await on.hear(wrote(7, "My order number? 55123. And what is my login code?"));
  await desk.agent.reply(externalId, "Ines", "739164");
  const [replied] = await on.said("agent.replied", conversationId);
  expect(replied?.data.text).toBe("[code]");
  expect(JSON.stringify(await on.db.query("select * from outbox"))).not.toContain("739164");
  await on.hear(wrote(8, "Thanks. What was the order number of my lamp?"));
  await desk.agent.reply(externalId, "Ines", "60412");
  expect((await on.said("agent.replied", conversationId, 2))[1]?.data.text).toBe("60412");
});

test("a desk that cannot be read for a while is asked again", async () => {
  const { conversationId, externalId } = await delivered();
  desk.fail("error", 0, 2);
  await desk.agent.reply(externalId, "Ines", "patience");
  expect((await on.said("agent.replied", conversationId))[0]?.data.text).toBe("patience");
});

test("who cannot prove to be the desk is refused, and leaves nothing behind", async () => {
  const { url, externalId, connectionId } = await delivered();
  const call = (to: string, headers: Record<string, string>, body = `{"ticket":{"id":"${externalId}"}}`) =>
    fetch(to, { method: "POST", headers: { "content-type": "application/json", ...headers }, body }).then(
      ({ status }) => status,
    );
  const secret = { "x-handover-secret": String(desk.config().webhookSecret) };
  const kept = async () => (await on.db.query("select id from webhook_call")).length;
  const before = await kept();
  expect(await call(url, {})).toBe(401);
  expect(await call(url, { "x-handover-secret": "guessed" })).toBe(401);
  expect(await call(url.replace("freshdesk", "intercom"), secret)).toBe(404);
  expect(await call(url.replace(connectionId, "00000000-0000-4000-8000-000000000000"), secret)).toBe(404);
  expect(await call(`${served.origin}/webhooks/freshdesk/no-id`, secret)).toBe(404);
  expect(await call(url, secret, "x".repeat(1_100_000))).toBe(413);
  expect(await kept()).toBe(before);
  expect(await call(url, secret)).toBe(200);
  expect((await fetch(url)).status).toBe(200);
});

test("what the customer writes afterwards follows into the ticket, and the ticket ends with the handover", async () => {
  const handover = await delivered();
  await on.hear(handover.wrote(5, "are you there?"));
  const item = () => desk.items().find(({ externalId }) => externalId === handover.externalId);
  await until("the message is in the ticket", () => item()?.customerMessages.includes("are you there?"));
  await on.hear(handover.changed("ENDED"));
  await until("the ticket is resolved", () => item()?.closed);
});
