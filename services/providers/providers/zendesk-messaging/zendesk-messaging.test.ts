import { randomUUID } from "node:crypto";
import { createMemoryAccount } from "../../accounts.fake";
import { type EmulatedItem, type Emulator, startEmulator } from "../../emulators/emulator";
import { zendeskMessagingEmulator } from "../../emulators/zendesk-messaging";
import { exampleHanding } from "../../handing.example";
import { type Handing, type Receipts, stepNames } from "../../provider";
import { zendeskMessaging } from ".";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator(zendeskMessagingEmulator);
});
afterEach(() => emulator.stop());

const signal = () => AbortSignal.timeout(20_000);
const configOf = (more: Record<string, unknown> = {}) =>
  zendeskMessaging.config.parse({ ...emulator.config(), ...more }) as never;
const inputOf = (handing: Handing, receipts: Receipts) => ({
  config: configOf(),
  account: createMemoryAccount(),
  handing,
  receipts,
  idempotencyKey: handing.handoverId,
  signal: signal(),
});

async function carry(handing: Handing): Promise<Receipts> {
  const receipts: Receipts = {};
  for (const name of stepNames) {
    const step = zendeskMessaging.steps[name];
    if (step) receipts[name] = await step(inputOf(handing, receipts));
  }
  return receipts;
}

function itemOf({ conversation }: Receipts): EmulatedItem {
  const item = emulator.items().find(({ externalId }) => externalId === conversation?.externalId);
  if (!item) throw new Error("the emulator has it");
  return item;
}

const root = "/sc/v2/apps/5ebee0975ac5304b664a12fa";
const boards = "/switchboards/5ef21b132f21af34f088530d/switchboardIntegrations";
const seat = { id: "1", name: "baton", integrationId: "2", integrationType: "custom", deliverStandbyEvents: false };
const agents = { ...seat, id: "3", name: "zd-agentWorkspace", integrationType: "zd:agentWorkspace" };

test.each<[what: string, more: Record<string, unknown>, answers: Record<string, unknown>, words: RegExp]>([
  ["another key", { keySecret: "wrong" }, {}, /does not know this Conversations API key/],
  ["another app", { appId: "0".repeat(24) }, {}, /no app 000000000000000000000000/],
  ["no such seat", { integrationName: "other" }, {}, /no integration other for Baton; it has baton, zd-answerBot/],
  ["no such agents", { agentIntegration: "other" }, {}, /no integration other; it has baton/],
  ["another secret", { webhookSecret: "another" }, {}, /webhookSecret is not the secret/],
  ["one conversation only", {}, { "": { app: { settings: { multiConvoEnabled: false } } } }, /multi-conversations/],
  ["no switchboard", {}, { "/switchboards": { switchboards: [] } }, /no switchboard/],
  ["a deaf seat", {}, { [boards]: { switchboardIntegrations: [seat, agents] } }, /deliverStandbyEvents/],
  [
    "a webhook that hears too little",
    {},
    { "/integrations/5f11a650e4e987667c2051d1/webhooks": { webhooks: [{ triggers: ["conversation:message"] }] } },
    /not told of switchboard:passControl, switchboard:releaseControl/,
  ],
])("trying a connection says what is wrong: %s", async (_, more, answers, words) => {
  for (const [path, body] of Object.entries(answers)) emulator.answer(`GET ${root}${path}`, body);
  const tried = await zendeskMessaging.testConnection(configOf(more), signal(), createMemoryAccount());
  expect(tried).toEqual({ ok: false, message: expect.stringMatching(words) });
});

test("agents get nothing to see before everything is in it", async () => {
  await carry(exampleHanding());
  const order = emulator.sent.map(({ body }) => {
    const [event] = JSON.parse(body).events;
    const active = event.payload.conversation.activeSwitchboardIntegration?.name;
    return `${event.type} ${active}`;
  });
  expect(order.at(0)).toBe("switchboard:passControl baton");
  expect(order.at(-1)).toBe("switchboard:passControl zd-agentWorkspace");
  expect(order.slice(1, -1).every((told) => told === "conversation:message baton")).toBe(true);
});

test("a conversation of many messages is carried whole, in pieces that Zendesk takes, and found again", async () => {
  const handing = exampleHanding();
  const [line] = handing.transcript;
  if (!line) throw new Error("the example has a transcript");
  const words = Array.from({ length: 120 }, (_, index) => `${index}: ${"about a lamp ".repeat(300)}end ${index}.`);
  const transcript = words.map((text, index) => ({ ...line, id: randomUUID(), sequence: index + 1, text }));
  const long = { ...handing, transcript };
  const receipts = await carry(long);
  const { notes } = itemOf(receipts);
  for (const text of words) expect(notes.join("\n")).toContain(text);
  // More than one page of messages: what was written on the first of them is found as well.
  expect(notes.length).toBeGreaterThan(100);
  await zendeskMessaging.steps.transcript?.(inputOf(long, receipts));
  expect(itemOf(receipts).notes).toHaveLength(notes.length);
});

