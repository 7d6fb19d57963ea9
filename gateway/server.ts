import type { Express, RequestHandler } from "express";
import type { Bus } from "../kit/bus";
import { type Checks, createHttp, type HttpServer } from "../kit/http";
import type { Log } from "../kit/log";
import { createGraph } from "./graph";
import { createGraphiql } from "./graphiql";
import { createIdentify, createInternalTokens } from "./identity";
import { createRateLimit, defaultLimits, documentRules, type Limits } from "./limits";
import { gatewayMetrics } from "./metrics";
import { createPost } from "./post";
import { createLocalSource } from "./subgraphs/local-source";
import type { Source, SourceConfig } from "./subgraphs/source";
import { type Hearing, hearBus } from "./subscriptions/hear";
import { createSharedRead } from "./subscriptions/read";
import { createSockets } from "./subscriptions/socket";
import { createPrepare } from "./subscriptions/subscribe";
import { readWakesOn, wakesOnProblems } from "./subscriptions/wakes-on";
import { createSleepers } from "./subscriptions/who-to-wake";
import { anyOrigin, clientAddress, createWeb, refusals, refused } from "./web";

export interface GatewayOptions {
  /** Text of schema/supergraph.graphql. */
  supergraphSdl: string;
  /** Per subgraph name: `{ schema }` (a service of this process, as it is) or `{ url }`. */
  sources: Record<string, SourceConfig>;
  bus: Bus;
  /** `token` checks what clients hold; `internal` signs what subgraphs are shown. */
  secrets: { token: string; internal: string };
  log: Log;
  limits?: Partial<Limits>;
  /** What else /readyz looks at, by name. */
  checks?: Checks;
  /** Adds routes of other parts (web pages, webhooks). */
  routes?: (web: Express) => void;
  /** Express's "trust proxy": whose word counts for a client's address. */
  trustProxy?: boolean | number | string;
}

export interface Gateway {
  /**
   * Starts to answer and to hear the bus. `port` 0 takes any; `host` is this machine alone unless given. Rejects with
   * one sentence when the port is in use.
   */
  listen(port: number, host?: string): Promise<{ port: number; url: string }>;
  /** Closes sockets and the server; the bus and the services stay as they are. */
  stop(): Promise<void>;
}

const PATH = "/graphql";

/** The one door to the graph: queries and mutations over HTTP, subscriptions over graphql-ws on the same path. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { supergraphSdl, bus, secrets, log } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const internalToken = createInternalTokens(secrets.internal);
  const identify = createIdentify(secrets.token);
  const countRequest = createRateLimit(limits);

  const sources: Record<string, Source> = {};
  for (const [name, source] of Object.entries(options.sources))
    sources[name] =
      "schema" in source
        ? createLocalSource(name, source.schema, log)
        : remote().createRemoteSource({ name, url: source.url, log, internalToken });

  const graph = await createGraph({ supergraphSdl, sources, limits, log });
  const wakesOn = readWakesOn(supergraphSdl);
  const problems = wakesOnProblems(graph.schema, wakesOn);
  if (problems.length > 0) throw new Error(`The graph's subscriptions cannot be served:\n  ${problems.join("\n  ")}`);

  const web = createWeb(options.trustProxy ?? false);
  web.use(PATH, anyOrigin);
  web.get(PATH, page());
  web.post(PATH, ...createPost({ server: graph.server, identify, countRequest, bodyBytes: limits.bodyBytes }));
  options.routes?.(web);
  web.use(refusals(log));

  const sleepers = createSleepers();
  const sockets = createSockets({
    path: PATH,
    schema: graph.schema,
    prepare: createPrepare({ schema: graph.schema, wakesOn, rules: documentRules(limits), maxTokens: limits.tokens }),
    sleepers,
    read: createSharedRead(graph.ask, (shared) => gatewayMetrics.reads.inc({ shared: String(shared) })),
    identify,
    countRequest,
    addressOf: (request) => clientAddress(request, web.get("trust proxy fn")),
    limits,
    log,
  });

  let http: HttpServer | null = null;
  let hearing: Hearing | null = null;
  const checks: Checks = {
    ...Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, () => source.ping()])),
    bus: async () => {
      if (!hearing?.live) throw new Error("cannot be heard yet");
      await bus.ping();
    },
    ...options.checks,
  };

  return {
    async listen(port, host = "127.0.0.1") {
      http = createHttp({ port, host, checks, log });
      http.app.use(web);
      sockets.attach(http.server);
      await http.listen();
      hearing = hearBus(bus, sleepers, log);
      return { port: http.port, url: `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${http.port}` };
    },
    async stop() {
      await sockets.stop();
      await hearing?.stop();
      await http?.stop();
      await graph.stop();
      await Promise.all(Object.values(sources).map((source) => source.close()));
    },
  };
}

/** Loaded when a subgraph is elsewhere: Baton in one process needs no HTTP client here. */
const remote = () => require("./subgraphs/remote-source") as typeof import("./subgraphs/remote-source");

/** A browser gets GraphiQL; anything else is told how to ask. */
function page(): RequestHandler {
  const graphiql = createGraphiql();
  return (request, response, next) => {
    if (request.accepts(["json", "html"]) === "html") return graphiql(request, response, next);
    response.set("allow", "POST, OPTIONS");
    throw refused(405, "Send queries and mutations with POST; a browser finds GraphiQL here.");
  };
}
