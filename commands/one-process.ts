import type { Bus } from "../kit/bus";
import { type Clock, systemClock } from "../kit/clock";
import { createIfMissing, openDatabase, withDatabase } from "../kit/database";
import { loadInPieces } from "../kit/load-in-pieces";
import type { Log } from "../kit/log";
import type { Model } from "../kit/model";
import { openBus, type ServiceParts } from "../kit/run-service";
import type { Service, Tables } from "../kit/service";
import { assistantTables, createAssistant } from "../services/assistant/service";
import { conversationsTables, createConversations } from "../services/conversations/service";
import { createPolicy, policyTables } from "../services/policy/service";
import { createProviders, providersTables } from "../services/providers/service";
import { createSummarization, summarizationTables } from "../services/summarization/service";
import type { Secrets } from "./installation";

/** What this installation's services are made with beyond what every service gets. */
interface MoreParts extends ServiceParts {
  model: Model | null;
  tokenSecret: string;
  credentialsKey: string;
  formerCredentialsKeys: string[];
  providerPackages: string[];
}

const services: Record<string, { tables: Tables; create: (parts: MoreParts) => Promise<Service> }> = {
  conversations: { tables: conversationsTables, create: createConversations },
  policy: { tables: policyTables, create: createPolicy },
  assistant: { tables: assistantTables, create: createAssistant },
  summarization: { tables: summarizationTables, create: createSummarization },
  providers: { tables: providersTables, create: createProviders },
};

export interface OneProcessOptions {
  /** A Postgres server; each service has a database of its own in it. */
  databaseUrl: string;
  /** What the database of a service, or of the `bus`, is called: as the service is, but for tests that share a server. */
  databaseOf?: (name: string) => string;
  /** Without brokers the bus is in Postgres too. */
  kafkaBrokers?: string | undefined;
  secrets: Secrets;
  model: Model | null;
  /** Packages with further help desks. */
  providerPackages?: string[] | undefined;
  supergraphSdl: string;
  port: number;
  host: string;
  log: Log;
  /** Another one than the machine's, for tests. */
  clock?: Clock | undefined;
  /** Told what to stop, in the order in which it was started. */
  onStop(name: string, stop: () => Promise<unknown>): void;
}

/**
 * The whole of Baton in this process: databases, the bus, the five services, and the gateway, which asks the services
 * directly. Resolves to the graph's address once it answers. When it rejects, what was started so far was told to
 * `onStop`.
 */
export async function startInOneProcess(options: OneProcessOptions): Promise<{ url: string; port: number }> {
  const { databaseUrl, providerPackages = [], secrets, model, log, clock = systemClock, onStop } = options;
  const { databaseOf = (name) => name } = options;
  const opening = Object.entries(services).map(async ([name, { tables, create }]) => {
    const ownLog = log.child({ service: name });
    const db = await openDatabase({ url: withDatabase(databaseUrl, databaseOf(name)), tables, log: ownLog });
    onStop(`${name}'s database`, () => db.destroy());
    return { db, create, log: ownLog };
  });
  const openingBus = openOwnBus(options).then((bus) => {
    onStop("bus", () => bus.close());
    return bus;
  });
  // Loaded while the databases are made: more than a third of all that is loaded belongs to the gateway alone.
  const loading = loadInPieces(["express", "@apollo/query-planner", "@apollo/gateway", "@apollo/server"]).then(
    () => require("../gateway/server") as typeof import("../gateway/server"),
  );
  const [bus, opened] = await allOf<Bus, Awaited<(typeof opening)[number]>>(openingBus, opening);
  const running = await Promise.all(
    opened.map(({ db, create, log }) => create({ db, bus, clock, log, model, providerPackages, ...secrets })),
  );
  onStop("services", () => Promise.all(running.map((service) => service.stop())));
  await Promise.all(running.map((service) => service.start()));

  const { createGateway } = await loading;
  const gateway = await createGateway({
    supergraphSdl: options.supergraphSdl,
    sources: Object.fromEntries(running.map(({ name, schema }) => [name, { schema }])),
    bus,
    secrets: { token: secrets.tokenSecret, internal: secrets.internalSecret },
    log: log.child({ service: "gateway" }),
    routes: (web) => {
      for (const service of running) service.routes?.(web);
    },
  });
  onStop("gateway", () => gateway.stop());
  const { port } = await gateway.listen(options.port, options.host);
  return { port, url: `http://${addressFor(options.host)}:${port}/graphql` };
}

/** A server that is still starting is waited for here as by the services: the bus by itself gives up at once. */
async function openOwnBus({ databaseUrl, databaseOf, kafkaBrokers, log }: OneProcessOptions): Promise<Bus> {
  const database = databaseOf?.("bus") ?? "bus";
  if (!kafkaBrokers) await createIfMissing(withDatabase(databaseUrl, database), log);
  return openBus({ name: "baton", log, kafkaBrokers, databaseUrl, database });
}

/** An address that a person on this machine can open. */
function addressFor(host: string): string {
  return ["0.0.0.0", "::", "127.0.0.1"].includes(host) ? "localhost" : host;
}

/** Waits for every opening, also when one has failed, so that nothing opens after the stop has begun. */
async function allOf<One, Many>(one: Promise<One>, many: Promise<Many>[]): Promise<[One, Many[]]> {
  await Promise.allSettled([one, ...many]);
  return [await one, await Promise.all(many)];
}
