import { randomUUID } from "node:crypto";
import WebSocket from "ws";
import { metrics } from "../../kit/metrics";
import { type LiveClient, liveClient } from "./live-client";
import { agentOf, createTinyGraph, customerOf, type TinyGraph, tokenFor, until } from "./tiny-graph";

const watchTitle = "subscription ($id: ID!) { conversation(id: $id) { title } }";

let graph: TinyGraph;
const clients: LiveClient[] = [];
const workspaceId = randomUUID();

beforeAll(async () => {
  graph = await createTinyGraph({ limits: { subscriptionsPerSocket: 3, unreadBytes: 200_000 } });
  await until("the bus is heard", () => graph.bus.groups === 1);
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.stop()));
});
afterAll(() => graph.stop());

async function connect(who: Parameters<typeof liveClient>[1]): Promise<LiveClient> {
  const client = await liveClient(graph.url, who);
  clients.push(client);
  return client;
}

test("nobody subscribes without a token", async () => {
  const watched = (await connect({})).watch(watchTitle, { id: randomUUID() });
  await until("it ended", () => watched.ended !== undefined);
  expect(watched.ended).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
});

test.each([
  ["one that is no token", async () => "nonsense"],
  ["an expired one", () => tokenFor(agentOf(workspaceId), -10)],
])("a bad token (%s) closes the socket with 4401 and a sentence", async (_what, token) => {
  const client = await connect({ token: await token() });
  const watched = client.watch(watchTitle, { id: randomUUID() });
  await until("it ended", () => watched.ended !== undefined);
  expect(client.closed).toMatchObject([{ code: 4401, reason: expect.stringMatching(/token/i) }]);
});

test.each([
  ["authorization", (token: string) => ({ authorization: `Bearer ${token}` })],
  ["Authorization", (token: string) => ({ Authorization: `Bearer ${token}` })],
  ["token", (token: string) => ({ token })],
])("connectionParams may carry the token as `%s`", async (_name, params) => {
  const id = graph.world.open(workspaceId, "here");
  const client = await connect({ params: params(await tokenFor(agentOf(workspaceId))) });
  expect(await client.watch(watchTitle, { id }).result(1)).toEqual({ data: { conversation: { title: "here" } } });
});

test("when the token expires, the subscription gets UNAUTHENTICATED and the socket is closed", async () => {
  const id = graph.world.open(workspaceId);
  const client = await connect({ viewer: customerOf(workspaceId, id), seconds: 2 });
  const watched = client.watch(watchTitle, { id });
  await watched.result(1);
  await until("the token has expired", () => watched.ended !== undefined);
  expect(watched.ended).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
  await until("it is closed", () => client.closed.length === 1);
  expect(client.closed).toMatchObject([{ code: 4401 }]);
});

test("a socket carries a bounded number of subscriptions, and one that ends makes room", async () => {
  const id = graph.world.open(workspaceId, "here");
  const client = await connect({ viewer: agentOf(workspaceId) });
  const running = [1, 2, 3].map(() => client.watch(watchTitle, { id }));
  await Promise.all(running.map((watched) => watched.result(1)));
  const tooMany = client.watch(watchTitle, { id });
  await until("the fourth was refused", () => tooMany.ended !== undefined);
  expect(tooMany.ended).toMatchObject([{ extensions: { code: "RATE_LIMITED" } }]);
  running[0]?.stop();
  const next = client.watch(watchTitle, { id });
  expect(await next.result(1)).toEqual({ data: { conversation: { title: "here" } } });
});

test("a socket that does not read is cut, and the others go on", async () => {
  const big = graph.world.open(workspaceId, "");
  const client = await connect({ viewer: agentOf(workspaceId) });
  const other = (await connect({ viewer: customerOf(workspaceId, big) })).watch(
    "subscription ($id: ID!) { messages(conversationId: $id) { text } }",
    { id: big },
  );
  const watched = client.watch(watchTitle, { id: big });
  await watched.result(1);
  const raw = client.socket();
  raw.pause();
  const conversation = graph.world.conversations.get(big);
  let change = 0;
  await until("it was cut", async () => {
    if (conversation) conversation.title = `${++change} `.repeat(200_000);
    await graph.happened("control.changed", workspaceId, big);
    return (await metrics.getSingleMetricAsString("baton_gateway_sockets_cut_total")).includes("cut_total 1");
  });
  raw.resume();
  await until("the client noticed", () => client.closed.length === 1);
  expect(client.closed).toMatchObject([{ code: 1006 }]);
  graph.world.say(big, "still here");
  await graph.happened("message.posted", workspaceId, big);
  await until("the other still hears", () => JSON.stringify(other.results).includes("still here"));
});

test.each([
  ["two root fields", "subscription { a: queue { id } b: queue { id } }", {}],
  ["an unknown field", "subscription { nothing }", {}],
  ["a wrong variable", watchTitle, {}],
  ["a syntax error", "subscription {", {}],
  ["a wrong cursor", "subscription ($a: Int!) { messages(conversationId: 1, after: $a) { id } }", { a: "x" }],
])("a document with %s is BAD_INPUT, and the socket stays", async (_what, query, variables) => {
  const client = await connect({ viewer: agentOf(workspaceId) });
  const watched = client.watch(query, variables);
  await until("it ended", () => watched.ended !== undefined);
  expect(watched.ended).toMatchObject([{ message: expect.any(String), extensions: { code: "BAD_INPUT" } }]);
  expect(await client.watch("{ rules }").result(1)).toEqual({ data: { rules: "none" } });
});

test("a message that is too large, and one that is no GraphQL, close their own socket only", async () => {
  const steady = await connect({ viewer: agentOf(workspaceId) });
  await steady.watch("{ rules }").result(1);
  const codes = await Promise.all(["x".repeat(300_000), "hello"].map(closeCodeAfter));
  expect(codes).toEqual([1009, 4400]);
  expect(await steady.watch("{ whoAmI }").result(1)).toMatchObject({ data: {} });
});

test("another path is no socket", async () => {
  const socket = new WebSocket(graph.url.replace("http", "ws").replace("/graphql", "/elsewhere"));
  const error = await new Promise<Error>((resolve) => socket.once("error", resolve));
  expect(error.message).toContain("404");
});

test("GraphiQL, which sends its headers with the operation, is heard too", async () => {
  const id = graph.world.open(workspaceId, "here");
  const socket = new WebSocket(graph.url.replace("http", "ws"), "graphql-transport-ws");
  const messages: { type: string; payload?: unknown }[] = [];
  socket.on("message", (data) => messages.push(JSON.parse(String(data))));
  await new Promise((resolve) => socket.once("open", resolve));
  socket.send(JSON.stringify({ type: "connection_init", payload: {} }));
  await until("it is acknowledged", () => messages.length === 1);
  const authorization = `Bearer ${await tokenFor(agentOf(workspaceId))}`;
  const payload = { query: watchTitle, variables: { id }, extensions: { headers: { authorization } } };
  socket.send(JSON.stringify({ id: "1", type: "subscribe", payload }));
  await until("it answers", () => messages.length === 2);
  expect(messages[1]).toMatchObject({ type: "next", payload: { data: { conversation: { title: "here" } } } });
  socket.terminate();
});

async function closeCodeAfter(text: string): Promise<number> {
  const socket = new WebSocket(graph.url.replace("http", "ws"), "graphql-transport-ws");
  await new Promise((resolve) => socket.once("open", resolve));
  const code = new Promise<number>((resolve) => socket.once("close", resolve));
  socket.on("error", () => {});
  socket.send(text);
  return code;
}
