import { buildSchema, GraphQLError, parse } from "graphql";
import { createSilentLog } from "../../kit/log";
import { createLocalSource } from "./local-source";

const log = createSilentLog();
const schema = buildSchema("type Query { a(n: Int): String, b: String! }");

test("an operation is parsed once, however often it is asked, and never validated", async () => {
  let parsed = 0;
  const source = createLocalSource("tiny", schema, log, (text, options) => {
    parsed++;
    return parse(text, options);
  });
  const ask = (query: string) =>
    source.process({ request: { query }, context: { viewer: { role: "ANONYMOUS" } } } as never);
  for (let n = 0; n < 10; n++) await ask("{ a }");
  expect(parsed).toBe(1);
  await ask("{ a(n: 2) }");
  expect(parsed).toBe(2);
  // Validation would refuse a field that is not there; execution passes over it.
  expect(await ask("{ nothing }")).toEqual({ data: {} });
});

test("a fault of the subgraph is masked, a refusal is not", async () => {
  const failing = buildSchema("type Query { a: String }");
  let error: Error = new Error("secret");
  const field = failing.getQueryType()?.getFields().a;
  if (field)
    field.resolve = () => {
      throw error;
    };
  const source = createLocalSource("tiny", failing, log);
  const ask = async () =>
    (await source.process({ request: { query: "{ a }" }, context: { viewer: { role: "ANONYMOUS" } } } as never))
      .errors?.[0];
  expect(await ask()).toMatchObject({ path: ["a"], message: expect.not.stringContaining("secret") });
  error = new GraphQLError("Not so fast.", { extensions: { code: "CONFLICT" } });
  expect(await ask()).toMatchObject({ path: ["a"], message: "Not so fast.", extensions: { code: "CONFLICT" } });
});
