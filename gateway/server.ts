import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expressMiddleware } from "@as-integrations/express5";
import type { Express, RequestHandler } from "express";
import type { Registry } from "prom-client";
import type { Bus } from "../kit/bus";
import { refuse } from "../kit/errors";
import type { Log } from "../kit/log";
import { createGraph } from "./graph";
import { createGraphiql } from "./graphiql";
import { type Check, createReadyz } from "./health";
import { createIdentify, createInternalTokens, type Identity } from "./identity";
import { createRateLimit, defaultLimits, documentRules, type Limits } from "./limits";
import { createGatewayMetrics } from "./metrics";
import { createLocalSource } from "./subgraphs/local-source";
import { createRemoteSource } from "./subgraphs/remote-source";
import type { Source, SourceConfig } from "./subgraphs/source";
import { hearBus } from "./subscriptions/hear";
import { createSharedRead } from "./subscriptions/read";
import { createSockets } from "./subscriptions/socket";
import { createPrepare } from "./subscriptions/subscribe";
import { readWakesOn, wakesOnProblems } from "./subscriptions/wakes-on";
import { createSleepers } from "./subscriptions/who-to-wake";
import { anyOrigin, clientAddress, createWeb, jsonBody, refusals } from "./web";

export interface GatewayOptions {
  /** Text of schema/supergraph.graphql. */
  supergraphSdl: string;
  /** Per subgraph name: `{ schema }` (a service of this process) or `{ url }`. */
  sources: Record<string, SourceConfig>;
  bus: Bus;
  /** `token` checks what clients hold; `internal` signs what subgraphs are shown. */
  secrets: { token: string; internal: string };
  log: Log;
  limits?: Partial<Limits>;
  /** What else /readyz looks at, by name. */
  checks?: Record<string, Check>;
  /** Adds routes of other parts (web pages, webhooks) before the server starts. */
  routes?: (web: Express) => void;
  registry?: Registry;
  /** Express's "trust proxy": whose word counts for a client's address. */
  trustProxy?: boolean | number | string;
}

export interface Gateway {
  /** Starts to hear the bus and to answer. `port` 0 takes any. Rejects with one sentence when the port is in use. */
  listen(port: number, host?: string): Promise<{ port: number; url: string }>;
  /** Closes sockets and the server; the bus and the services stay as they are. */
  stop(): Promise<void>;
}

const PATH = "/graphql";

/** The one door to the graph: queries and mutations over HTTP, subscriptions over graphql-ws on the same path. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { supergraphSdl, bus, secrets, log } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const metrics = createGatewayMetrics(options.registry);
  const internalToken = createInternalTokens(secrets.internal);
  const identify = createIdentify(secrets.token);
  const countRequest = createRateLimit(limits);

  const sources: Record<string, Source> = {};
  for (const [name, source] of Object.entries(options.sources))
    sources[name] =
      "schema" in source
        ? createLocalSource(name, source.schema, log)
        : createRemoteSource({ name, url: source.url, log, internalToken });

  const graph = await createGraph({ supergraphSdl, sources, limits, log, metrics });
  const wakesOn = readWakesOn(supergraphSdl);
  const problems = wakesOnProblems(graph.schema, wakesOn);
  if (problems.length > 0) throw new Error(`The graph's subscriptions cannot be served:\n  ${problems.join("\n  ")}`);

  const sleepers = createSleepers();
  const web = createWeb(options.trustProxy ?? false);
  const sockets = createSockets({
    path: PATH,
    schema: graph.schema,
    prepare: createPrepare({ schema: graph.schema, wakesOn, rules: documentRules(limits), maxTokens: limits.tokens }),
    sleepers,
    read: createSharedRead(graph.ask, (shared) => metrics.reads.inc({ shared: String(shared) })),
    identify,
    countRequest,
    addressOf: (request) => clientAddress(request, web.get("trust proxy fn")),
    limits,
    metrics,
    log,
  });

  const identity = new WeakMap<object, Identity>();
  const comeIn: RequestHandler = async (request, _response, next) => {
    const known = await identify(request.headers.authorization).catch(async (refusal: unknown) => {
      await countRequest({ role: "ANONYMOUS" }, request.ip ?? "unknown");
      throw refusal;
    });
    await countRequest(known.viewer, request.ip ?? "unknown");
    identity.set(request, known);
    next();
  };
  const timed: RequestHandler = (_request, response, next) => {
    const end = metrics.requests.startTimer();
    response.once("finish", () => end({ outcome: response.statusCode < 400 ? "ok" : String(response.statusCode) }));
    next();
  };
  const graphiql = createGraphiql();
  const page: RequestHandler = (request, response, next) => {
    if (request.accepts(["json", "html"]) === "html") return graphiql(request, response, next);
    response.set("allow", "POST, OPTIONS");
    throw refuse("BAD_INPUT", "Send queries and mutations with POST; a browser finds GraphiQL here.", {
      http: { status: 405 },
    });
  };

  web.get("/healthz", (_request, response) => {
    response.json({ ok: true });
  });
  web.get(
    "/readyz",
    createReadyz({
      ...Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, () => source.ping()])),
      bus: async () => {
        if (!hearing?.live) throw new Error("not live");
        await bus.ping();
      },
      ...options.checks,
    }),
  );
  web.get("/metrics", async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  web.use(PATH, anyOrigin);
  web.get(PATH, page);
  web.post(
    PATH,
    timed,
    comeIn,
    ...jsonBody(limits.bodyBytes),
    expressMiddleware(graph.server, {
      context: async ({ req }) => ({ viewer: identity.get(req)?.viewer ?? { role: "ANONYMOUS" as const } }),
    }),
  );
  options.routes?.(web);
  web.use(refusals(log));

  const server = createServer({ keepAliveTimeout: 65_000 }, web);
  sockets.attach(server);
  let hearing: ReturnType<typeof hearBus> | null = null;

  return {
    async listen(port, host = "127.0.0.1") {
      await new Promise<void>((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) =>
          reject(error.code === "EADDRINUSE" ? new Error(`Port ${port} is in use. Set PORT to a free one.`) : error),
        );
        server.listen(port, host, resolve);
      });
      hearing = hearBus(bus, sleepers, log, metrics);
      const address = server.address() as AddressInfo;
      return { port: address.port, url: `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${address.port}` };
    },
    async stop() {
      await sockets.stop();
      await hearing?.stop();
      server.closeIdleConnections();
      if (server.listening)
        await new Promise<void>((resolve) => {
          server.close(() => resolve());
          setTimeout(() => server.closeAllConnections(), 2_000).unref();
        });
      await graph.stop();
      await Promise.all(Object.values(sources).map((source) => source.close()));
    },
  };
}
