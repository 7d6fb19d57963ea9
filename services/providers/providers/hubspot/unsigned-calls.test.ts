import { createHmac } from "node:crypto";
import { createMemoryAccount } from "../../accounts.fake";
import { type Emulator, startEmulator } from "../../emulators/emulator";
import { hubspotEmulator } from "../../emulators/hubspot";
import { exampleHanding } from "../../handing.example";
import type { DeskEvent, Receipts, WebhookRequest } from "../../provider";
import { hubspot } from ".";
import { type Config, config } from "./config";
import { isAuthentic } from "./signature";

const settings = (changes: Partial<Config> = {}): Config =>
  config.parse({ portalId: "1", clientSecret: "client secret", channelId: "2", channelAccountId: "3", ...changes });
const receivedAt = new Date("2026-01-01T12:00:00Z");
const secret = "a long random text of our own";

function call(url: string, signed: { at?: Date; secret?: string; as?: string } | null): WebhookRequest {
  const body = Buffer.from('{"type":"CHANNEL_ACCOUNT_CREATED"}');
  const time = String((signed?.at ?? receivedAt).getTime());
  const signature = createHmac("sha256", signed?.secret ?? "client secret")
    .update(`POST${signed?.as ?? url}${body}${time}`)
    .digest("base64");
  const headers = signed ? { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": time } : {};
  return { method: "POST", url, headers, body, receivedAt };
}

const here = "https://baton.example.com/webhooks/hubspot/1";
const named = `${here}?secret=${encodeURIComponent(secret)}`;
const minutes = (count: number) => new Date(receivedAt.getTime() + count * 60_000);

test.each<[string, WebhookRequest, Partial<Config>, boolean]>([
  ["a signed call", call(here, {}), {}, true],
  ["one signed with another secret", call(here, { secret: "another" }), {}, false],
  ["one signed six minutes ago", call(here, { at: minutes(-6) }), {}, false],
  ["one signed in six minutes", call(here, { at: minutes(6) }), {}, false],
  ["one signed four minutes ago", call(here, { at: minutes(-4) }), {}, true],
  [
    "one signed for the address with some escapes read back",
    call(`${here}?to=a%3Ab%20c`, { as: `${here}?to=a:b%20c` }),
    {},
    true,
  ],
  [
    "one signed for the public address, behind a proxy",
    call("http://inside/x", { as: here }),
    { webhookUrl: here },
    true,
  ],
  ["one signed for an address that nobody named", call("http://inside/x", { as: here }), {}, false],
  ["an unsigned call", call(here, null), {}, false],
  ["an unsigned call that names a secret nobody set", call(named, null), {}, false],
  ["an unsigned call with our secret", call(named, null), { webhookSecret: secret }, true],
  ["an unsigned call without our secret", call(here, null), { webhookSecret: secret }, false],
  ["a wrongly signed call with our secret", call(named, { secret: "another" }), { webhookSecret: secret }, false],
])("%s", (_, request, changes, authentic) => {
  expect(isAuthentic(request, settings(changes))).toBe(authentic);
});

test("a call without a time is refused", () => {
  const request = call(here, {});
  expect(
    isAuthentic({ ...request, headers: { ...request.headers, "x-hubspot-request-timestamp": "" } }, settings()),
  ).toBe(false);
});

describe("with a secret of ours, what a call tells is read back", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator(hubspotEmulator);
  });
  afterAll(() => emulator.stop());

  async function told(change: (body: { message: Record<string, unknown> }) => void): Promise<DeskEvent[]> {
    const handing = exampleHanding();
    const account = createMemoryAccount();
    const signal = AbortSignal.timeout(30_000);
    const own = hubspot.config.parse({ ...emulator.config(), webhookSecret: secret }) as never;
    const input = { config: own, account, handing, idempotencyKey: handing.handoverId, signal };
    const receipts: Receipts = { conversation: (await hubspot.steps.conversation?.({ ...input, receipts: {} })) ?? {} };
    const id = receipts.conversation?.externalId ?? "";
    await emulator.agent.reply(id, "Ines", "The real words");
    const sent = emulator.sent.findLast(({ body }) => body.includes("OUTGOING_CHANNEL_MESSAGE_CREATED"));
    const body = JSON.parse(sent?.body ?? "null");
    change(body);
    return (
      hubspot.webhook?.parse({
        config: own,
        account,
        body: Buffer.from(JSON.stringify(body)),
        receivedAt,
        carried: async (externalId) => (externalId === id ? { handing, receipts } : null),
        signal,
      }) ?? []
    );
  }

  test("its own words do not count", async () => {
    const events = await told(({ message }) => Object.assign(message, { text: "Made up", senders: [] }));
    expect(events).toEqual([
      expect.objectContaining({
        kind: "REPLIED",
        text: "The real words",
        agent: expect.objectContaining({ name: "Ines" }),
      }),
    ]);
  });

  test("a message that the thread does not have is looked for again later", async () => {
    await expect(told(({ message }) => Object.assign(message, { id: "made-up" }))).rejects.toMatchObject({
      retry: true,
    });
  });
});
