import { randomUUID } from "node:crypto";
import { agentOf, createTinyGraph, customerOf, type TinyGraph } from "./tiny-graph";

describe.each([
  ["in this process", false],
  ["over HTTP", true],
])("subgraphs %s", (_where, remote) => {
  let graph: TinyGraph;
  const workspaceId = randomUUID();
  beforeAll(async () => {
    graph = await createTinyGraph({ remote });
  });
  afterAll(() => graph.stop());

  test("one query is answered by both, joined by their entities", async () => {
    const id = graph.world.open(workspaceId, "lamp");
    const { id: messageId } = graph.world.say(id, "hello");
    const { data, errors } = await graph.ask(
      "query Both($id: ID!) { conversation(id: $id) { title } messages(conversationId: $id) { text assessment } rules }",
      { viewer: agentOf(workspaceId), variables: { id } },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      conversation: { title: "lamp" },
      messages: [{ text: "hello", assessment: `read ${messageId}` }],
      rules: "none",
    });
  });

  test("the subgraph sees who asks, and nobody where there is no token", async () => {
    const viewer = customerOf(workspaceId, randomUUID());
    expect(JSON.parse(String((await graph.ask("{ whoAmI }", { viewer })).data?.whoAmI))).toEqual(viewer);
    expect(JSON.parse(String((await graph.ask("{ whoAmI }")).data?.whoAmI))).toEqual({ role: "ANONYMOUS" });
  });

  test("what belongs to another workspace is not there", async () => {
    const id = graph.world.open(workspaceId);
    const { data } = await graph.ask(`{ conversation(id: "${id}") { title } }`, { viewer: agentOf(randomUUID()) });
    expect(data).toEqual({ conversation: null });
  });

  test("a mutation is carried out once", async () => {
    const id = graph.world.open(workspaceId);
    const { data } = await graph.ask(`mutation { post(conversationId: "${id}", text: "hi") { sequence } }`);
    expect(data).toEqual({ post: { sequence: 1 } });
    expect(graph.world.messages.get(id)).toHaveLength(1);
  });

  test("a refusal keeps its code, its sentence and its hints, and says nothing of the inside", async () => {
    const { errors } = await graph.ask("{ refuses }");
    expect(errors).toEqual([
      {
        message: "Somebody was faster.",
        path: ["refuses"],
        extensions: { code: "CONFLICT", hint: "read again" },
      },
    ]);
  });

  test("a fault leaves as INTERNAL with an id, without its details", async () => {
    const { data, errors } = await graph.ask("{ breaks rules }");
    expect(data).toEqual({ breaks: null, rules: "none" });
    expect(errors?.[0]?.extensions).toEqual({ code: "INTERNAL", errorId: expect.any(String) });
    expect(JSON.stringify(errors)).not.toContain("hunter2");
  });

  test.each([
    ["an unknown field", "{ nothing }", {}],
    ["a syntax error", "{ rules", {}],
    ["a missing variable", "query ($id: ID!) { conversation(id: $id) { id } }", {}],
    ["a date that is none, in the document", '{ on(day: "tomorrow") }', {}],
    ["a date that is none, as a variable", "query ($day: DateTimeISO!) { on(day: $day) }", { day: "tomorrow" }],
    ["a subscription over HTTP", "subscription { queue { id } }", {}],
    ["an unknown operation", "query A { rules }  query B { rules }", {}],
  ])("%s is BAD_INPUT with a sentence", async (_what, query, variables) => {
    const { errors } = await graph.ask(query, { variables });
    expect(errors?.[0]?.extensions).toEqual({ code: "BAD_INPUT" });
    expect(errors?.[0]?.message).toMatch(/\w+ \w+/);
  });
});
