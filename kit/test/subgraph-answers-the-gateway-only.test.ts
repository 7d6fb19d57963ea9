import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { refuse } from "../errors";
import { createHttp, type HttpServer } from "../http";
import { createSilentLog } from "../log";
import type { GraphContext } from "../subgraph";
import { serveSubgraph } from "../subgraph.server";
import { signToken } from "../viewer";

const secret = "a secret of the gateway and its services";
const log = createSilentLog();
let http: HttpServer;
let graph: { stop(): Promise<void> };
let databaseWorks = true;

const schema = buildSubgraphSchema([
  {
    typeDefs: parse(`
      type Query { role: String! breaks: String refused: String unstorable: String lies: String! takes(n: Int!): Int }
    `),
    resolvers: {
      Query: {
        role: (_: unknown, __: unknown, { viewer }: GraphContext) => viewer.role,
        breaks: () => {
          throw new Error("the password is 1234");
        },
        refused: () => {
          throw refuse("NOT_FOUND", "There is no such lamp.");
        },
        unstorable: () => {
          throw Object.assign(new Error('invalid input syntax for type uuid: "lamp"'), { code: "22P02" });
        },
        lies: () => null,
      },
    },
  },
]);

beforeAll(async () => {
  const checks = {
    database: async () => {
      if (!databaseWorks) throw new Error("the database is away");
    },
  };
  http = createHttp({ port: 0, host: "127.0.0.1", checks, log });
  graph = await serveSubgraph({ http, schema, internalSecret: secret, log });
  await http.listen();
});
afterAll(() => Promise.all([http.stop(), graph.stop()]));

async function ask(query: string, headers: Record<string, string>, variables = {}) {
  const response = await fetch(`http://127.0.0.1:${http.port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, body: (await response.json()) as never as Answer };
}
interface Answer {
  data?: unknown;
  errors?: { message: string; extensions: Record<string, unknown> }[];
}
async function gateway() {
  return { authorization: `Bearer ${await signToken(secret, "internal", { role: "OPERATOR" }, 60)}` };
}

test("the gateway is answered as the viewer it names", async () => {
  expect(await ask("{ role }", await gateway())).toEqual({ status: 200, body: { data: { role: "OPERATOR" } } });
});

test.each([
  ["no token", async () => ({})],
  [
    "a client's own token",
    async () => ({ authorization: `Bearer ${await signToken(secret, "outer", { role: "OPERATOR" }, 60)}` }),
  ],
  [
    "a token signed with another secret",
    async () => ({
      authorization: `Bearer ${await signToken("another secret of some length", "internal", { role: "OPERATOR" }, 60)}`,
    }),
  ],
  [
    "an expired token",
    async () => ({ authorization: `Bearer ${await signToken(secret, "internal", { role: "OPERATOR" }, -1)}` }),
  ],
  ["something else", async () => ({ authorization: "Basic eDp5" })],
])("%s gets nothing, not even the schema", async (_, headers) => {
  for (const query of ["{ role }", "{ __schema { types { name } } }"]) {
    const { status, body } = await ask(query, await headers());
    expect(status).toBe(401);
    expect(body.data).toBeUndefined();
    expect(body.errors?.[0]?.extensions).toEqual({ code: "UNAUTHENTICATED" });
  }
});

test.each([
  ["{ refused }", { code: "NOT_FOUND" }, "There is no such lamp."],
  ["{ unstorable }", { code: "BAD_INPUT" }, /"lamp"/],
  ["{ nothing }", { code: "BAD_INPUT" }, /nothing/],
  ["{", { code: "BAD_INPUT" }, /Syntax Error/],
  ["query ($n: Int!) { takes(n: $n) }", { code: "BAD_INPUT" }, /\$n/],
])("%s is refused with a code and a sentence", async (query, extensions, message) => {
  const { body } = await ask(query, await gateway());
  expect(body.errors?.[0]?.extensions).toEqual(extensions);
  expect(body.errors?.[0]?.message).toMatch(message);
});

test.each(["{ breaks }", "{ lies }"])(
  "%s, a fault of ours, leaves with an id and without its details",
  async (query) => {
    const { body } = await ask(query, await gateway());
    expect(body.errors?.[0]?.extensions).toEqual({
      code: "INTERNAL",
      errorId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(JSON.stringify(body)).not.toMatch(/1234|null for non-nullable/);
  },
);

test("a body that is no JSON is refused in the form of GraphQL's errors", async () => {
  const response = await fetch(`http://127.0.0.1:${http.port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(await gateway()) },
    body: "{",
  });
  expect(response.status).toBe(400);
  expect(((await response.json()) as Answer).errors?.[0]?.extensions).toEqual({ code: "BAD_INPUT" });
});

test("/readyz names the part that does not work, /healthz goes on", async () => {
  const get = (path: string) => fetch(`http://127.0.0.1:${http.port}${path}`);
  expect(await (await get("/readyz")).json()).toEqual({ status: "ready", checks: { database: "ok" } });
  databaseWorks = false;
  const unready = await get("/readyz");
  expect([unready.status, await unready.json()]).toEqual([
    503,
    { status: "not ready", checks: { database: "the database is away" } },
  ]);
  databaseWorks = true;
  expect((await get("/healthz")).status).toBe(200);
  expect(await (await get("/metrics")).text()).toContain("process_cpu_seconds_total");
});

test("a port in use is one sentence", async () => {
  const second = createHttp({ port: http.port, host: "127.0.0.1", checks: {}, log });
  await expect(second.listen()).rejects.toThrow(
    `Port ${http.port} is already in use: stop the program that listens there, or set PORT to another one.`,
  );
});
