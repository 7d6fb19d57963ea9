import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemoryAccount } from "./accounts.fake";
import { exampleHanding } from "./handing.example";
import { openDesks } from "./open-desks";

const folder = mkdtempSync(join(tmpdir(), "baton-packages-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function install(name: string, source: string): void {
  const own = join(folder, "node_modules", name);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "package.json"), JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
  writeFileSync(join(own, "index.js"), source);
}

const acme = (more = "") => `module.exports = ({ z, defineProvider, secret }) => defineProvider({
  name: "CUSTOM",
  title: "Acme Desk",
  mode: "DESK",
  capabilities: { handover: true, email: true, summary: "AUTOMATED", tags: false, handBack: false },
  config: z.object({ apiKey: secret("The key of the account.") }),
  steps: { conversation: async ({ idempotencyKey }) => ({ externalId: "acme-" + idempotencyKey }) },
  testConnection: async () => ({ ok: true, message: "Acme answers." }),
  ${more}
});`;

test("a provider comes from a package outside of Baton, by its npm name", async () => {
  install("baton-provider-acme", acme());
  const desks = openDesks(["baton-provider-acme"], folder);
  const custom = desks.find(({ name }) => name === "CUSTOM");
  const handing = exampleHanding();
  const receipt = await custom?.steps.conversation?.({
    config: custom.config.parse({ apiKey: "k" }) as never,
    account: createMemoryAccount(),
    handing,
    receipts: {},
    idempotencyKey: handing.handoverId,
    signal: new AbortController().signal,
  });
  expect(receipt).toEqual({ externalId: `acme-${handing.handoverId}` });
  expect(desks.length).toBe(openDesks().length + 1);
});

test("and by its path", () => {
  install("@acme/desk", acme());
  const desks = openDesks([join(folder, "node_modules", "@acme", "desk")]);
  expect(desks.map(({ title }) => title)).toContain("Acme Desk");
});

test.each([
  ["is not installed", null, /cannot be loaded/],
  ["exports no function", "module.exports = {};", /must export a function/],
  ["gives nothing", "module.exports = () => null;", /gave no provider/],
  ["has a name of its own", acme('name: "ACME",'), /its name must be one of/],
  ["knows another step", acme("steps: { conversation: async () => ({}), pray: async () => ({}) },"), /no step pray/],
  ["describes no setting", acme("config: z.object({ apiKey: z.string() }),"), /apiKey has no description/],
])("a package that %s is refused in words", (what, source, words) => {
  const name = `baton-provider-${what.replaceAll(" ", "-")}`;
  if (source) install(name, source);
  expect(() => openDesks([name], folder)).toThrow(words);
});
