import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { until } from "../../../../test/support/stage";
import { createMemoryAccount } from "../../accounts.fake";
import { type Emulator, startEmulator } from "../../emulators/emulator";
import { zendeskTicketsEmulator } from "../../emulators/zendesk-tickets";
import { exampleHanding } from "../../handing.example";
import type { DeskAccount, DeskEvent, Handing, Receipts } from "../../provider";
import { markOf } from "../../provider.text";
import { zendeskTickets } from ".";
import { apiOf, update } from "./api";
import { apiTokenNotice, type Config } from "./config";
import { asTag, commentParts } from "./steps";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator(zendeskTicketsEmulator);
});
afterAll(() => emulator.stop());
beforeEach(() => emulator.mend());

const signal = () => AbortSignal.timeout(5_000);
const configOf = (more: Record<string, unknown> = {}) =>
  zendeskTickets.config.parse({ ...emulator.config(), ...more }) as unknown as Config;
const me = (config: Config, account: DeskAccount) =>
  apiOf(config, account).request({ method: "GET", path: "/api/v2/users/me", signal: signal() });
const tokenCalls = (from: number) => emulator.received.slice(from).filter(({ path }) => path === "/oauth/tokens");

/** What a browser brings back after somebody agreed. */
async function consent(): Promise<Record<string, unknown>> {
  const { clientId } = configOf();
  const redirectUri = "https://baton.example.com/connected";
  const query = new URLSearchParams({ response_type: "code", client_id: clientId ?? "", redirect_uri: redirectUri });
  const answer = await fetch(`${emulator.url}/oauth/authorizations/new?${query}`, { redirect: "manual" });
  const authorizationCode = new URL(answer.headers.get("location") ?? "").searchParams.get("code");
  return { authorizationCode, redirectUri };
}

async function carry(handing: Handing, config = configOf(), account = createMemoryAccount()): Promise<Receipts> {
  const receipts: Receipts = {};
  for (const [name, step] of Object.entries(zendeskTickets.steps))
    receipts[name as never] = (await step({
      config: config as never,
      account,
      handing,
      receipts,
      idempotencyKey: handing.handoverId,
      signal: signal(),
    })) as never;
  return receipts;
}

test("however many ask at once, one token is got", async () => {
  const account = createMemoryAccount();
  const from = emulator.received.length;
  const answers = await Promise.all(Array.from({ length: 8 }, () => me(configOf(), account)));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  expect(tokenCalls(from)).toHaveLength(1);
  emulator.expireTokens?.();
  await Promise.all(Array.from({ length: 8 }, () => me(configOf(), account)));
  expect(tokenCalls(from)).toHaveLength(2);
});

test("a refresh token that rotates is kept before it is used, and each is used once", async () => {
  const account = createMemoryAccount();
  const config = configOf(await consent());
  const from = emulator.received.length;
  for (let round = 0; round < 4; round += 1) {
    await Promise.all([me(config, account), me(config, account), me(config, account)]);
    emulator.expireTokens?.();
  }
  const grants = tokenCalls(from).map(({ body }) => (body as { grant_type: string }).grant_type);
  expect(grants).toEqual(["authorization_code", "refresh_token", "refresh_token", "refresh_token"]);
  const used = tokenCalls(from).flatMap(({ body }) => (body as { refresh_token?: string }).refresh_token ?? []);
  expect(new Set(used).size).toBe(3);
});

test("a refresh token is not lost when the call that asked for it is given up", async () => {
  // Between Baton and the emulator, which it makes slow: Zendesk has changed the tokens long before it answers.
  const slow = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const { method = "GET", url = "", headers } = request;
      const sent = { authorization: headers.authorization ?? "", "content-type": headers["content-type"] ?? "" };
      const body = chunks.length > 0 ? Buffer.concat(chunks) : null;
      const answer = await fetch(`${emulator.url}${url}`, { method, headers: sent, body });
      const text = await answer.text();
      setTimeout(() => response.writeHead(answer.status).end(text), url.startsWith("/oauth") ? 300 : 0);
    });
  });
  await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
  const config = configOf({ ...(await consent()), baseUrl }) as never;
  const account = createMemoryAccount();
  const from = emulator.received.length;
  const givenUp = new AbortController();
  const first = zendeskTickets.testConnection(config, givenUp.signal, account).catch(() => null);
  await until("Zendesk has changed the tokens", () => tokenCalls(from)[0]?.status);
  givenUp.abort();
  await first;
  expect(await zendeskTickets.testConnection(config, signal(), account)).toMatchObject({ ok: true });
  expect(tokenCalls(from)).toHaveLength(1);
  slow.closeAllConnections();
  await new Promise((resolve) => slow.close(resolve));
});

