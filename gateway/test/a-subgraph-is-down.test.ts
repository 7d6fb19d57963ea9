import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createSilentLog } from "../../kit/log";
import { type Viewer, verifyToken } from "../../kit/viewer";
import { createInternalTokens } from "../identity";
import { createRemoteSource } from "../subgraphs/remote-source";
import type { Source } from "../subgraphs/source";
import { agentOf, createTinyGraph, secrets } from "./tiny-graph";

const log = createSilentLog();

describe("one of two subgraphs is down", () => {
  test("its fields are UNAVAILABLE by name, the other's are answered, and it comes back by itself", async () => {
    const graph = await createTinyGraph({ remote: true });
    const workspaceId = randomUUID();
    const id = graph.world.open(workspaceId, "lamp");
    graph.world.say(id, "hello");
    const query = `{ conversation(id: "${id}") { title } messages(conversationId: "${id}") { text assessment } rules }`;
    try {
      await graph.processes.policy?.stop();
      const { status, data, errors } = await graph.ask(query, { viewer: agentOf(workspaceId) });
      expect(status).toBe(200);
      expect(data).toEqual({
        conversation: { title: "lamp" },
        messages: [{ text: "hello", assessment: null }],
        rules: null,
      });
      expect(new Set(errors?.map(({ extensions }) => JSON.stringify(extensions)))).toEqual(
        new Set(['{"subgraph":"policy","code":"UNAVAILABLE"}']),
      );
      const readyz = await fetch(graph.url.replace("/graphql", "/readyz"));
      expect(readyz.status).toBe(503);
      expect(await readyz.json()).toMatchObject({
        checks: { conversations: "ok", policy: expect.not.stringMatching(/^ok$/) },
      });
    } finally {
      await graph.stop();
    }
  });
});

describe("one source", () => {
  let server: Server;
  let source: Source;
  let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
  let requests: { headers: IncomingMessage["headers"]; body: string }[];

  beforeEach(async () => {
    requests = [];
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        requests.push({ headers: request.headers, body });
        answer(request, response, body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const internalToken = createInternalTokens(secrets.internal);
    source = createRemoteSource({ name: "policy", url, log, internalToken, timeoutMs: 300 });
  });
  afterEach(async () => {
    await source.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const ask = (query: string, viewer: Viewer = { role: "ANONYMOUS" }) =>
    source.process({ request: { query, variables: { a: 1 } }, context: { viewer } } as never);
  const say = (response: ServerResponse, status: number, body: object | string) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };

  test("a query whose connection breaks is asked again, a mutation never", async () => {
    answer = (request, response) =>
      requests.length < 3 ? request.socket.destroy() : say(response, 200, { data: { rules: "none" } });
    expect(await ask("{rules}")).toMatchObject({ data: { rules: "none" } });
    expect(requests).toHaveLength(3);
    requests.length = 0;
    await expect(ask("mutation{post}")).rejects.toMatchObject({ extensions: { code: "UNAVAILABLE" } });
    expect(requests).toHaveLength(1);
  });

  test("a subgraph that never answers is UNAVAILABLE after its time, and asked once", async () => {
    answer = () => {};
    await expect(ask("{rules}")).rejects.toMatchObject({
      message: 'The subgraph "policy" does not answer. Try again.',
      extensions: { code: "UNAVAILABLE", subgraph: "policy" },
    });
    expect(requests).toHaveLength(1);
  });

  test.each([
    ["a proxy's error page", 502, "<html>bad gateway</html>"],
    ["something that is no answer", 200, '"hello"'],
  ])("%s is UNAVAILABLE", async (_what, status, body) => {
    answer = (_request, response) => say(response, status, body);
    await expect(ask("{rules}")).rejects.toMatchObject({ extensions: { code: "UNAVAILABLE" } });
  });

  test("a refused internal token is a fault of ours, told to the log only", async () => {
    answer = (_request, response) => say(response, 401, { errors: [{ message: "no" }] });
    await expect(ask("{rules}")).rejects.toMatchObject({
      message: expect.not.stringContaining("token"),
      extensions: { code: "INTERNAL", errorId: expect.any(String) },
    });
  });

  test("it is shown who asks as a token of one minute, signed once per viewer, and nothing else", async () => {
    answer = (_request, response) => say(response, 200, { data: {} });
    const viewer = agentOf(randomUUID());
    await ask("{rules}", viewer);
    await ask("{rules}", { ...viewer });
    await ask("{rules}");
    const tokens = requests.map(({ headers }) => String(headers.authorization).replace("Bearer ", ""));
    expect(tokens[0]).toBe(tokens[1]);
    expect(tokens[2]).not.toBe(tokens[0]);
    const seen = await verifyToken(secrets.internal, "internal", String(tokens[0]));
    expect(seen.viewer).toEqual(viewer);
    expect(seen.expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 60_000);
    expect(Object.keys(requests[0]?.headers ?? {}).sort()).toEqual(
      ["accept", "authorization", "connection", "content-length", "content-type", "host"].sort(),
    );
    expect(JSON.parse(String(requests[0]?.body))).toEqual({ query: "{rules}", variables: { a: 1 } });
  });
});
