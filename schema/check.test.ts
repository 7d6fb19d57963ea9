import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { eventSchemas, type JsonSchema } from "./asyncapi";
import { breakingProblems, eventChanges, exampleProblems, graphChanges } from "./check";

describe("a change that would break somebody is found before it is released", () => {
  const folder = join(__dirname, "events/examples");
  const examples = Object.fromEntries(
    readdirSync(folder).map((file) => [basename(file, ".json"), readFileSync(join(folder, file), "utf8")]),
  );

  const graph = (messageFields: string) => /* GraphQL */ `
    enum join__Graph { CONVERSATIONS @join__graph(name: "conversations", url: "") }
    type Message @join__type(graph: CONVERSATIONS, key: "id") { ${messageFields} }
    enum Author { CUSTOMER AGENT }
    type Query { message(id: ID!): Message }
    type Subscription { message(id: ID!): Message @wakesOn(events: ["message.posted"]) }
  `;

  test("a removed field of the graph is breaking, a new one is not", async () => {
    const released = graph("id: ID! text: String!");
    expect(await graphChanges(released, graph("id: ID! text: String! author: Author!"))).toEqual([]);
    expect(await graphChanges(released, graph("id: ID!"))).toEqual([
      { level: "BREAKING", message: "Field 'text' was removed from object type 'Message'" },
    ]);
  });

  test("a removed entity key and a subscription that no longer wakes are breaking, though clients see the same graph", async () => {
    const released = graph("id: ID!");
    const current = released.replace('key: "id"', 'key: "number"').replace('@wakesOn(events: ["message.posted"])', "");
    expect((await graphChanges(released, current)).map(({ message }) => message)).toEqual([
      'The key "id" of entity Message was removed',
      "@wakesOn of Subscription.message was removed",
    ]);
  });

  const shape = (change: Partial<JsonSchema> = {}): JsonSchema => ({
    type: "object",
    properties: {
      status: { type: "string", enum: ["OPEN", "DONE"] },
      note: { type: ["string", "null"] },
      items: { type: "array", items: { type: "object", properties: { id: { type: "string" } }, required: ["id"] } },
    },
    required: ["status", "items"],
    ...change,
  });
  const field = (name: string, schema: JsonSchema) => shape({ properties: { ...shape().properties, [name]: schema } });

  test.each<[string, JsonSchema | undefined, string[]]>([
    ["a removed event", undefined, ["Event x.v1 was removed"]],
    ["no change", shape(), []],
    ["a new optional field", field("extra", { type: "string" }), []],
    [
      "a new required field",
      { ...field("extra", { type: "string" }), required: ["status", "items", "extra"] },
      ["x.v1.extra is new and required: events already on the topic lack it"],
    ],
    ["a newly optional field", shape({ required: ["items"] }), ["x.v1.status became optional"]],
    ["a changed type", field("note", { type: "number" }), ["x.v1.note changed from null|string to number"]],
    [
      "a newly nullable field",
      field("status", { anyOf: [{ type: "string", enum: ["OPEN", "DONE"] }, { type: "null" }] }),
      ["x.v1.status became nullable"],
    ],
    ["a narrowed enum", field("status", { type: "string", enum: ["OPEN"] }), ["x.v1.status may no longer be DONE"]],
    [
      "a field removed deep inside",
      field("items", { type: "array", items: { type: "object", properties: {} } }),
      ["x.v1.items[].id was removed"],
    ],
  ])("in an event: %s", (_, current, expected) => {
    const changes = eventChanges({ "x.v1": shape() }, current ? { "x.v1": current } : {});
    expect(changes.map(({ message }) => message)).toEqual(expected);
    expect(changes.every(({ level }) => level === "BREAKING")).toBe(true);
  });

  test("a widened enum of an event is said, but is not breaking", () => {
    const current = field("status", { type: "string", enum: ["OPEN", "DONE", "LOST"] });
    expect(eventChanges({ "x.v1": shape() }, { "x.v1": current })).toEqual([
      { level: "DANGEROUS", message: "x.v1.status may now also be LOST" },
    ]);
  });

  test("a breaking change passes only with a reason, and an allowance only with a change", () => {
    const changes = [{ message: "x was removed", level: "BREAKING" as const }];
    expect(breakingProblems(changes, [])).toEqual(["breaking: x was removed"]);
    expect(breakingProblems(changes, [{ change: "x was removed", reason: "nobody reads it" }])).toEqual([]);
    expect(breakingProblems([], [{ change: "x was removed", reason: "nobody reads it" }])).toEqual([
      "allowed, but not a change: x was removed",
    ]);
  });

  test("the catalogue compared with itself changes nothing", () => {
    expect(eventChanges(eventSchemas(), eventSchemas())).toEqual([]);
  });

  test("every event has an example that can still be read; a missing or unreadable one is named", () => {
    expect(exampleProblems(examples)).toEqual([]);
    const { "message.posted.v1": _, ...withoutOne } = examples;
    expect(exampleProblems(withoutOne)).toEqual([
      "message.posted.v1 has no example: schema/events/examples/message.posted.v1.json",
    ]);
    expect(exampleProblems({ ...examples, "message.posted.v1": "{}" })[0]).toContain("can no longer be read");
  });
});
