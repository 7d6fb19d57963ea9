import { randomUUID } from "node:crypto";
import { signToken } from "../../kit/viewer";
import { agentOf, createTinyGraph, secrets, type TinyGraph, tokenFor } from "./tiny-graph";

let graph: TinyGraph;
const workspaceId = randomUUID();

beforeAll(async () => {
  graph = await createTinyGraph();
});
afterAll(() => graph.stop());

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(graph.url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });

const rules = JSON.stringify({ query: "{ rules }" });

describe("who asks", () => {
  test.each([
    [
      "of another installation",
      () => signToken("another secret, just as long as it must be", "outer", agentOf(workspaceId), 60),
    ],
    ["for the inside", () => signToken(secrets.internal, "internal", agentOf(workspaceId), 60)],
    [
      "for the inside, signed with the outer secret",
      () => signToken(secrets.token, "internal", agentOf(workspaceId), 60),
    ],
    ["that has expired", () => tokenFor(agentOf(workspaceId), -5)],
    ["that is none", async () => "abc"],
  ])("a token %s is UNAUTHENTICATED with HTTP 401", async (_what, token) => {
    const { status, data, errors } = await graph.ask("{ rules }", { token: await token() });
    expect(status).toBe(401);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/token/), extensions: { code: "UNAUTHENTICATED" } },
    ]);
  });

  test("a header that is no bearer token is UNAUTHENTICATED and says what to send", async () => {
    const response = await post(rules, { authorization: "Basic dTpw" });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(await response.json()).toMatchObject({ errors: [{ message: expect.stringContaining("Bearer <token>") }] });
  });

  test("without a token the viewer is nobody, and a field that wants somebody is UNAUTHENTICATED", async () => {
    const { data, errors } = await graph.ask("{ queue { id } }");
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
  });
});

describe("how much at once", () => {
  test("a body over the limit is 413 with a sentence", async () => {
    const response = await post(JSON.stringify({ query: "{ rules }", variables: { text: "x".repeat(300_000) } }));
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({
      errors: [
        { message: "The request is larger than 256 kB; send less at a time.", extensions: { code: "BAD_INPUT" } },
      ],
    });
  });

  test.each([
    ["no JSON", "{", {}, 400],
    ["not even declared as JSON", rules, { "content-type": "text/plain" }, 400],
    ["an empty object", "{}", {}, 400],
    ["a list of operations", `[${rules}]`, {}, 400],
    ["variables that are no object", '{"query":"{ rules }","variables":"x"}', {}, 400],
  ])("a body that is %s is BAD_INPUT", async (_what, body, headers, status) => {
    const response = await post(body, headers);
    expect(response.status).toBe(status);
    const { errors } = (await response.json()) as { errors: { extensions: unknown }[] };
    expect(errors[0]?.extensions).toEqual({ code: "BAD_INPUT" });
  });

  test.each([
    ["aliases", `{ ${Array.from({ length: 60 }, (_, n) => `a${n}: rules`).join(" ")} }`, /Aliases limit of 50/],
    ["tokens", `{ ${"rules ".repeat(5_000)} }`, /more that 4000 tokens/],
    ["directives", `{ rules ${"@include(if: true) ".repeat(60)} }`, /directive/i],
    ["cost", '{ a: messages(conversationId: "1", first: 30000) { id text } }', /Cost limit of 50000/],
  ])("a document of too many %s is BAD_INPUT", async (_what, query, sentence) => {
    const { errors } = await graph.ask(query);
    expect(errors?.[0]?.message).toMatch(sentence);
    expect(errors?.[0]?.message).not.toMatch(/^Syntax Error: (Query|Aliases|Dir)/);
    expect(errors?.[0]?.extensions).toEqual({ code: "BAD_INPUT" });
  });

  test("a document that nests too deep is BAD_INPUT, GraphiQL's introspection is not", async () => {
    const { getIntrospectionQuery } = await import("graphql");
    const deep = `{ __type(name: "Query") { ${"ofType { ".repeat(14)} name ${"} ".repeat(14)} } }`;
    const { errors } = await graph.ask(deep.replaceAll("ofType {", "fields { type {").replaceAll("} ", "} } "));
    expect(errors?.[0]?.extensions).toEqual({ code: "BAD_INPUT" });
    const query = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true });
    const { data, errors: none } = await graph.ask(query);
    expect(none).toBeUndefined();
    expect(data).toHaveProperty("__schema.subscriptionType.name", "Subscription");
  });

  test("more requests than a minute allows are RATE_LIMITED, each viewer for themselves", async () => {
    const strict = await createTinyGraph({ limits: { requestsPerMinute: 3 } });
    try {
      const [busy, calm] = [agentOf(workspaceId), agentOf(randomUUID())];
      for (let n = 0; n < 3; n++) expect((await strict.ask("{ rules }", { viewer: busy })).status).toBe(200);
      const refused = await strict.ask("{ rules }", { viewer: busy });
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(refused.errors).toMatchObject([
        { extensions: { code: "RATE_LIMITED", retryAfterSeconds: expect.any(Number) } },
      ]);
      expect((await strict.ask("{ rules }", { viewer: calm })).status).toBe(200);
      expect((await strict.ask("{ rules }")).status).toBe(200);
    } finally {
      await strict.stop();
    }
  });
});

describe("from anywhere", () => {
  test("a page of any origin may call with its own token", async () => {
    const headers = { origin: "https://shop.example", "access-control-request-headers": "authorization,content-type" };
    const preflight = await fetch(graph.url, { method: "OPTIONS", headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-headers")).toContain("authorization");
    expect(preflight.headers.get("access-control-allow-credentials")).toBeNull();
    const response = await post(rules, { origin: "https://shop.example" });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("x-powered-by")).toBeNull();
  });

  test("a refusal can be read by that page as well", async () => {
    const response = await post(rules, { authorization: "Bearer x", origin: "https://shop.example" });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });
});

describe("in a browser", () => {
  test("GraphiQL is one page that asks nobody but this gateway", async () => {
    const response = await fetch(graph.url, { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } });
    expect(response.status).toBe(200);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/connect-src 'self'(;|$)/);
    expect(policy).not.toMatch(/unsafe-eval|\*|https?:/);
    const html = await response.text();
    expect(html).toContain("YogaGraphiQL");
    expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
    const etag = response.headers.get("etag") ?? "";
    const again = await fetch(graph.url, { headers: { accept: "text/html", "if-none-match": etag } });
    expect(again.status).toBe(304);
  });

  test("a GET that is no browser's is told to POST", async () => {
    const response = await fetch(`${graph.url}?query={rules}`, { headers: { accept: "application/json" } });
    expect(response.status).toBe(405);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_INPUT" } }] });
  });
});

test("health, readiness and metrics are answered", async () => {
  const at = (path: string) => fetch(graph.url.replace("/graphql", path));
  expect((await at("/healthz")).status).toBe(200);
  expect((await at("/readyz")).status).toBe(200);
  expect(await (await at("/metrics")).text()).toContain("baton_gateway_request_seconds_count");
});

test("a port in use is one clear sentence", async () => {
  const port = Number(new URL(graph.url).port);
  const second = await createTinyGraph();
  await second.stop();
  await expect(second.gateway.listen(port)).rejects.toThrow(/^Port \d+ is already in use/);
});
