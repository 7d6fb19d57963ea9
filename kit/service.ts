import type { Express } from "express";
import type { DocumentNode, GraphQLSchema } from "graphql";

/** One of Baton's services, wired: its part of the graph, and its handlers once started. */
export interface Service {
  name: string;
  sdl: DocumentNode;
  schema: GraphQLSchema;
  /** What it answers over HTTP besides the graph, such as webhooks; the same paths lead through the gateway. */
  routes?: (app: Express) => void;
  /** Starts relaying its outbox, listening to the bus and sweeping what is due. */
  start(): Promise<void>;
  /** Finishes what runs, starts nothing new. */
  stop(): Promise<void>;
}

/** What a service keeps: TypeORM entities, and migrations written by hand. */
export interface Tables {
  entities: (new (...args: never[]) => unknown)[];
  migrations: (new () => import("typeorm").MigrationInterface)[];
}
