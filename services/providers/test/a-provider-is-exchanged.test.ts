import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Stage, until } from "../../../test/support/stage";
import { createFailingProvider } from "../provider.failing";
import { type AHandover, aHandover, connect, deskConfig, openStage } from "./scene";

const folder = mkdtempSync(join(tmpdir(), "baton-acme-"));
const [desk, second] = [createFailingProvider("INTERCOM"), createFailingProvider("HUBSPOT")];
let on: Stage;

beforeAll(async () => {
  // A package as somebody else writes it: nothing of it is in the tree.
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "baton-provider-acme", main: "index.js" }));
  writeFileSync(
    join(folder, "index.js"),
    `module.exports = ({ z, defineProvider, secret }) => defineProvider({
      name: "CUSTOM", title: "Acme Desk", mode: "DESK",
      capabilities: { handover: true, email: true, summary: "AUTOMATED", tags: false, handBack: false },
      config: z.object({ apiKey: secret("The key of the account.") }),
      steps: { conversation: async ({ config, handing }) => ({ externalId: "acme-" + handing.handoverId, ids: { key: String(config.apiKey.length) } }) },
      testConnection: async () => ({ ok: true, message: "Acme answers." }),
    });`,
  );
  on = await openStage({ providers: [desk.provider, second.provider], providerPackages: [folder] });
});
afterAll(async () => {
  await on.close();
  rmSync(folder, { recursive: true, force: true });
});

const takenBy = async (handover: AHandover) => {
  await on.hear(handover.requested, handover.summarized);
  return (await on.said("handover.delivered", handover.conversationId))[0]?.data.delivery;
};

test("another desk takes what is new; what runs stays where it is, with its messages and its end", async () => {
  const running = aHandover();
  const former = await connect(on, running, "INTERCOM", deskConfig);
  expect(await takenBy(running)).toMatchObject({ provider: "INTERCOM", connectionId: former });
  await connect(on, running, "HUBSPOT", deskConfig);
  await on.ask(running.service, "mutation ($id: ID!) { deleteConnection(id: $id) }", { id: former });
  const next = aHandover(running.workspaceId);
  expect(await takenBy(next)).toMatchObject({ provider: "HUBSPOT" });
  await on.hear(running.changed("ACTIVE", "Ines", "WAITING"), running.wrote(4, "one"), next.wrote(4, "two"));
  await until("each has its own", () =>
    [desk.items.get(running.handoverId), second.items.get(next.handoverId)].every(
      (item) => item?.messages.length === 1,
    ),
  );
  expect(desk.items.get(running.handoverId)?.messages).toEqual(["one"]);
  expect(desk.items.has(next.handoverId)).toBe(false);
  await on.hear(running.changed("ENDED"));
  await until("it closes where it was", () => desk.items.get(running.handoverId)?.closed);
  expect(second.items.has(running.handoverId)).toBe(false);
});

test("a handover that is being tried at a desk goes on there after the desk was exchanged", async () => {
  const running = aHandover();
  const former = await connect(on, running, "INTERCOM", deskConfig);
  desk.fail("assign", "again", 3);
  await on.hear(running.requested, running.summarized);
  await connect(on, running, "HUBSPOT", deskConfig);
  await on.ask(running.service, "mutation ($id: ID!) { deleteConnection(id: $id) }", { id: former });
  expect((await on.said("handover.delivered", running.conversationId))[0]?.data.delivery.provider).toBe("INTERCOM");
});

test("a provider out of a package is connected and carries handovers like any other", async () => {
  const handover = aHandover();
  const id = await connect(on, handover, "CUSTOM", { apiKey: "very-secret" });
  const testing = "mutation ($id: ID!) { testConnection(id: $id) { message } }";
  expect(await on.ask(handover.service, testing, { id })).toEqual({ testConnection: { message: "Acme answers." } });
  expect(await takenBy(handover)).toMatchObject({ provider: "CUSTOM", connectionId: id });
  const [said] = await on.said("handover.delivered", handover.conversationId);
  expect(said?.data.externalId).toBe(`acme-${handover.handoverId}`);
});
