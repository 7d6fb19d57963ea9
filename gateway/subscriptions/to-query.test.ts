import { buildSchema, parse, specifiedRules, validate } from "graphql";
import { toQuery } from "./to-query";
import { readWakesOn, wakesOnProblems } from "./wakes-on";

const sdl = `
  directive @wakesOn(events: [String!]!, argument: String, cursor: String, position: String) on FIELD_DEFINITION
  type Query { thing(id: ID!): Thing  lines(id: ID!, after: Int, first: Int! = 20): [Line!]! }
  type Subscription {
    thing(id: ID!): Thing @wakesOn(events: ["a.b", "c.d"], argument: "id")
    lines(id: ID!, after: Int, first: Int! = 20): [Line!]!
      @wakesOn(events: ["a.b"], argument: "id", cursor: "after", position: "number")
  }
  type Thing { name: String self: Thing lines: [Line!]! }
  type Line { number: Int! text: String }
`;
const schema = buildSchema(sdl);
const wakesOn = readWakesOn(sdl);

function turned(text: string, operationName?: string): string {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const { query } = toQuery(schema, document, operationName, wakesOn);
  // What comes out must be a query that the graph takes as it is.
  expect(validate(schema, parse(query), specifiedRules).map(({ message }) => message)).toEqual([]);
  return query.replace(/\s+/g, " ");
}

test("@wakesOn is read off the supergraph", () => {
  expect(wakesOn.get("thing")).toEqual({ field: "thing", events: ["a.b", "c.d"], argument: "id", stream: null });
  expect(wakesOn.get("lines")?.stream).toEqual({ cursor: "after", position: "number" });
  expect(wakesOnProblems(schema, wakesOn)).toEqual([]);
});

test("a subscription field that cannot be served is named, with the reason", () => {
  const wrong = buildSchema(`
    type Query { a(id: ID!): Int  b: Int }
    type Subscription { a(id: ID!, more: Int): Int  b: Int  c: Int }
  `);
  const known = new Map(["a", "c"].map((field) => [field, { field, events: [], argument: null, stream: null }]));
  expect(wakesOnProblems(wrong, known)).toEqual([
    expect.stringMatching(/Subscription\.a .* and Query\.a .* differ/),
    "Subscription.b has no @wakesOn, so nothing would ever wake it.",
    "Subscription.c needs a query field of the same name: that is what is read.",
  ]);
});

test("names, aliases, variables and directives stay", () => {
  expect(turned("subscription W($id: ID!, $no: Boolean!) { t: thing(id: $id) { name @skip(if: $no) } }")).toBe(
    "query W($id: ID!, $no: Boolean!) { t: thing(id: $id) { name @skip(if: $no) } }",
  );
});

test("fragments on the subscription type become fragments on the query type, others stay", () => {
  expect(
    turned(`subscription { ...R } fragment R on Subscription { ... on Subscription { thing(id: 1) { ...T } } }
            fragment T on Thing { self { name } }`),
  ).toBe(
    "{ ...R } fragment R on Query { ... on Query { thing(id: 1) { ...T } } } fragment T on Thing { self { name } }",
  );
});

test("of several operations only the one that was asked for is left, with its fragments", () => {
  const text = `subscription A { thing(id: 1) { ...T } } query B { thing(id: 2) { ...U } }
    fragment T on Thing { name } fragment U on Thing { self { name } }`;
  expect(turned(text, "A")).toBe("query A { thing(id: 1) { ...T } } fragment T on Thing { name }");
});

test("a stream takes its cursor from a variable and asks for the position; what only the cursor used goes", () => {
  expect(
    turned("subscription ($id: ID!, $from: Int) { l: lines(id: $id, after: $from, first: 5) { number text } }"),
  ).toBe(
    "query ($id: ID!, $_batonCursor: Int) { l: lines(id: $id, first: 5, after: $_batonCursor) { number text _batonPosition: number } }",
  );
});

test("a field of the same name further down is left alone", () => {
  expect(turned("subscription { thing(id: 1) { lines { text } } }")).toBe("{ thing(id: 1) { lines { text } } }");
});
