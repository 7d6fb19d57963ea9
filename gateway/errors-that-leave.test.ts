import { buildSchema, type ExecutionResult, execute, type GraphQLScalarType, parse } from "graphql";
import { GraphQLISODateTime } from "type-graphql";
import { createSilentLog } from "../kit/log";
import { errorThatLeaves } from "./errors-that-leave";

const schema = buildSchema("scalar DateTimeISO type Query { report(since: DateTimeISO): Int }");
const time = schema.getType("DateTimeISO") as GraphQLScalarType;
time.parseValue = GraphQLISODateTime.parseValue;
time.parseLiteral = GraphQLISODateTime.parseLiteral;

test.each([
  ["in the document", '{ report(since: "2026-01-31") }'],
  ["in a variable", "query ($since: DateTimeISO) { report(since: $since) }"],
])("a day where a time is wanted, %s, is told how a time is written", (_where, query) => {
  const variableValues = { since: "2026-01-31" };
  const { errors } = execute({ schema, document: parse(query), variableValues }) as ExecutionResult;
  expect(errorThatLeaves(errors?.[0], createSilentLog())).toEqual({
    message: expect.stringMatching(/2026-01-31.* A time is written like "2026-01-31T09:00:00Z"\.$/),
    extensions: { code: "BAD_INPUT" },
  });
});