test("a token that ends soon is renewed before it is refused", async () => {
  const account = createMemoryAccount();
  const config = configOf();
  await account.tokens.renew(null, async () => ({
    accessToken: "nearly over",
    refreshToken: null,
    expiresAt: new Date(Date.now() + 30_000).toISOString(),
  }));
  const from = emulator.received.length;
  await me(config, account);
  expect(emulator.received.slice(from).map(({ status }) => status)).toEqual([200, 200]);
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ["another secret", { clientSecret: "wrong" }, /does not know this OAuth client/],
  ["a scope that only reads", { scope: "read" }, /may not write/],
  ["a consent that is used up", { authorizationCode: "old", redirectUri: "https://x.example" }, /connect again/],
  ["an unknown group", { groupId: 77 }, /no group 77; it has 360001 \(Support\), 360002 \(Billing\)/],
  ["an unknown agent", { assigneeId: 77 }, /no user 77/],
  ["another API token", { email: "baton@example.com", apiToken: "wrong" }, /does not know this API token/],
])("trying a connection says what is wrong: %s", async (_, more, words) => {
  const tried = await zendeskTickets.testConnection(configOf(more) as never, signal(), createMemoryAccount());
  expect(tried).toEqual({ ok: false, message: expect.stringMatching(words) });
});

test("trying a connection to an account that is not there says so", async () => {
  const config = configOf({ baseUrl: `${emulator.url}/elsewhere`, subdomain: "acme" });
  const tried = await zendeskTickets.testConnection(config as never, signal(), createMemoryAccount());
  expect(tried).toEqual({ ok: false, message: "There is no Zendesk account named acme." });
});

test("an API token works as long as Zendesk takes them, and its end is told", async () => {
  const config = configOf({ email: "baton@example.com", apiToken: "emulated-zendesk-api-token" });
  expect((await me(config, createMemoryAccount())).status).toBe(200);
  expect(apiTokenNotice(new Date("2027-04-29T12:00:00Z"))).toMatchObject({
    works: true,
    words: expect.stringContaining("30 April 2027"),
  });
  expect(apiTokenNotice(new Date("2027-04-30T00:00:00Z")).works).toBe(false);
});

test("without an OAuth client or an API token there is no connection", () => {
  const { clientId: _, ...without } = emulator.config();
  expect(zendeskTickets.config.safeParse(without).error?.issues[0]).toMatchObject({ path: ["clientId"] });
});

test("a long conversation loses nothing where Zendesk cuts", async () => {
  const handing = exampleHanding();
  const [line] = handing.transcript;
  if (!line) throw new Error("the example has a transcript");
  const words = Array.from({ length: 30 }, (_, index) => `${index}: ${'"ü & <lamp>"'.repeat(500)} end ${index}.`);
  const transcript = words.map((text, index) => ({ ...line, id: randomUUID(), sequence: index + 1, text }));
  const { conversation } = await carry({ ...handing, transcript });
  const item = emulator.items().find(({ externalId }) => externalId === conversation?.externalId);
  const notes = item?.notes.join("\n") ?? "";
  for (const text of words) expect(notes.replaceAll("\n", "")).toContain(text);
  expect(item?.notes.length).toBeGreaterThan(2);
});

