import { randomUUID } from "node:crypto";
import { metrics } from "../../kit/metrics";
import { type LiveClient, liveClient } from "./live-client";
import { agentOf, createTinyGraph, customerOf, type TinyGraph, until } from "./tiny-graph";

const watchTitle = "subscription ($id: ID!) { conversation(id: $id) { title } }";

let graph: TinyGraph;
const clients: LiveClient[] = [];
const workspaceId = randomUUID();

beforeAll(async () => {
  graph = await createTinyGraph();
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

function rename(id: string, title: string) {
  const conversation = graph.world.conversations.get(id);
  if (conversation) conversation.title = title;
}

test("the first answer is the current state, and every change follows", async () => {
  const id = graph.world.open(workspaceId, "one");
  const client = await connect({ viewer: customerOf(workspaceId, id) });
  const watched = client.watch(watchTitle, { id });
  expect(await watched.result(1)).toEqual({ data: { conversation: { title: "one" } } });
  rename(id, "two");
  await graph.happened("control.changed", workspaceId, id);
  expect(await watched.result(2)).toEqual({ data: { conversation: { title: "two" } } });
});

test("an id in capitals is the same conversation: its events wake", async () => {
  const id = graph.world.open(workspaceId, "one");
  for (const viewer of [agentOf(workspaceId), customerOf(workspaceId, id)]) {
    rename(id, "one");
    const client = await connect({ viewer });
    const watched = client.watch(watchTitle, { id: id.toUpperCase() });
    expect(await watched.result(1)).toEqual({ data: { conversation: { title: "one" } } });
    rename(id, "two");
    await graph.happened("control.changed", workspaceId, id);
    expect(await watched.result(2)).toEqual({ data: { conversation: { title: "two" } } });
  }
});

test("aliases, fragments, directives and fields of several subgraphs come out as in a query", async () => {
  const id = graph.world.open(workspaceId, "one");
  const said = graph.world.say(id, "hello");
  const client = await connect({ viewer: agentOf(workspaceId) });
  const watched = client.watch(
    `subscription Mine($id: ID!, $quiet: Boolean!, $from: Int!) { ...Root }
     fragment Root on Subscription { mine: messages(conversationId: $id, after: $from) { ...Line sequence } }
     fragment Line on Message { words: text id @skip(if: $quiet) assessment }`,
    { id, quiet: true, from: 0 },
  );
  expect(await watched.result(1)).toEqual({
    data: { mine: [{ words: "hello", assessment: `read ${said.id}`, sequence: 1 }] },
  });
});

test("an answer equal to the last one is not sent again", async () => {
  const id = graph.world.open(workspaceId, "same");
  const client = await connect({ viewer: customerOf(workspaceId, id) });
  const watched = client.watch(watchTitle, { id });
  await watched.result(1);
  const before = graph.world.reads.conversation ?? 0;
  await graph.happened("control.changed", workspaceId, id);
  await until("it was read again", () => graph.world.reads.conversation === before + 1);
  rename(id, "other");
  await graph.happened("control.changed", workspaceId, id);
  await watched.result(2);
  expect(watched.results.map(({ data }) => data?.conversation)).toEqual([{ title: "same" }, { title: "other" }]);
});

test("wakes that come while it reads count as one", async () => {
  const id = graph.world.open(workspaceId, "0");
  const client = await connect({ viewer: customerOf(workspaceId, id) });
  const watched = client.watch(watchTitle, { id });
  await watched.result(1);
  const before = graph.world.reads.conversation ?? 0;
  let open = () => {};
  graph.world.gate = new Promise((resolve) => {
    open = resolve;
  });
  await graph.happened("control.changed", workspaceId, id);
  await until("a read has begun", () => graph.world.reads.conversation === before + 1);
  for (let change = 1; change <= 20; change++) {
    rename(id, String(change));
    await graph.happened("control.changed", workspaceId, id);
  }
  graph.world.gate = null;
  open();
  await until("the last change arrived", () => JSON.stringify(watched.results.at(-1)).includes('"20"'));
  expect(graph.world.reads.conversation).toBe(before + 2);
});

test("readers with the same question and viewer share one read per event; others read for themselves", async () => {
  const id = graph.world.open(workspaceId, "one");
  const viewer = agentOf(workspaceId);
  const [first, second, other] = await Promise.all([
    connect({ viewer }),
    connect({ viewer }),
    connect({ viewer: customerOf(workspaceId, id) }),
  ]);
  const watched = [first, second, other].map((client) => client.watch(watchTitle, { id }));
  await Promise.all(watched.map((one) => one.result(1)));
  const before = graph.world.reads.conversation ?? 0;
  rename(id, "two");
  await graph.happened("control.changed", workspaceId, id);
  await Promise.all(watched.map((one) => one.result(2)));
  expect(graph.world.reads.conversation).toBe(before + 2);
});

test("another workspace's events and other conversations' events wake nobody", async () => {
  const id = graph.world.open(workspaceId, "one");
  const other = graph.world.open(workspaceId, "other");
  const client = await connect({ viewer: agentOf(workspaceId) });
  const watched = client.watch(watchTitle, { id });
  await watched.result(1);
  const before = graph.world.reads.conversation;
  await graph.happened("control.changed", randomUUID(), id);
  await graph.happened("control.changed", workspaceId, other);
  rename(id, "two");
  await graph.happened("control.changed", workspaceId, id);
  await watched.result(2);
  expect(graph.world.reads.conversation).toBe((before ?? 0) + 1);
});

test("a list of the workspace is woken by every conversation of it, and holds no other workspace's", async () => {
  const own = randomUUID();
  const id = graph.world.open(own, "mine");
  const foreign = graph.world.open(randomUUID(), "not mine");
  const client = await connect({ viewer: agentOf(own) });
  const watched = client.watch("subscription { queue { title } }");
  expect(await watched.result(1)).toEqual({ data: { queue: [{ title: "mine" }] } });
  const before = graph.world.reads.queue;
  await graph.happened("control.changed", graph.world.conversations.get(foreign)?.workspaceId ?? "", foreign);
  const next = graph.world.open(own, "next");
  await graph.happened("control.changed", own, next);
  expect(await watched.result(2)).toEqual({ data: { queue: [{ title: "mine" }, { title: "next" }] } });
  rename(id, "renamed");
  await graph.happened("control.changed", own, id);
  await watched.result(3);
  expect(before).toBeUndefined();
});

test("a customer sees null for another's conversation and is never woken by it", async () => {
  const id = graph.world.open(workspaceId, "theirs");
  const mine = graph.world.open(workspaceId, "mine");
  const client = await connect({ viewer: customerOf(workspaceId, mine) });
  const watched = client.watch(watchTitle, { id });
  expect(await watched.result(1)).toEqual({ data: { conversation: null } });
  const before = graph.world.reads.conversation;
  await graph.happened("control.changed", workspaceId, id);
  const own = client.watch(watchTitle, { id: mine });
  await own.result(1);
  rename(mine, "still mine");
  await graph.happened("control.changed", workspaceId, mine);
  await own.result(2);
  expect(graph.world.reads.conversation).toBe((before ?? 0) + 2);
});

test("who may not read is refused with the read's own code, and the subscription ends", async () => {
  const mine = graph.world.open(workspaceId);
  const client = await connect({ viewer: customerOf(workspaceId, mine) });
  const queue = client.watch("subscription { queue { title } }");
  const foreign = client.watch("subscription ($id: ID!) { messages(conversationId: $id) { text } }", {
    id: graph.world.open(workspaceId),
  });
  await until("both ended", () => queue.ended !== undefined && foreign.ended !== undefined);
  expect(queue.ended).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  expect(foreign.ended).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  expect([...queue.results, ...foreign.results]).toEqual([]);
});

test("a malformed event is counted and ignored, and the next one wakes as ever", async () => {
  const id = graph.world.open(workspaceId, "one");
  const client = await connect({ viewer: customerOf(workspaceId, id) });
  const watched = client.watch(watchTitle, { id });
  await watched.result(1);
  await graph.bus.publish([{ topic: "conversations", key: id, value: '{"half' }]);
  rename(id, "two");
  await graph.happened("control.changed", workspaceId, id);
  await watched.result(2);
  expect(await metrics.getSingleMetricAsString("baton_gateway_events_total")).toMatch(/outcome="malformed"\} 1/);
});

test("queries and mutations run over the same socket", async () => {
  const id = graph.world.open(workspaceId);
  const client = await connect({ viewer: agentOf(workspaceId) });
  const posted = client.watch(`mutation ($id: ID!) { post(conversationId: $id, text: "hi") { sequence } }`, { id });
  expect(await posted.result(1)).toEqual({ data: { post: { sequence: 1 } } });
  expect(await client.watch("{ breaks rules }").result(1)).toMatchObject({
    data: { breaks: null, rules: "none" },
    errors: [{ extensions: { code: "INTERNAL" } }],
  });
  await until("both are over", () => posted.ended === null);
});

test("ending a subscription leaves nothing behind that would still read", async () => {
  const id = graph.world.open(workspaceId, "one");
  const client = await connect({ viewer: customerOf(workspaceId, id) });
  const watched = client.watch(watchTitle, { id });
  const staying = client.watch("subscription ($id: ID!) { messages(conversationId: $id) { text } }", { id });
  await watched.result(1);
  watched.stop();
  await until("it is gone", async () =>
    (await metrics.getSingleMetricAsString("baton_gateway_subscriptions")).includes("baton_gateway_subscriptions 1"),
  );
  const before = graph.world.reads.conversation;
  graph.world.say(id, "hello");
  await graph.happened("message.posted", workspaceId, id);
  await staying.result(1);
  expect(graph.world.reads.conversation).toBe(before);
});
