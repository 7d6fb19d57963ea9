import { createMemoryAccount } from "../../accounts.fake";
import { type Emulator, startEmulator } from "../../emulators/emulator";
import { hubspotEmulator } from "../../emulators/hubspot";
import { exampleHanding } from "../../handing.example";
import { type Handing, type Receipts, stepNames } from "../../provider";
import { hubspot } from ".";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator(hubspotEmulator);
});
afterEach(() => emulator.stop());

/** A whole handover of this customer's; the bodies of what HubSpot was asked, by the end of the path. */
async function carry(changes: Partial<Handing>, settings: Record<string, unknown> = {}) {
  const handing = { ...exampleHanding(), ...changes };
  const config = hubspot.config.parse({ ...emulator.config(), ...settings }) as never;
  const receipts: Receipts = {};
  const input = { config, account: createMemoryAccount(), handing, receipts, idempotencyKey: handing.handoverId };
  for (const step of stepNames)
    receipts[step] = await hubspot.steps[step]?.({ ...input, signal: AbortSignal.timeout(30_000) });
  const sent = (end: string) => emulator.received.filter(({ path }) => path.endsWith(end)).map(({ body }) => body);
  return {
    receipts,
    sent,
    item: emulator.items().find(({ externalId }) => externalId === receipts.conversation?.externalId),
  };
}

test("a new contact gets the customer's name, and what the CRM knows of a contact stays", async () => {
  const first = await carry({});
  expect(first.sent("/contacts/batch/upsert")).toEqual([
    { inputs: [{ id: "mia@example.com", idProperty: "email", properties: { email: "mia@example.com" } }] },
    {
      inputs: [
        {
          id: "mia@example.com",
          idProperty: "email",
          properties: { email: "mia@example.com", firstname: "Mia", lastname: "Example" },
        },
      ],
    },
  ]);
  const second = await carry({ customer: { ...exampleHanding().customer, name: "M" } });
  expect(second.sent("/contacts/batch/upsert")).toHaveLength(3);
  expect(second.receipts.contact).toEqual(first.receipts.contact);
});

test("an address that the CRM refuses does not stop the handover", async () => {
  const { item } = await carry({ customer: { ...exampleHanding().customer, email: "not an address" } });
  expect(item).toMatchObject({ assigned: true, email: null });
});

test.each([
  ["without a property for them", undefined],
  ["with one that is gone", "long_gone"],
])("%s, topics are a comment", async (_, tagsProperty) => {
  const { item } = await carry({ tags: ["lamps", "returns; refunds"] }, { tagsProperty });
  expect(item?.notes.filter((text) => text.startsWith("Topics"))).toEqual([
    expect.stringMatching(/^Topics \(ref [0-9a-f]{10}\)\nlamps, returns, refunds$/),
  ]);
});

test("topics are one value each in the ticket's property", async () => {
  const { item } = await carry({ tags: ["lamps", "returns; refunds"] });
  expect(item?.tags).toEqual(["lamps", "returns, refunds"]);
});

test("without a user to assign, the inbox's rules route it", async () => {
  const { item, receipts } = await carry({}, { agentId: undefined });
  expect(receipts.assign).toEqual({});
  expect(item?.assigned).toBe(false);
});

test("a second handover of a conversation is a thread of its own", async () => {
  const { conversationId } = exampleHanding();
  const [first, second] = [await carry({ conversationId }), await carry({ conversationId })];
  expect(first.receipts.conversation?.externalId).not.toBe(second.receipts.conversation?.externalId);
});
