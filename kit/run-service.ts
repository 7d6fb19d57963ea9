import type { DataSource } from "typeorm";
import type { z } from "zod";
import type { Bus } from "./bus";
import { createPostgresBus } from "./bus.postgres";
import { type Clock, systemClock } from "./clock";
import { openDatabase, withDatabase } from "./database";
import { createHttp } from "./http";
import { createLifecycle } from "./lifecycle";
import { createLog, type Log } from "./log";
import type { Service, Tables } from "./service";
import type { serviceEnv } from "./service-env";
import { serveSubgraph } from "./subgraph.server";

export type ServiceEnv = z.infer<z.ZodObject<typeof serviceEnv>> & { PORT: number };

/** What a process hands to the service it runs. */
export interface ServiceParts {
  db: DataSource;
  bus: Bus;
  clock: Clock;
  log: Log;
}

/**
 * Runs one service as a process of its own, until it is told to stop: its database, the bus, its handlers, and its
 * part of the graph at `/graphql` for the gateway. A problem at start is one line in the log and exit code 1.
 */
export async function runService<Env extends ServiceEnv>(options: {
  name: string;
  readEnv: () => Env;
  tables: Tables;
  create: (parts: ServiceParts, env: Env) => Promise<Service>;
}): Promise<void> {
  const { name, tables } = options;
  let env: Env;
  try {
    env = options.readEnv();
  } catch (error) {
    process.stderr.write(`${name}: ${(error as Error).message}\n`);
    process.exit(2);
  }
  const log = createLog(name, env.LOG_LEVEL);
  const lifecycle = createLifecycle({ log });
  try {
    const db = await openDatabase({
      url: withDatabase(env.DATABASE_URL, name),
      tables,
      log,
      poolSize: env.DATABASE_POOL,
    });
    lifecycle.onStop("database", () => db.destroy());
    const bus = await openBus({ name, log, kafkaBrokers: env.KAFKA_BROKERS, databaseUrl: env.DATABASE_URL });
    lifecycle.onStop("bus", () => bus.close());
    const service = await options.create({ db, bus, clock: systemClock, log }, env);
    lifecycle.onStop("service", () => service.stop());
    await service.start();
    const http = createHttp({
      port: env.PORT,
      host: env.HOST,
      log,
      checks: { database: () => db.query("select 1"), bus: () => bus.ping() },
    });
    const graph = await serveSubgraph({ http, schema: service.schema, internalSecret: env.INTERNAL_SECRET, log });
    service.routes?.(http.app);
    await http.listen();
    lifecycle.onStop("http", async () => {
      await Promise.all([http.stop(), graph.stop()]);
    });
    log.info({ port: http.port, bus: env.KAFKA_BROKERS ? "kafka" : "postgres" }, `${name} is ready.`);
  } catch (error) {
    log.fatal({ err: error }, `${name} did not start: ${(error as Error).message}`);
    await lifecycle.end(1, "start failed");
  }
}

/** The bus this installation uses: Kafka when there are brokers, else a database beside the services'. */
export async function openBus(options: {
  name: string;
  log: Log;
  kafkaBrokers?: string | undefined;
  databaseUrl: string;
  database?: string;
}): Promise<Bus> {
  const { name, log, kafkaBrokers, databaseUrl, database = "bus" } = options;
  if (!kafkaBrokers) return createPostgresBus({ url: withDatabase(databaseUrl, database), log });
  // Loaded when it is needed: most installations have no Kafka.
  const { createKafkaBus } = require("./bus.kafka") as typeof import("./bus.kafka");
  return createKafkaBus({ brokers: kafkaBrokers.split(",").map((broker) => broker.trim()), clientId: name, log });
}
