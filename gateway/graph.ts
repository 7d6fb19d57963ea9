import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import { refuse } from "../kit/errors";
import type { Log } from "../kit/log";
import type { GraphContext } from "../kit/subgraph";
import { withoutTelemetry } from "./env";
import { errorThatLeaves, internalError } from "./errors-that-leave";
import { documentRules, type Limits } from "./limits";
import { gatewayMetrics } from "./metrics";
import type { Source } from "./subgraphs/source";
import type { Question, ReadResult } from "./subscriptions/read";

export type ViewerContext = GraphContext & Record<string, unknown>;

/** The whole graph: Apollo's planner over the sources. */
export interface Graph {
  server: ApolloServer<ViewerContext>;
  /** What clients see, subscriptions included. */
  schema: GraphQLSchema;
  /** Answers a question that came over a socket. */
  ask(question: Question): Promise<ReadResult>;
  stop(): Promise<void>;
}

/** Boots from the text of the supergraph alone: no subgraph is asked for anything. */
export async function createGraph(options: {
  supergraphSdl: string;
  sources: Record<string, Source>;
  limits: Limits;
  log: Log;
}): Promise<Graph> {
  const { supergraphSdl, sources, limits, log } = options;
  withoutTelemetry();
  // Apollo says on INFO what nobody who runs Baton can act on.
  const logger = log.child({}, { level: log.level === "silent" ? "silent" : "warn" });
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: logger as never,
    validateSupergraph: false,
    __exposeQueryPlanExperimental: false,
    buildService: ({ name }) => {
      const source = sources[name];
      if (!source)
        throw new Error(`The supergraph has a subgraph "${name}", but the gateway was given no source for it.`);
      return counted(name, source) as never;
    },
  });
  let schema: GraphQLSchema | null = null;
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    schema = apiSchema;
  });
  const server = new ApolloServer<ViewerContext>({
    gateway: gateway as never,
    logger: logger as never,
    introspection: true,
    nodeEnv: "production",
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    parseOptions: { maxTokens: limits.tokens },
    validationRules: documentRules(limits),
    plugins: [ApolloServerPluginLandingPageDisabled(), noSubscriptions, brokenPromises(log)],
    formatError: (_formatted, error) => errorThatLeaves(error, log),
  });
  await server.start();
  if (!schema) throw new Error("the gateway has loaded no schema");

  return {
    server,
    schema,
    async ask({ query, operationName, variables, viewer }) {
      const request = { query, variables, ...(operationName ? { operationName } : {}) };
      const { body } = await server.executeOperation(request, { contextValue: { viewer } });
      if (body.kind !== "single") throw new Error("an answer in parts");
      const { data, errors } = body.singleResult;
      return { ...(data === undefined ? {} : { data }), ...(errors?.length ? { errors } : {}) };
    },
    stop: () => server.stop(),
  };
}

function counted(name: string, source: Source): Pick<Source, "process"> {
  return {
    async process(options) {
      const end = gatewayMetrics.fetches.startTimer({ subgraph: name });
      try {
        const answer = await source.process(options);
        end({ outcome: answer.errors ? "errors" : "ok" });
        return answer;
      } catch (error) {
        end({ outcome: "unavailable" });
        throw error;
      }
    },
  };
}

const noSubscriptions: ApolloServerPlugin<ViewerContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        if (operation?.operation === "subscription")
          throw refuse("BAD_INPUT", "Subscriptions run over a WebSocket at this address (graphql-transport-ws).", {
            http: { status: 400 },
          });
      },
    };
  },
};

/**
 * Apollo nulls what a subgraph left out although the schema promises it, and tells only an extension. A client must
 * be able to see that as the error it is.
 */
function brokenPromises(log: Log): ApolloServerPlugin<ViewerContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response }) {
          if (response.body.kind !== "single") return;
          const result = response.body.singleResult;
          const broken = result.extensions?.valueCompletion as { message: string; path?: never }[] | undefined;
          if (!broken) return;
          const { valueCompletion: _, ...extensions } = result.extensions ?? {};
          const error = internalError(broken.map(({ message }) => message).join(" "), log).toJSON();
          result.errors = [{ ...error, ...(broken[0]?.path ? { path: broken[0].path } : {}) }];
          if (Object.keys(extensions).length > 0) result.extensions = extensions;
          else delete result.extensions;
        },
      };
    },
  };
}
