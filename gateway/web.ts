import type { IncomingMessage } from "node:http";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import { GraphQLError } from "graphql";
import helmet from "helmet";
import { refuse } from "../kit/errors";
import type { Log } from "../kit/log";
import { errorThatLeaves } from "./errors-that-leave";

/** An express application with the headers every answer carries. Pages that need more set their own policy. */
export function createWeb(trustProxy: boolean | number | string): Express {
  const web = express();
  web.disable("x-powered-by");
  web.set("trust proxy", trustProxy);
  web.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
      crossOriginResourcePolicy: { policy: "cross-origin" },
    }),
  );
  return web;
}

/** What express calls `request.ip`, for a request that express does not see: a WebSocket's. */
export function clientAddress(request: IncomingMessage, trusts: (address: string, hop: number) => boolean): string {
  const forwarded = String(request.headers["x-forwarded-for"] ?? "");
  const hops = [request.socket.remoteAddress ?? "unknown", ...forwarded.split(/ *, */).filter(Boolean).reverse()];
  return hops.find((address, hop) => hop === hops.length - 1 || !trusts(address, hop)) as string;
}

/** Any page may call with a bearer token: no cookie is ever read, so there is nothing to steal across origins. */
export const anyOrigin: RequestHandler = (request, response, next) => {
  response.set("access-control-allow-origin", "*");
  response.set("access-control-expose-headers", "retry-after");
  if (request.method !== "OPTIONS") return next();
  response.set({
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "authorization, content-type, accept, apollo-require-preflight",
    "access-control-max-age": "86400",
  });
  response.status(204).end();
};

/** The JSON body of a request; one sentence when it is too large or no JSON. */
export function jsonBody(bytes: number): RequestHandler {
  const read = express.json({ limit: bytes, type: ["application/json", "application/graphql+json"] });
  return (request, response, next) =>
    read(request, response, (error?: unknown) => {
      if (!error) return next();
      if ((error as { type?: string }).type === "entity.too.large")
        return next(refused(413, `The request is larger than ${Math.floor(bytes / 1024)} kB; send less at a time.`));
      next(refused(400, `The body cannot be read as JSON: ${(error as Error).message}`));
    });
}

/** A request that HTTP has a status of its own for. */
export function refused(status: number, message: string): GraphQLError {
  return refuse("BAD_INPUT", message, { http: { status } });
}

const statusOf: Record<string, number> = { UNAUTHENTICATED: 401, BAD_INPUT: 400, RATE_LIMITED: 429, UNAVAILABLE: 503 };

/** What goes wrong before GraphQL begins leaves in GraphQL's shape, with the status HTTP has for it. */
export function refusals(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const leaving = errorThatLeaves(error, log);
    const { code, retryAfterSeconds } = leaving.extensions ?? {};
    if (retryAfterSeconds) response.set("retry-after", String(retryAfterSeconds));
    if (code === "UNAUTHENTICATED") response.set("www-authenticate", "Bearer");
    const own = error instanceof GraphQLError ? (error.extensions.http as { status?: number } | undefined) : undefined;
    response.status(own?.status ?? statusOf[String(code)] ?? 500).json({ errors: [leaving] });
  };
}
