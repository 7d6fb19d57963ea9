import { randomUUID } from "node:crypto";
import { type LiveClient, liveClient, type Watched } from "./live-client";
import { createTinyGraph, customerOf, type TinyGraph, until } from "./tiny-graph";

const stream = `subscription ($id: ID!, $after: Int!, $first: Int!) {
  messages(conversationId: $id, after: $after, first: $first) { sequence text }
}`;

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

async function connect(conversationId: string): Promise<LiveClient> {
  const client = await liveClient(graph.url, { viewer: customerOf(workspaceId, conversationId) });
  clients.push(client);
  return client;
}

async function say(id: string, text: string) {
  graph.world.say(id, text);
  await graph.happened("message.posted", workspaceId, id);
}

const pages = ({ results }: Watched) => results.map(({ data }) => data?.messages as { sequence: number }[]);
const sequences = (watched: Watched) => pages(watched).flatMap((page) => page.map(({ sequence }) => sequence));
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test("everything after the cursor comes page by page, and then what is new", async () => {
  const id = graph.world.open(workspaceId);
  for (let n = 1; n <= 45; n++) graph.world.say(id, `message ${n}`);
  const watched = (await connect(id)).watch(stream, { id, after: 5, first: 20 });
  await until("the history came", () => sequences(watched).length === 40);
  expect(pages(watched).map(({ length }) => length)).toEqual([20, 20]);
  await say(id, "new");
  await until("the new one came", () => sequences(watched).length === 41);
  expect(sequences(watched)).toEqual(upTo(46).slice(5));
});

test("who comes back with the last position misses nothing and sees nothing twice, however often", async () => {
  const id = graph.world.open(workspaceId);
  const seen: number[] = [];
  let said = 0;
  for (let round = 0; round < 5; round++) {
    const client = await connect(id);
    const watched = client.watch(stream, { id, after: seen.at(-1) ?? 0, first: 4 });
    // Said while it connects, while it reads, and while nobody is there.
    for (let n = 0; n < 7; n++) await say(id, `message ${++said}`);
    await until("something came", () => sequences(watched).length > 0);
    client.socket().terminate();
    const before = said;
    await until("the socket is closed", () => client.closed.length > 0);
    seen.push(...sequences(watched));
    await say(id, `message ${++said}`);
    expect(seen.at(-1)).toBeLessThanOrEqual(before);
  }
  const last = (await connect(id)).watch(stream, { id, after: seen.at(-1) ?? 0, first: 4 });
  await until("the rest came", () => seen.length + sequences(last).length === said);
  expect([...seen, ...sequences(last)]).toEqual(upTo(said));
});

test("many messages in a burst come once each, in order", async () => {
  const id = graph.world.open(workspaceId);
  const watched = (await connect(id)).watch(stream, { id, after: 0, first: 50 });
  await Promise.all(upTo(200).map((n) => say(id, `message ${n}`)));
  await until("all came", () => sequences(watched).length >= 200);
  expect(sequences(watched)).toEqual(upTo(200));
});

test("a wake that the bus lost is healed by the next one", async () => {
  const id = graph.world.open(workspaceId);
  const watched = (await connect(id)).watch(stream, { id, after: 0, first: 50 });
  await say(id, "heard");
  graph.world.say(id, "its event was lost");
  await say(id, "heard again");
  await until("all came", () => sequences(watched).length === 3);
  expect(sequences(watched)).toEqual([1, 2, 3]);
});

test("the cursor may be left out or written into the document; the position is not sent unasked", async () => {
  const id = graph.world.open(workspaceId);
  for (let n = 1; n <= 3; n++) graph.world.say(id, `message ${n}`);
  const client = await connect(id);
  const all = client.watch(`subscription { messages(conversationId: "${id}") { text } }`);
  expect(await all.result(1)).toEqual({
    data: { messages: [{ text: "message 1" }, { text: "message 2" }, { text: "message 3" }] },
  });
  const late = client.watch(`subscription { messages(conversationId: "${id}", after: 2) { text } }`);
  expect(await late.result(1)).toEqual({ data: { messages: [{ text: "message 3" }] } });
});

test("while the bus is down queries are answered, the history still comes, and /readyz names the bus", async () => {
  const own = await createTinyGraph();
  try {
    await until("the bus is heard", () => own.bus.groups === 1);
    const readyz = own.url.replace("/graphql", "/readyz");
    expect(await (await fetch(readyz)).json()).toMatchObject({ status: "ready" });
    own.bus.down = true;
    const id = own.world.open(workspaceId);
    own.world.say(id, "before");
    const client = await liveClient(own.url, { viewer: customerOf(workspaceId, id) });
    clients.push(client);
    await client.watch(stream, { id, after: 0, first: 5 }).result(1);
    expect((await own.ask("{ rules }")).data).toEqual({ rules: "none" });
    const down = await fetch(readyz);
    expect(down.status).toBe(503);
    expect(await down.json()).toMatchObject({ checks: { conversations: "ok", bus: "the bus is down" } });
  } finally {
    await own.stop();
  }
});
