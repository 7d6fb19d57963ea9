import type { ApolloServer } from "@apollo/server";
import { expressMiddleware } from "@as-integrations/express5";
import type { RequestHandler } from "express";
import type { ViewerContext } from "./graph";
import type { Identify, Identity } from "./identity";
import type { CountRequest } from "./limits";
import { gatewayMetrics } from "./metrics";
import { jsonBody } from "./web";

/** Queries and mutations: who asks, not too often, not too much at once, and then the graph. */
export function createPost(options: {
  server: ApolloServer<ViewerContext>;
  identify: Identify;
  countRequest: CountRequest;
  bodyBytes: number;
}): RequestHandler[] {
  const { server, identify, countRequest, bodyBytes } = options;
  const who = new WeakMap<object, Identity>();

  const timed: RequestHandler = (_request, response, next) => {
    const end = gatewayMetrics.requests.startTimer();
    response.once("finish", () => end({ status: String(response.statusCode) }));
    next();
  };

  const comeIn: RequestHandler = async (request, _response, next) => {
    const address = request.ip ?? "unknown";
    const identity = await identify(request.headers.authorization).catch(async (refusal: unknown) => {
      // Guessing tokens costs the guesser's address, not the one whose token it might be.
      await countRequest({ role: "ANONYMOUS" }, address);
      throw refusal;
    });
    await countRequest(identity.viewer, address);
    who.set(request, identity);
    next();
  };

  const ask = expressMiddleware(server, {
    context: async ({ req }) => ({ viewer: who.get(req)?.viewer ?? { role: "ANONYMOUS" as const } }),
  });
  return [timed, comeIn, jsonBody(bodyBytes), ask];
}
