import type { Viewer } from "../../../kit/viewer";
import type { Stage } from "../../../test/support/stage";
import { createCredentials } from "../credentials";
import { createFailingProvider } from "../provider.failing";
import { aHandover, connect, credentialsKey, deskConfig, linkConfig, openStage } from "./scene";

let on: Stage;
beforeAll(async () => {
  on = await openStage({ providers: [createFailingProvider("INTERCOM").provider] });
});
afterAll(() => on.close());

const fields = "id provider name config primary secretFields";
const list = (viewer: Viewer) =>
  on
    .ask<{ connections: Record<string, unknown>[] }>(viewer, `{ connections { ${fields} } }`)
    .then(({ connections }) => connections);
const connecting = "mutation ($input: ConnectProviderInput!) { connectProvider(input: $input) { id } }";
const updating = `mutation ($id: ID!, $input: UpdateConnectionInput!) { updateConnection(id: $id, input: $input) { ${fields} } }`;
const testing = "mutation ($id: ID!) { testConnection(id: $id) { ok message } }";
const deleting = "mutation ($id: ID!) { deleteConnection(id: $id) }";

test("secrets are encrypted in the database and never shown", async () => {
  const { service, workspaceId } = aHandover();
  const id = await connect(on, { service }, "INTERCOM", deskConfig);
  expect(await list(service)).toEqual([
    {
      id,
      provider: "INTERCOM",
      name: "Failing INTERCOM",
      config: { subdomain: "shop" },
      primary: true,
      secretFields: ["apiKey"],
    },
  ]);
  const rows = await on.db.query("select * from connection where workspace_id = $1", [workspaceId]);
  expect(JSON.stringify(rows)).not.toContain("very-secret");
});

test("what is changed is changed, the other fields and the secrets stay", async () => {
  const { service } = aHandover();
  const id = await connect(on, { service }, "INTERCOM", deskConfig);
  const { updateConnection } = await on.ask<{ updateConnection: unknown }>(service, updating, {
    id,
    input: { name: "Main desk", config: { subdomain: "shop2" } },
  });
  expect(updateConnection).toMatchObject({ name: "Main desk", config: { subdomain: "shop2" }, primary: true });
  expect(await on.ask(service, testing, { id })).toEqual({
    testConnection: { ok: true, message: "The desk shop2 answers." },
  });
});

test("tokens outlive a change of settings, and go with the secret they came from", async () => {
  const { service, workspaceId } = aHandover();
  const id = await connect(on, { service }, "INTERCOM", deskConfig);
  await on.db.query(
    "insert into connection_token (connection_id, workspace_id, sealed, updated_at) values ($1, $2, 'sealed', now())",
    [id, workspaceId],
  );
  const kept = async () => (await on.db.query("select from connection_token where connection_id = $1", [id])).length;
  await on.ask(service, updating, { id, input: { config: { subdomain: "shop2" } } });
  expect(await kept()).toBe(1);
  await on.ask(service, updating, { id, input: { config: { apiKey: "another-secret" } } });
  expect(await kept()).toBe(0);
});

test("the newest connection is primary unless it is not to be, and can be made primary later", async () => {
  const { service } = aHandover();
  const first = await connect(on, { service }, "LINK", linkConfig);
  const second = await connect(on, { service }, "INTERCOM", deskConfig);
  await on.ask(service, connecting, { input: { provider: "LINK", name: "Last", config: linkConfig, primary: false } });
  const order = async () => (await list(service)).map(({ id, primary }) => [id, primary]);
  expect((await order()).slice(0, 2)).toEqual([
    [second, true],
    [first, false],
  ]);
  await on.ask(service, updating, { id: first, input: { primary: true } });
  expect((await order())[0]).toEqual([first, true]);
});

test.each([
  ["a missing field", { provider: "INTERCOM", config: { subdomain: "shop" } }, "config.apiKey"],
  ["an unknown field", { provider: "LINK", config: { ...linkConfig, token: "x" } }, "config.token"],
  [
    "a host that is not allowed",
    { provider: "LINK", config: { ...linkConfig, allowedHosts: ["example.org"] } },
    "config.urlTemplate",
  ],
  [
    "http",
    { provider: "LINK", config: { ...linkConfig, urlTemplate: "http://help.example.com/" } },
    "config.urlTemplate",
  ],
  ["no object", { provider: "LINK", config: "https://help.example.com" }, "config"],
  ["a provider that is not there", { provider: "CUSTOM", config: {} }, "provider"],
  ["an empty name", { provider: "LINK", name: " ", config: linkConfig }, "name"],
])("%s is refused by name, and nothing is kept", async (_, input, field) => {
  const { service } = aHandover();
  const refusal = await on.refusal(service, connecting, { input });
  expect(refusal?.extensions).toMatchObject({ code: "BAD_INPUT", field });
  expect(refusal?.message).not.toContain("very-secret");
  expect(await list(service)).toEqual([]);
});