test("a ticket that cannot be listed yet is not made twice, nor under other words", async () => {
  const handing = exampleHanding();
  const make = (more: Partial<Handing>) =>
    zendeskTickets.steps.conversation?.({
      config: configOf() as never,
      account: createMemoryAccount(),
      handing: { ...handing, ...more },
      receipts: {},
      idempotencyKey: handing.handoverId,
      signal: signal(),
    });
  emulator.answer(`GET /api/v2/tickets?external_id=${markOf(handing.handoverId)}`, { tickets: [] });
  const made = await make({});
  expect(await make({})).toEqual(made);
  await expect(make({ summary: null, transcript: [] })).rejects.toMatchObject({ retry: true });
});

test("a ticket that somebody changes at the same moment is tried again", async () => {
  const answer = { status: 409, body: { error: "Conflict" }, headers: new Headers(), requestId: null };
  const http = { request: async () => answer, ask: async () => Promise.reject(new Error("nobody asks")) };
  const changed = update(http, { path: "/api/v2/tickets/1", json: { ticket: {} }, signal: signal() });
  await expect(changed).rejects.toMatchObject({ retry: true });
});

test("an e-mail address that Zendesk refuses does not keep the customer from a person", async () => {
  const handing = exampleHanding();
  const customer = { ...handing.customer, email: "mia@@example" };
  const { conversation } = await carry({ ...handing, customer });
  expect(emulator.items().find(({ externalId }) => externalId === conversation?.externalId)).toMatchObject({
    email: null,
    assigned: true,
  });
});

test("a customer who writes faster than Zendesk takes changes of one ticket holds up no other ticket", async () => {
  const account = createMemoryAccount();
  const handing = exampleHanding();
  const receipts = await carry(handing, configOf(), account);
  const [line] = handing.transcript;
  if (!line) throw new Error("the example has a transcript");
  const write = () => {
    const message = { ...line, id: randomUUID() };
    const input = { config: configOf() as never, account, handing, receipts, message, signal: signal() };
    return zendeskTickets.forwardMessage?.({ ...input, idempotencyKey: message.id });
  };
  const flood = async () => {
    for (let count = 0; count < 40; count += 1) await write();
  };
  await expect(flood()).rejects.toMatchObject({ retry: true, afterMs: expect.any(Number) });
  await expect(carry(exampleHanding(), configOf(), account)).resolves.toHaveProperty("assign");
});

test("what a customer writes whose address is an agent's own comes back as nothing", async () => {
  const account = createMemoryAccount();
  const example = exampleHanding();
  const handing = { ...example, customer: { ...example.customer, email: "baton@example.com" } };
  const begun = emulator.sent.length;
  const receipts = await carry(handing, configOf(), account);
  const [line] = handing.transcript;
  if (!line) throw new Error("the example has a transcript");
  const message = { ...line, id: randomUUID(), text: "is anybody there?" };
  const given = { config: configOf() as never, account, signal: signal() };
  await zendeskTickets.forwardMessage?.({ ...given, handing, receipts, message, idempotencyKey: message.id });
  const events: DeskEvent[] = [];
  for (const { body } of emulator.sent.slice(begun)) {
    const call = { body: Buffer.from(body), receivedAt: new Date(), carried: async () => ({ handing, receipts }) };
    events.push(...((await zendeskTickets.webhook?.parse({ ...given, ...call })) ?? []));
  }
  expect(emulator.sent.length).toBeGreaterThan(begun);
  expect(events).toEqual([]);
});

test("the tags in use are listed, the most used first", async () => {
  const input = { config: configOf() as never, account: createMemoryAccount(), signal: signal() };
  expect((await zendeskTickets.listTags?.(input))?.slice(0, 3)).toEqual(["returns", "delivery", "lamps"]);
});

test("topics become tags of one word", () => {
  expect(["Returns & refunds", "  VIP ", "Größe", "a/b:c", "!?"].map(asTag)).toEqual([
    "returns_refunds",
    "vip",
    "größe",
    "a/b:c",
    "",
  ]);
});

test("texts become as few comments as they fit into, each below 64 kB", () => {
  const parts = commentParts([...Array(40).fill('"'.repeat(3_000)), "🙂".repeat(30_000)]);
  for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(60_000);
  expect(parts.join("").match(/&quot;/g)).toHaveLength(120_000);
  expect(parts.join("").match(/🙂/gu)).toHaveLength(30_000);
});
