import { type DocumentNode, execute as executeDocument, type GraphQLError, parse, validate } from "graphql";
import type { DataSource } from "typeorm";
import type { Bus, Subscription } from "../../kit/bus";
import { createPostgresBus } from "../../kit/bus.postgres";
import { createSilentLog } from "../../kit/log";
import type { Service, Tables } from "../../kit/service";
import type { Viewer } from "../../kit/viewer";
import {
  type BatonEvent,
  catalogue,
  type EventOf,
  type EventType,
  parseEvent,
  topicOf,
} from "../../schema/events/catalogue";
import { emptyDatabase, testDatabase } from "./postgres";

/** One service on real Postgres with a real bus: a test speaks to it as the gateway and the other services do. */
export interface Stage {
  db: DataSource;
  bus: Bus;
  service: Service;
  /** Publishes events as the service that says them would, and resolves when this one has handled them. */
  hear(...events: BatonEvent[]): Promise<void>;
  /** The events of a type that this service has said of a conversation so far, once there are at least `count`. */
  said<Type extends EventType>(type: Type, conversationId: string, count?: number): Promise<EventOf<Type>[]>;
  /** Asks the service's part of the graph. Throws the first error. */
  ask<Answer = Record<string, unknown>>(
    viewer: Viewer,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<Answer>;
  /** The code of the error that asking leads to; null when there is none. */
  refusal(viewer: Viewer, query: string, variables?: Record<string, unknown>): Promise<GraphQLError | null>;
  /** Stops the service and starts it again on the same tables. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Polls until `check` gives something, at most `ms` milliseconds; throws with `what` otherwise. */
export async function until<Result>(
  what: string,
  check: () => Promise<Result | null | undefined | false> | Result | null | undefined | false,
  ms = 20_000,
): Promise<Result> {
  const end = Date.now() + ms;
  for (;;) {
    const result = await check();
    if (result) return result;
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Sets a service up on databases of its own and starts it. */
export async function stage(
  name: string,
  tables: Tables,
  create: (parts: { db: DataSource; bus: Bus }) => Promise<Service>,
): Promise<Stage> {
  const [database, busDatabase] = await Promise.all([testDatabase(name, tables), emptyDatabase(`${name}_bus`)]);
  const { db } = database;
  const bus = await createPostgresBus({ url: busDatabase.url, log: createSilentLog() });
  const heard: BatonEvent[] = [];
  const listening: Subscription = await bus.subscribe({
    group: "stage",
    topics: Object.keys(catalogue),
    from: "end",
    async onBatch(records) {
      for (const record of records) {
        const parsed = parseEvent(record.value);
        if (parsed.ok) heard.push(parsed.event);
      }
    },
  });
  let service = await create({ db, bus });
  await service.start();

  // Read and checked once, as the server does: a test that waits asks the same again and again.
  const documents = new Map<string, DocumentNode>();
  const execute = async (viewer: Viewer, source: string, variableValues: Record<string, unknown> = {}) => {
    let document = documents.get(source);
    if (!document) {
      document = parse(source);
      const errors = validate(service.schema, document);
      if (errors.length > 0) return { errors };
      documents.set(source, document);
    }
    return executeDocument({ schema: service.schema, document, variableValues, contextValue: { viewer } });
  };

  return {
    db,
    bus,
    get service() {
      return service;
    },
    async hear(...events) {
      await bus.publish(
        events.map((event) => ({ topic: topicOf(event.type), key: event.subject, value: JSON.stringify(event) })),
      );
      const types = [...new Set(events.map(({ type }) => type))];
      await until(
        `${name} handled ${events.length} x ${types.join(", ")}`,
        async () => {
          const rows = await db.query("select state, error, type from inbox where event_id = any($1)", [
            events.map(({ id }) => id),
          ]);
          const dead = rows.find(({ state }: { state: string }) => state === "dead");
          if (dead) throw new Error(`${dead.type} became a dead letter: ${dead.error}`);
          return rows.length === events.length && rows.every(({ state }: { state: string }) => state === "done");
        },
        20_000 + events.length * 200,
      );
    },
    async said<Type extends EventType>(type: Type, conversationId: string, count = 1) {
      const found = () => heard.filter((event) => event.type === type && event.subject === conversationId);
      await until(`${count} x ${type} said`, () => found().length >= count);
      return found() as EventOf<Type>[];
    },
    async ask<Answer>(viewer: Viewer, query: string, variables?: Record<string, unknown>) {
      const { data, errors } = await execute(viewer, query, variables);
      if (errors?.[0]) throw errors[0];
      return JSON.parse(JSON.stringify(data)) as Answer;
    },
    async refusal(viewer, query, variables) {
      const { errors } = await execute(viewer, query, variables);
      return errors?.[0] ?? null;
    },
    async restart() {
      await service.stop();
      service = await create({ db, bus });
      await service.start();
    },
    async close() {
      await service.stop();
      await listening.stop();
      await bus.close();
      await database.drop();
      await busDatabase.drop();
    },
  };
}
