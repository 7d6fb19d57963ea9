import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  parse,
} from "graphql";
import { type Code, codes } from "../../kit/errors";
import type { Log } from "../../kit/log";
import { createBoundedCache } from "../bounded-cache";
import { internalError } from "../errors-that-leave";
import type { Source } from "./source";

/**
 * A subgraph in this process: executes against its schema. The planner asks in the same few operations again and
 * again, so each is parsed once; it is not validated at all, because the planner made it from this very schema.
 */
export function createLocalSource(name: string, schema: GraphQLSchema, log: Log, parseOperation = parse): Source {
  const documents = createBoundedCache<DocumentNode>(2_000);
  return {
    async process({ request, context }) {
      const query = request.query ?? "";
      let document = documents.get(query);
      if (!document) {
        document = parseOperation(query, { noLocation: true });
        documents.set(query, document);
      }
      const result = await execute({
        schema,
        document,
        variableValues: request.variables ?? {},
        contextValue: { viewer: context.viewer },
      });
      if (!result.errors) return { data: result.data ?? null } as never;
      return { data: result.data ?? null, errors: result.errors.map((error) => seen(error, result)) } as never;
    },
    async ping() {},
    async close() {},
  };

  function seen(error: GraphQLError, result: ExecutionResult) {
    const formatted = error.toJSON();
    if (Object.hasOwn(codes, String(error.extensions.code))) return formatted;
    if (isBadInput(error, result)) return { ...formatted, extensions: { code: "BAD_INPUT" satisfies Code } };
    return { ...formatted, ...internalError(error.originalError ?? error, log, { subgraph: name, path: error.path }) };
  }
}

/**
 * A value that a scalar of the subgraph does not take (a date that is none): the gateway lets every custom scalar
 * pass, so the subgraph is the first to see it.
 */
function isBadInput(error: GraphQLError, result: ExecutionResult): boolean {
  if (error.originalError && !("extensions" in error.originalError)) return false;
  return result.data === undefined || error.message.startsWith('Argument "');
}
