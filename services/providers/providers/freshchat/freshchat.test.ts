import { randomUUID } from "node:crypto";
import { createMemoryAccount } from "../../accounts.fake";
import { type Emulator, startEmulator } from "../../emulators/emulator";
import { freshchatEmulator } from "../../emulators/freshchat";
import { exampleHanding } from "../../handing.example";
import { type DeskEvent, type Handing, type Receipts, stepNames } from "../../provider";
import { freshchat } from ".";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator(freshchatEmulator);
});
afterAll(() => emulator.stop());

const signal = AbortSignal.timeout(60_000);
const parsed = (own: Record<string, unknown>) => freshchat.config.parse({ ...emulator.config(), ...own }) as never;

const inputFor = (handing: Handing, receipts: Receipts, own: Record<string, unknown>) => ({
  config: parsed(own),
  account: createMemoryAccount(),
  handing,
  receipts,
  idempotencyKey: handing.handoverId,
  signal,
});

async function carry(handing: Handing, own: Record<string, unknown> = {}): Promise<Receipts> {
  const receipts: Receipts = {};
  for (const step of stepNames)
    receipts[step] = (await freshchat.steps[step]?.(inputFor(handing, receipts, own))) ?? {};
  return receipts;
}

const itemOf = ({ conversation }: Receipts) =>
  emulator.items().find(({ externalId }) => externalId === conversation?.externalId);

/** What was asked of the API since then. */
const since = (begun: number, method: string, path: RegExp) =>
  emulator.received.slice(begun).filter((one) => one.method === method && path.test(one.path));

/** What an act at the desk tells. */
async function toldBy(
  act: () => Promise<void> | undefined,
  handing: Handing,
  receipts: Receipts,
): Promise<DeskEvent[]> {
  const begun = emulator.sent.length;
  await act();
  const told: DeskEvent[] = [];
  for (const { body } of emulator.sent.slice(begun))
    told.push(
      ...((await freshchat.webhook?.parse({
        config: parsed({}),
        account: createMemoryAccount(),
        body: Buffer.from(body),
        receivedAt: new Date(),
        carried: async (id) => (id === receipts.conversation?.externalId ? { handing, receipts } : null),
        signal,
      })) ?? []),
    );
  return told;
}

test.each([
  [{ apiToken: "another" }, /does not know this API token, or its time is over/],
  [{ channelId: "nowhere" }, /has no channel nowhere; it has .*\(Support\)/],
  [{ agentId: "nobody" }, /has no agent nobody/],
  [{ assigneeId: "nobody" }, /has no agent nobody/],
  [{ groupId: "none" }, /has no group none; it has .*\(First line\)/],
])("trying a connection tells what is wrong with %j", async (own, words) => {
  const { ok, message } = await freshchat.testConnection(parsed(own), signal, createMemoryAccount());
  expect({ ok, message }).toEqual({ ok: false, message: expect.stringMatching(words) });
});

test("an address without an account is told as such", async () => {
  const { message } = await freshchat.testConnection(
    parsed({ baseUrl: `${emulator.url}/elsewhere` }),
    signal,
    createMemoryAccount(),
  );
  expect(message).toBe(`There is no Freshchat account at ${emulator.url}/elsewhere.`);
});

test("what trying cannot see is said", async () => {
  const { ok, message } = await freshchat.testConnection(parsed({}), signal, createMemoryAccount());
  expect({ ok, message }).toEqual({
    ok: true,
    message: expect.stringContaining("Whether it has cf_tags and cf_ai_chat_status"),
  });
});

test("a customer's e-mail address goes along by setting only", async () => {
  expect(itemOf(await carry(exampleHanding()))?.email).toBeNull();
  expect(itemOf(await carry(exampleHanding(), { sendEmail: true }))?.email).toBe("mia@example.com");
});

test("by setting, a person that Freshchat knows by the address stays one person", async () => {
  const customer = { ...exampleHanding().customer, email: "tom@example.com" };
  const first = await carry({ ...exampleHanding(), customer }, { sendEmail: true });
  const begun = emulator.received.length;
  const again = await carry(
    { ...exampleHanding(), customer: { ...customer, email: "Tom@Example.com" } },
    { sendEmail: true },
  );
  expect(again.contact).toEqual(first.contact);
  expect(since(begun, "POST", /\/users$/)).toEqual([]);
  emulator.answer("GET /v2/users?email=eve%40example.com", {
    users: [{ id: "stranger", email: "mallory@example.com" }],
  });
  const eve = await carry(
    { ...exampleHanding(), customer: { ...customer, email: "eve@example.com" } },
    { sendEmail: true },
  );
  expect(eve.contact?.ids?.user).not.toBe("stranger");
});

test("a conversation's next handover goes on where the one before was, and another's does not", async () => {
  const first = exampleHanding();
  const before = await carry(first);
  await freshchat.close?.({ ...inputFor(first, before, {}), ending: "RETURNED" });
  expect(itemOf(before)?.closed).toBe(true);
  const next = { ...exampleHanding(), conversationId: first.conversationId };
  const after = await carry(next);
  expect(after.conversation).toEqual(before.conversation);
  expect(itemOf(after)).toMatchObject({ closed: false, assigned: true });
  expect((await carry(exampleHanding())).conversation).not.toEqual(before.conversation);
});

