import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginDrainHttpServer } from "@apollo/server/plugin/drainHttpServer";
import { expressMiddleware } from "@as-integrations/express5";
import express, { type Request, type RequestHandler } from "express";
import type { GraphQLError, GraphQLSchema } from "graphql";
import { maskError } from "./errors";
import { type HttpServer, sendError } from "./http";
import type { Log } from "./log";
import type { GraphContext } from "./subgraph";
import { type Viewer, verifyToken } from "./viewer";

/**
 * Serves a subgraph at `/graphql` for the gateway and nobody else: every request, introspection included, needs an
 * internal token. Resolves to what ends it.
 */
export async function serveSubgraph(options: {
  http: HttpServer;
  schema: GraphQLSchema;
  internalSecret: string;
  log: Log;
}): Promise<{ stop(): Promise<void> }> {
  const { http, schema, internalSecret, log } = options;
  const apollo = new ApolloServer<GraphContext>({
    schema,
    introspection: true,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    // Nothing of a caller's is sent along by a browser by itself: requests are told by their token.
    csrfPrevention: false,
    formatError: (_formatted, error) => maskError(error, log),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: http.server, stopGracePeriodMillis: 5_000 }),
    ],
    logger: { debug() {}, info() {}, warn: (line) => log.warn(line), error: (line) => log.error(line) },
  });
  await apollo.start();
  http.app.post(
    "/graphql",
    gatewayOnly(internalSecret),
    express.json({ limit: "4mb" }),
    expressMiddleware(apollo, { context: async ({ req }) => ({ viewer: viewerOf(req) }) }),
  );
  return { stop: () => apollo.stop() };
}

const viewers = new WeakMap<object, Viewer>();

function viewerOf(request: object): Viewer {
  return viewers.get(request) ?? { role: "ANONYMOUS" };
}

/** Answers 401 to everybody who does not show the gateway's token. A token is verified once, then remembered. */
function gatewayOnly(secret: string): RequestHandler {
  const known = new Map<string, { viewer: Viewer; until: number }>();

  async function verified(token: string): Promise<Viewer> {
    const found = known.get(token);
    if (found && found.until > Date.now()) return found.viewer;
    known.delete(token);
    const { viewer, expiresAt } = await verifyToken(secret, "internal", token);
    if (known.size >= 10_000) known.clear();
    known.set(token, { viewer, until: expiresAt.getTime() });
    return viewer;
  }

  return async (request, response, next) => {
    const token = bearer(request);
    if (!token)
      return sendError(
        response,
        401,
        "UNAUTHENTICATED",
        "This subgraph answers the gateway only: ask the gateway's /graphql.",
      );
    try {
      viewers.set(request, await verified(token));
    } catch (error) {
      return sendError(response, 401, "UNAUTHENTICATED", (error as GraphQLError).message);
    }
    next();
  };
}

function bearer(request: Request): string | null {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? null;
}