test("a customer who comes again is the same user, with a conversation of its own", async () => {
  const handing = exampleHanding();
  const again = { ...exampleHanding(), customer: { ...handing.customer, email: "mia.new@example.com" } };
  const [first, second] = [await carry(handing), await carry(again)];
  expect(second.contact).toEqual(first.contact);
  expect(itemOf(second).externalId).not.toBe(itemOf(first).externalId);
  expect(itemOf(second).email).toBe("mia.new@example.com");
});

test("an e-mail address that Zendesk refuses does not keep the customer from a person", async () => {
  const handing = exampleHanding();
  const receipts = await carry({ ...handing, customer: { ...handing.customer, email: "mia@@example" } });
  expect(itemOf(receipts)).toMatchObject({ email: null, assigned: true });
});

test("given back, control is with Baton's own seat; closed, with nobody", async () => {
  for (const [ending, told] of [
    ["RETURNED", "switchboard:passControl"],
    ["CLOSED", "switchboard:releaseControl"],
    [null, "switchboard:releaseControl"],
  ] as const) {
    const handing = exampleHanding();
    const receipts = await carry(handing);
    const begun = emulator.sent.length;
    for (const _ of [1, 2]) await zendeskMessaging.close?.({ ...inputOf(handing, receipts), ending });
    const calls = emulator.sent.slice(begun).map(({ body }) => JSON.parse(body).events[0].type);
    expect(calls).toEqual([told]);
    expect(itemOf(receipts).closed).toBe(true);
  }
});

test("every message from the company's side is an agent's where the setting says so", async () => {
  const message = {
    id: "m",
    author: { type: "business", displayName: "Ines" },
    content: { type: "text", text: "Hello" },
  };
  const payload = { conversation: { id: "c" }, message };
  emulator.answer(`GET ${root}/conversations/c/messages`, { messages: [message], meta: { hasMore: false } });
  const handing = exampleHanding();
  const parse = (anyBusinessMessage: boolean) =>
    zendeskMessaging.webhook?.parse({
      config: configOf({ anyBusinessMessage }),
      account: createMemoryAccount(),
      body: Buffer.from(JSON.stringify({ events: [{ id: "1", type: "conversation:message", payload }] })),
      receivedAt: new Date(),
      carried: async () => ({ handing, receipts: {} }),
      signal: signal(),
    });
  expect(await parse(false)).toEqual([]);
  expect(await parse(true)).toEqual([expect.objectContaining({ kind: "REPLIED", text: "Hello" })]);
});

test("a message that cannot be read yet is asked for again", async () => {
  const handing = exampleHanding();
  const receipts = await carry(handing);
  const conversation = { id: receipts.conversation?.externalId };
  const payload = { conversation, message: { id: "0".repeat(24), author: { type: "business" } } };
  const parsed = zendeskMessaging.webhook?.parse({
    config: configOf(),
    account: createMemoryAccount(),
    body: Buffer.from(JSON.stringify({ events: [{ id: "1", type: "conversation:message", payload }] })),
    receivedAt: new Date(),
    carried: async () => ({ handing, receipts }),
    signal: signal(),
  });
  await expect(parsed).rejects.toMatchObject({ retry: true });
});

test("what nobody called about is found by looking: still with the agents, given back, closed", async () => {
  const look = async (receipts: Receipts, handing: Handing) =>
    zendeskMessaging.webhook?.parse({
      config: configOf(),
      account: createMemoryAccount(),
      body: zendeskMessaging.webhook.reminder?.(receipts.conversation?.externalId ?? "") ?? Buffer.alloc(0),
      receivedAt: new Date(),
      carried: async () => ({ handing, receipts }),
      signal: signal(),
    });
  for (const [act, left] of [
    ["giveBack", "RETURNED"],
    ["close", "CLOSED"],
  ] as const) {
    const handing = exampleHanding();
    const receipts = await carry(handing);
    expect(await look(receipts, handing)).toEqual([]);
    await emulator.agent[act]?.(receipts.conversation?.externalId ?? "", "Ines");
    expect(await look(receipts, handing)).toEqual([expect.objectContaining({ kind: "LEFT", left })]);
  }
});
