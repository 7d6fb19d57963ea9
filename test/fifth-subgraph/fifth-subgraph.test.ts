import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { type DocumentNode, type GraphQLSchema, parse } from "graphql";
import { createGateway, type Gateway } from "../../gateway/server";
import type { Bus } from "../../kit/bus";
import { createPostgresBus } from "../../kit/bus.postgres";
import { systemClock } from "../../kit/clock";
import { createSilentLog } from "../../kit/log";
import { projectPath } from "../../kit/project";
import type { Service } from "../../kit/service";
import { signToken } from "../../kit/viewer";
import { composeSupergraph } from "../../schema/compose";
import { conversationsTables, createConversations } from "../../services/conversations/service";
import { emptyDatabase, type TestDatabase, testDatabase } from "../support/postgres";
import { serveOrders } from "./serve";
import { fakeShop } from "./shop.fake";
import { createOrders } from "./subgraph";

const secrets = { token: "a-secret-of-tests-that-clients-hold", internal: "a-secret-of-tests-for-the-gateway" };
const log = createSilentLog();

/** What Baton's own services have committed, by name. Those that were made from this template are none of them. */
const committed = Object.fromEntries(
  ["assistant", "conversations", "policy", "providers", "summarization"].map((name): [string, DocumentNode] => [
    name,
    parse(readFileSync(projectPath("schema/subgraphs", `${name}.graphql`), "utf8")),
  ]),
);

function supergraphWithOrders(): string {
  const sources = Object.entries(committed).map(([name, sdl]) => ({ name, sdl, url: `http://${name}/graphql` }));
  return composeSupergraph([...sources, { ...createOrders(fakeShop), url: "http://orders/graphql" }]);
}

test("a fifth team's subgraph composes with the committed ones and adds its field to the conversation", () => {
  expect(supergraphWithOrders()).toMatch(/type Conversation[^}]*\borders: \[Order!\] @join__field\(graph: ORDERS/);
});

describe("behind the gateway, as a process of its own", () => {
  let database: TestDatabase;
  let bus: Bus;
  let conversations: Service;
  let orders: Awaited<ReturnType<typeof serveOrders>>;
  let gateway: Gateway;
  let url: string;

  beforeAll(async () => {
    database = await testDatabase("conversations", conversationsTables);
    bus = await createPostgresBus({ url: (await emptyDatabase("fifth_subgraph_bus")).url, log });
    conversations = await createConversations({
      db: database.db,
      bus,
      clock: systemClock,
      log,
      tokenSecret: secrets.token,
    });
    await conversations.start();
    orders = await serveOrders({
      port: 0,
      host: "127.0.0.1",
      internalSecret: secrets.internal,
      latestOrders: fakeShop,
      log,
    });
    const others: [string, { schema: GraphQLSchema }][] = Object.entries(committed).map(([name, sdl]) => [
      name,
      name === conversations.name ? conversations : { schema: buildSubgraphSchema(sdl) },
    ]);
    gateway = await createGateway({
      supergraphSdl: supergraphWithOrders(),
      sources: { ...Object.fromEntries(others), orders: { url: `http://127.0.0.1:${orders.http.port}/graphql` } },
      bus,
      secrets,
      log,
    });
    ({ url } = await gateway.listen(0, "127.0.0.1"));
  });

  afterAll(async () => {
    await gateway.stop();
    await orders.stop();
    await conversations.stop();
    await bus.close();
    await database.drop();
  });

  test("an agent sees the orders of an identified customer; the customer and other workspaces do not", async () => {
    const operator = await signToken(secrets.token, "outer", { role: "OPERATOR" }, 60);
    const { createWorkspace: shop } = await ask(
      operator,
      `mutation { createWorkspace(name: "Shop") { id widgetKey } }`,
    );
    const { startConversation: mine } = await ask(
      null,
      `mutation ($input: StartConversationInput!) { startConversation(input: $input) { token conversation { id } } }`,
      { input: { widgetKey: shop.widgetKey } },
    );
    const id = mine.conversation.id;
    const agent = await agentOf(shop.id);
    const read = `query ($id: ID!) { conversation(id: $id) { language orders { number state } } }`;

    expect((await ask(agent, read, { id })).conversation).toEqual({ language: "en", orders: [] });
    await ask(
      mine.token,
      `mutation ($id: ID!) { identifyCustomer(conversationId: $id, externalId: "customer-1042") { __typename } }`,
      { id },
    );
    expect((await ask(agent, read, { id })).conversation.orders).toEqual([
      { number: "L-2087", state: "SENT" },
      { number: "L-1991", state: "DELIVERED" },
    ]);
    expect((await ask(mine.token, read, { id })).conversation).toEqual({ language: "en", orders: null });
    expect((await ask(await agentOf(randomUUID()), read, { id })).conversation).toBeNull();
  });

  test("asked directly, without the gateway's token, the subgraph answers nothing", async () => {
    const response = await fetch(`http://127.0.0.1:${orders.http.port}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ __typename }" }),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).not.toHaveProperty("data");
  });

  function agentOf(workspaceId: string): Promise<string> {
    return signToken(secrets.token, "outer", { role: "AGENT", workspaceId, agentId: "agent-7", name: "Noor" }, 60);
  }

  // biome-ignore lint/suspicious/noExplicitAny: the answers of two hand-written queries.
  async function ask(token: string | null, query: string, variables: object = {}): Promise<any> {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
    expect(errors).toBeUndefined();
    return data;
  }
});
