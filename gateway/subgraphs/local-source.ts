import { type DocumentNode, execute, GraphQLError, type GraphQLSchema, parse } from "graphql";
import { maskError, refuse } from "../../kit/errors";
import type { Log } from "../../kit/log";
import { createBoundedCache } from "../bounded-cache";
import type { Source } from "./source";

/**
 * A subgraph in this process: executes against its schema. The planner asks in the same few operations again and
 * again, so each is parsed once; it is not validated at all, because the planner made it from this very schema.
 */
export function createLocalSource(name: string, schema: GraphQLSchema, log: Log, parseOperation = parse): Source {
  const ownLog = log.child({ subgraph: name });
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
      return { data: result.data ?? null, errors: result.errors.map(seen) } as never;
    },
    async ping() {},
    async close() {},
  };

  function seen(error: GraphQLError) {
    return maskError(isBadArgument(error) ? refuse("BAD_INPUT", error.message) : error, ownLog);
  }
}

/**
 * A literal that a scalar of the subgraph does not take (a date that is none): the gateway lets custom scalars pass,
 * so the subgraph is the first to look.
 */
function isBadArgument(error: GraphQLError): boolean {
  const cause = error.originalError ?? error;
  return cause instanceof GraphQLError && error.message.startsWith('Argument "');
}