test("trying a connection tells in words what is wrong", async () => {
  const { service } = aHandover();
  const id = await connect(on, { service }, "INTERCOM", { ...deskConfig, subdomain: "wrong" });
  expect(await on.ask(service, testing, { id })).toEqual({
    testConnection: { ok: false, message: "There is no desk with the subdomain wrong." },
  });
});

test("a deleted connection is gone, its credentials too", async () => {
  const { service } = aHandover();
  const id = await connect(on, { service }, "INTERCOM", deskConfig);
  const sealed = async () => (await on.db.query("select secrets from connection where id = $1", [id]))[0].secrets;
  expect(await on.ask(service, deleting, { id })).toEqual({ deleteConnection: id });
  expect(await list(service)).toEqual([]);
  expect(await sealed()).toBe("");
  expect((await on.refusal(service, testing, { id }))?.extensions.code).toBe("NOT_FOUND");
});

test("only services of the workspace reach its connections", async () => {
  const { service, agent, customer } = aHandover();
  const id = await connect(on, { service }, "LINK", linkConfig);
  const stranger = aHandover().service;
  expect(await list(stranger)).toEqual([]);
  for (const [mutation, variables] of [
    [updating, { id, input: { name: "Mine" } }],
    [deleting, { id }],
    [testing, { id }],
  ] as const) {
    expect((await on.refusal(stranger, mutation, variables))?.extensions.code).toBe("NOT_FOUND");
    expect((await on.refusal(agent(), mutation, variables))?.extensions.code).toBe("FORBIDDEN");
    expect((await on.refusal({ role: "ANONYMOUS" }, mutation, variables))?.extensions.code).toBe("UNAUTHENTICATED");
  }
  expect((await on.refusal(service, deleting, { id: "no id" }))?.extensions.code).toBe("NOT_FOUND");
  expect((await on.refusal(customer, `{ connections { id } }`))?.extensions.code).toBe("FORBIDDEN");
  const entity = `{ _entities(representations: [{ __typename: "Connection", id: "${id}" }]) { ... on Connection { name } } }`;
  expect(await on.ask(service, entity)).toEqual({ _entities: [{ name: "Link" }] });
  for (const viewer of [stranger, agent(), customer])
    expect(await on.ask(viewer, entity)).toEqual({ _entities: [null] });
});

test("the capability matrix is the one that is printed", async () => {
  const { providers } = await on.ask<{ providers: Record<string, unknown>[] }>(
    { role: "ANONYMOUS" },
    "{ providers { title handover email summary } }",
  );
  const line = (title: string, email: boolean, summary: string) => ({
    title,
    handover: true,
    email,
    summary,
  });
  expect(providers).toEqual([
    line("Failing INTERCOM", true, "AUTOMATED"),
    line("Zendesk (Messaging)", true, "AUTOMATED"),
    line("Zendesk (Tickets)", true, "AUTOMATED"),
    line("HubSpot", true, "AUTOMATED"),
    line("Freshchat", false, "AUTOMATED"),
    line("Freshdesk", true, "AUTOMATED"),
    line("Gorgias", true, "AUTOMATED"),
    line("Link", false, "COPY_PASTE"),
    line("Console", true, "AUTOMATED"),
  ]);
});

test("two who change a connection at once both have their way, its secrets included", async () => {
  const { service } = aHandover();
  const id = await connect(on, { service }, "INTERCOM", deskConfig);
  const change = (config: object) => on.ask(service, updating, { id, input: { config } });
  for (let round = 0; round < 20; round += 1) {
    await Promise.all([change({ subdomain: `shop-${round}` }), change({ apiKey: `key-${round}` })]);
    const [{ config, secrets }] = await on.db.query("select config, secrets from connection where id = $1", [id]);
    expect(config).toEqual({ subdomain: `shop-${round}` });
    expect(createCredentials(credentialsKey).open(secrets, id)).toEqual({ apiKey: `key-${round}` });
  }
});

test("characters that no database holds are left out of what is given", async () => {
  const { service } = aHandover();
  const input = {
    provider: "INTERCOM",
    name: "Main\0 desk",
    config: { ...deskConfig, subdomain: "sh\0op" },
    takes: { tags: ["re\0turns"] },
  };
  await on.ask(service, connecting, { input });
  const [made] = await list(service);
  expect(made).toMatchObject({ name: "Main desk", config: { subdomain: "shop" } });
  const renamed = { id: made?.id, input: { name: "De\0sk", takes: { languages: ["e\0n"] } } };
  expect(await on.ask(service, updating, renamed)).toMatchObject({ updateConnection: { name: "Desk" } });
});
