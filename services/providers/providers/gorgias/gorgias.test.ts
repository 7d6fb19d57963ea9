import { createMemoryAccount } from "../../accounts.fake";
import { type Emulator, startEmulator } from "../../emulators/emulator";
import { gorgiasEmulator } from "../../emulators/gorgias";
import { exampleHanding } from "../../handing.example";
import { type Handing, type Receipts, stepNames } from "../../provider";
import { gorgias } from ".";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator(gorgiasEmulator);
});
afterAll(() => emulator.stop());

const signal = AbortSignal.timeout(60_000);
const parsed = (own: Record<string, unknown>) => gorgias.config.parse({ ...emulator.config(), ...own }) as never;

async function carry(handing: Handing, own: Record<string, unknown> = {}): Promise<Receipts> {
  const receipts: Receipts = {};
  const account = createMemoryAccount();
  const input = { config: parsed(own), account, handing, receipts, idempotencyKey: handing.handoverId, signal };
  for (const step of stepNames) {
    const run = gorgias.steps[step];
    if (run) receipts[step] = await run(input);
  }
  return receipts;
}

const itemOf = ({ conversation }: Receipts) =>
  emulator.items().find(({ externalId }) => externalId === conversation?.externalId);

/** What was asked of the API since then. */
const since = (begun: number, method: string, path: RegExp) =>
  emulator.received.slice(begun).filter((one) => one.method === method && path.test(one.path));

function talk(lines: number): Handing {
  const handing = exampleHanding();
  const transcript = Array.from({ length: lines }, (_, index) => ({
    id: `line-${handing.handoverId}-${index}`,
    sequence: index + 1,
    author: (["CUSTOMER", "ASSISTANT", "SYSTEM"] as const)[index % 3] ?? "CUSTOMER",
    authorName: null,
    text: `line ${index + 1}`,
    postedAt: "2026-01-01T11:59:00.000Z",
    inReplyTo: null,
    answered: null,
  }));
  return { ...handing, transcript };
}

test.each([
  [{ apiKey: "another" }, /does not know this API key/],
  [{ email: "somebody@example.com" }, /does not know this API key of somebody@example\.com/],
  [{ teamId: 99 }, /no team 99; it has 21, 22/],
])("trying a connection tells what is wrong with %j", async (own, words) => {
  const { ok, message } = await gorgias.testConnection(parsed(own), signal, createMemoryAccount());
  expect({ ok, message }).toEqual({ ok: false, message: expect.stringMatching(words) });
});

test("an address without an account is told as such", async () => {
  const wrong = parsed({ baseUrl: `${emulator.url}/elsewhere`, domain: "acmee" });
  const { message } = await gorgias.testConnection(wrong, signal, createMemoryAccount());
  expect(message).toBe("There is no Gorgias account named acmee.");
});

test("the conversation stands in the ticket as it was, and nothing of it is sent again", async () => {
  const begun = emulator.received.length;
  await carry(talk(3));
  const [made] = since(begun, "POST", /\/tickets$/);
  const { messages } = (made?.body ?? {}) as { messages?: Record<string, unknown>[] };
  expect(messages).toEqual([
    expect.objectContaining({ from_agent: false, body_text: "line 1", channel: "api" }),
    expect.objectContaining({
      from_agent: true,
      body_text: "Assistant: line 2",
      sent_datetime: "2026-01-01T11:59:00.000Z",
    }),
    expect.objectContaining({ from_agent: true, body_text: "Notice: line 3", channel: "internal-note" }),
  ]);
});

test("by setting, what the assistant said becomes internal notes", async () => {
  const receipts = await carry(talk(2), { assistantAs: "NOTES" });
  expect(itemOf(receipts)).toMatchObject({ notes: [expect.stringContaining("Assistant: line 2"), expect.anything()] });
});

test("a channel that refuses what goes out takes it as notes", async () => {
  const receipts = await carry(talk(2), { channel: "email" });
  expect(itemOf(receipts)).toMatchObject({
    notes: [expect.stringContaining("Assistant: line 2"), expect.stringContaining("Summary")],
    customerMessages: ["line 1"],
  });
});

test("a conversation longer than a ticket may begin with loses nothing", async () => {
  const receipts = await carry(talk(1_000));
  const item = itemOf(receipts);
  expect(item?.notes[0]).toMatch(/^Earlier in this conversation\n\[2026-01-01 11:59\] Customer: line 1\n/);
  const early = item?.notes.find((note) => note.includes("line 600")) ?? "";
  expect(early).toContain("line 600");
  expect(early).not.toContain("line 601");
  expect(item?.customerMessages.at(-1)).toBe("line 1000");
});

test("a handover without a word said is a ticket with one message", async () => {
  const receipts = await carry({ ...exampleHanding(), transcript: [] });
  expect(itemOf(receipts)?.customerMessages).toEqual(["The customer asks for a person."]);
});

test("a customer without an e-mail address is one customer at every handover, and never somebody else", async () => {
  const customer = { id: "11111111-1111-4111-8111-111111111111", name: null, email: null, externalId: "shop-7" };
  const begun = emulator.received.length;
  const first = await carry({ ...exampleHanding(), customer });
  const second = await carry({ ...exampleHanding(), customer });
  const other = await carry({ ...exampleHanding(), customer: { ...customer, externalId: "shop-8" } });
  expect(second.contact).toEqual(first.contact);
  expect(other.contact).not.toEqual(first.contact);
  expect(since(begun, "POST", /\/customers$/)).toHaveLength(2);
});

test("a filter that the desk ignores gives nobody else's account", async () => {
  const stranger = { id: 4711, email: "stranger@example.com", external_id: null, channels: [] };
  emulator.answer("GET /api/customers?email=tom%40example.com", { data: [stranger, stranger], meta: {} });
  const handing = { ...exampleHanding(), customer: { ...exampleHanding().customer, email: "tom@example.com" } };
  const receipts = await carry(handing);
  expect(receipts.contact?.ids?.customer).not.toBe("4711");
  expect(itemOf(receipts)?.email).toBe("tom@example.com");
});

test("tags of another AI agent are written by setting", async () => {
  const receipts = await carry({ ...talk(2), reason: "BLOCKED_TAG", tags: ["lamps"] }, { legacyTags: true });
  expect(itemOf(receipts)?.tags).toEqual([
    "lamps",
    "human-handover-requested",
    "ai-agent-replied",
    "ai-agent-tag-blocked",
  ]);
});
