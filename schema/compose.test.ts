import { parse } from "graphql";
import { composeSupergraph, type SubgraphSource } from "./compose";

const header = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
    @link(url: "https://baton.dev/wakes-on/v1.0", import: ["@wakesOn"])
    @composeDirective(name: "@wakesOn")
  directive @wakesOn(events: [String!]!, argument: String, cursor: String, position: String) on FIELD_DEFINITION
`;

function source(name: string, sdl: string): SubgraphSource {
  return { name, url: `http://${name}/graphql`, sdl: parse(header + sdl) };
}

const conversations = source(
  "conversations",
  `type Query { conversation(id: ID!): Conversation }
   type Subscription { conversation(id: ID!): Conversation @wakesOn(events: ["message.posted"], argument: "id") }
   type Conversation @key(fields: "id") { id: ID! language: String! }`,
);
const policy = source("policy", `type Conversation @key(fields: "id") { id: ID! tags: [String!]! }`);

test("the supergraph does not depend on the order of the subgraphs", () => {
  expect(composeSupergraph([policy, conversations])).toBe(composeSupergraph([conversations, policy]));
});

test("what wakes a subscription is kept through composition, for the gateway to read", () => {
  expect(composeSupergraph([conversations, policy])).toContain('@wakesOn(events: ["message.posted"], argument: "id")');
});

test("what does not compose is said with its code and the subgraphs it concerns", () => {
  const other = source("policy", `type Conversation @key(fields: "id") { id: ID! language: Int! }`);
  expect(() => composeSupergraph([conversations, other])).toThrow(
    /These subgraphs do not compose \(conversations, policy\):\n {2}[A-Z_]+: .*Conversation\.language/,
  );
});
