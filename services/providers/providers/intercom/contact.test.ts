import { createMemoryAccount } from "../../accounts.fake";
import { type Emulator, startEmulator } from "../../emulators/emulator";
import { intercomEmulator } from "../../emulators/intercom";
import { exampleHanding } from "../../handing.example";
import type { Handing } from "../../provider";
import { intercom } from ".";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator(intercomEmulator);
});
afterEach(() => emulator.stop());

/** What somebody else does in the workspace. */
async function ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const headers = { authorization: "Bearer emulated-intercom-token", "content-type": "application/json" };
  const answer = await fetch(`${emulator.url}${path}`, {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return answer.json() as Promise<Record<string, unknown>>;
}

/** The contact that a handover of this customer's is opened for. */
async function contactOf(customer: Partial<Handing["customer"]>): Promise<string> {
  const example = exampleHanding();
  const handing = { ...example, customer: { ...example.customer, ...customer } };
  const receipt = await intercom.steps.contact?.({
    config: intercom.config.parse(emulator.config()) as never,
    account: createMemoryAccount(),
    handing,
    receipts: {},
    idempotencyKey: handing.handoverId,
    signal: AbortSignal.timeout(30_000),
  });
  return receipt?.ids?.contact ?? "";
}

test("the company's own id counts more than the e-mail, and an address that is missing is added", async () => {
  const known = await ask("POST", "/contacts", { external_id: "customer-17", name: "Mia" });
  await ask("POST", "/contacts", { role: "lead", email: "mia@example.com" });
  expect(await contactOf({ externalId: "customer-17" })).toBe(known.id);
  expect(await ask("GET", `/contacts/${known.id}`)).toMatchObject({ email: "mia@example.com", name: "Mia" });
});

test("of those with one e-mail, a user is taken before a lead", async () => {
  await ask("POST", "/contacts", { role: "lead", email: "mia@example.com" });
  const user = await ask("POST", "/contacts", { role: "user", email: "mia@example.com" });
  await ask("POST", "/contacts", { role: "lead", email: "mia@example.com" });
  expect(await contactOf({})).toBe(user.id);
});

test("a contact that the search does not know yet is not made twice", async () => {
  const made = await ask("POST", "/contacts", { role: "user", email: "mia@example.com" });
  emulator.answer("POST /contacts/search", { type: "list", data: [], total_count: 0 });
  expect(await contactOf({})).toBe(made.id);
});

test("somebody without any address is the same contact in the next handover", async () => {
  const customer = { id: "4b2f0f4e-0000-4000-8000-000000000017", email: null, name: null };
  expect(await contactOf(customer)).toBe(await contactOf(customer));
});

test("an archived contact is in nobody's way", async () => {
  const archived = await ask("POST", "/contacts", { role: "user", email: "mia@example.com" });
  await ask("POST", `/contacts/${archived.id}/archive`);
  const contact = await contactOf({});
  expect(contact).not.toBe(archived.id);
  expect(await ask("GET", `/contacts/${contact}`)).toMatchObject({ role: "lead", email: "mia@example.com" });
});

test("an id of the company's stays out of addresses, which errors show", async () => {
  await contactOf({ externalId: "mia@example.com", email: null });
  expect(emulator.received.map(({ path }) => decodeURIComponent(path)).join()).not.toContain("mia@");
});
