import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type ErrorRequestHandler, type Express } from "express";
import type { Code } from "./errors";
import type { Log } from "./log";
import { countTheProcess, metrics } from "./metrics";

/** Named questions whether a part works; each throws when it does not. */
export type Checks = Record<string, () => Promise<unknown>>;

export interface HttpServer {
  server: Server;
  app: Express;
  port: number;
  /** Begins to listen; throws one sentence when the port is taken. */
  listen(): Promise<void>;
  /** Says not ready from now on, finishes the requests that run, closes. */
  stop(): Promise<void>;
}

/**
 * The HTTP side of a process: `/healthz` (the process lives), `/readyz` (every check passes), `/metrics` (Prometheus).
 * Add routes to `app` before `listen`. `port` 0 takes a free one.
 */
export function createHttp(options: { port: number; host: string; checks: Checks; log: Log }): HttpServer {
  const { port, host, checks, log } = options;
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  const server = createServer(app);
  // Longer than the gateway's pool and than usual load balancers (60 s) keep a connection: who ends it is who opened
  // it, so no request is sent into a connection that is just being closed.
  server.keepAliveTimeout = 75_000;
  server.headersTimeout = 80_000;
  let stopping = false;
  countTheProcess();

  app.use((_request, response, next) => {
    if (stopping) response.setHeader("connection", "close");
    next();
  });
  app.get("/healthz", (_request, response) => {
    response.json({ status: "ok" });
  });
  app.get("/readyz", async (_request, response) => {
    const found = await askAll(checks);
    const ready = !stopping && Object.values(found).every((answer) => answer === "ok");
    response
      .status(ready ? 200 : 503)
      .json({ status: ready ? "ready" : stopping ? "stopping" : "not ready", checks: found });
  });
  app.get("/metrics", async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });

  const http: HttpServer = {
    server,
    app,
    port,
    async listen() {
      app.use(failure(log));
      await new Promise<void>((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) => reject(listenProblem(error, port)));
        server.listen({ port, host }, resolve);
      });
      http.port = (server.address() as AddressInfo).port;
    },
    async stop() {
      stopping = true;
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      // A client that never ends its request does not keep the process: 5 s, then its connection is cut.
      const cut = setTimeout(() => server.closeAllConnections(), 5_000);
      await closed;
      clearTimeout(cut);
    },
  };
  return http;
}

/** Every check at once, each with 2 s to answer: "ok", or what is wrong. */
async function askAll(checks: Checks): Promise<Record<string, string>> {
  const answers = Object.entries(checks).map(async ([name, check]) => {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error("no answer within 2 s")), 2_000);
    });
    try {
      await Promise.race([check(), tooLate]);
      return [name, "ok"];
    } catch (error) {
      return [name, (error as Error).message || "failed"];
    } finally {
      clearTimeout(timer);
    }
  });
  return Object.fromEntries(await Promise.all(answers)) as Record<string, string>;
}

/** What express could not read (no JSON, too large) is the client's to mend; the rest is ours and stays in the log. */
function failure(log: Log): ErrorRequestHandler {
  return (error: Error & { status?: number }, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error.status && error.status < 500 ? error.status : 500;
    if (status === 500) log.error({ err: error }, "A request failed in a way that nobody expected.");
    const message =
      status === 500 ? "Something went wrong on our side." : `The request cannot be read: ${error.message}`;
    sendError(response, status, status === 500 ? "INTERNAL" : "BAD_INPUT", message);
  };
}

/** An answer in the form of GraphQL's errors, for whatever fails before GraphQL is reached. */
export function sendError(response: express.Response, status: number, code: Code, message: string): void {
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
}

function listenProblem(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === "EADDRINUSE")
    return new Error(
      `Port ${port} is already in use: stop the program that listens there, or set PORT to another one.`,
    );
  if (error.code === "EACCES")
    return new Error(`Port ${port} may not be used by this account: set PORT to one above 1023.`);
  return error;
}