test("by setting, an open conversation is looked up before another is opened", async () => {
  const handing = exampleHanding();
  const receipts = await carry(handing, { lookUpConversations: true });
  const begun = emulator.received.length;
  const again = await carry(handing, { lookUpConversations: true });
  expect(again.conversation).toEqual(receipts.conversation);
  expect(since(begun, "POST", /./)).toEqual([]);
});

test("looked up, a conversation whose answer was lost begins with one message", async () => {
  const handing = exampleHanding();
  const own = { lookUpConversations: true };
  const receipts: Receipts = {};
  receipts.contact = (await freshchat.steps.contact?.(inputFor(handing, receipts, own))) ?? {};
  emulator.fail("reset-after", 1);
  const open = () => freshchat.steps.conversation?.(inputFor(handing, receipts, own));
  await expect(open()).rejects.toThrow(/got no answer/);
  receipts.conversation = (await open()) ?? {};
  expect(itemOf(receipts)?.customerMessages).toEqual(["My lamp arrived broken"]);
});

test("a transcript longer than a note becomes several, each short enough", async () => {
  const handing = exampleHanding();
  const [line] = handing.transcript;
  const transcript = Array.from({ length: 30 }, (_, index) => ({
    ...(line as Handing["transcript"][number]),
    id: randomUUID(),
    text: `${index} ${"lamp ".repeat(60)}`,
  }));
  const begun = emulator.received.length;
  const receipts = await carry({ ...handing, transcript }, { noteLength: 1_000 });
  const notes = since(begun, "POST", /\/messages$/).map(
    ({ body }) => (body as { message_parts: [{ text: { content: string } }] }).message_parts[0].text.content,
  );
  expect(notes.length).toBeGreaterThan(10);
  expect(Math.max(...notes.map((note) => note.length))).toBeLessThanOrEqual(1_000);
  expect(notes[0]).toMatch(/^Conversation with the assistant \(1 of \d+\)\n/);
  expect(itemOf(receipts)?.notes.join("\n")).toContain("29 lamp");
});

test("properties tell tags and who is talking; one that the account lacks stops no handover", async () => {
  const begun = emulator.received.length;
  const handing = { ...exampleHanding(), tags: ["lamps", "returns"] };
  const receipts = await carry(handing);
  expect(since(begun, "PUT", /./).map(({ body }) => body)).toEqual([
    { properties: { cf_tags: "lamps, returns" } },
    { properties: { cf_ai_chat_status: "human" } },
    { status: "new", assigned_group_id: emulator.config().groupId },
  ]);
  await freshchat.close?.({ ...inputFor(handing, receipts, {}), ending: "CLOSED" });
  expect(since(begun, "PUT", /./).map(({ body }) => body)).toContainEqual({ properties: { cf_ai_chat_status: "ai" } });
  const lacking = await carry(handing, { statusProperty: "cf_other", tagsProperty: undefined });
  expect(lacking.tags).toEqual({ ids: { refusedProperties: "cf_other" } });
  expect(itemOf(lacking)?.assigned).toBe(true);
});

test("an agent gives it back by the property, once for each handover", async () => {
  const handing = exampleHanding();
  const receipts = await carry(handing);
  const id = receipts.conversation?.externalId ?? "";
  const giveBack = () => emulator.agent.giveBack?.(id, "Ines");
  const [told] = await toldBy(giveBack, handing, receipts);
  expect(told).toMatchObject({ kind: "LEFT", left: "RETURNED", eventId: `returned/${id}/${handing.handoverId}` });
  // Half carried, the property still says what it said before.
  const { tags: _tags, ...half } = receipts;
  expect(await toldBy(giveBack, handing, half)).toEqual([]);
});

test("a conversation that was resolved before the handover was asked for is not left by it", async () => {
  const handing = exampleHanding();
  const receipts = await carry(handing);
  const id = receipts.conversation?.externalId ?? "";
  const later = { ...handing, requestedAt: new Date(Date.now() + 60_000).toISOString() };
  expect(await toldBy(() => emulator.agent.close(id, "Ines"), later, receipts)).toEqual([]);
  expect(await toldBy(() => emulator.agent.close(id, "Ines"), handing, receipts)).toMatchObject([{ left: "CLOSED" }]);
});

test("the link leads to the agents' screen, in the suite too", async () => {
  const usual = await carry(exampleHanding());
  expect(usual.conversation?.url).toBe(
    `${emulator.url}/a/5d1c8a50-0000-4000-8000-0000000000a1/open/conversation/${usual.conversation?.externalId}`,
  );
  const agentUrl = "https://acme.myfreshworks.com/crm/messaging/a/7/inbox/open/0/conversation/{conversation}";
  const suite = await carry(exampleHanding(), { agentUrl });
  expect(suite.conversation?.url).toBe(agentUrl.replace("{conversation}", suite.conversation?.externalId ?? ""));
});

test("a group goes along with the status that the settings say", async () => {
  const begun = emulator.received.length;
  await carry(exampleHanding(), { groupStatus: "none", statusProperty: undefined });
  const { groupId } = emulator.config();
  expect(since(begun, "PUT", /./).map(({ body }) => body)).toEqual([{ assigned_group_id: groupId }]);
});
