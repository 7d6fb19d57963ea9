import { randomUUID } from "node:crypto";
import { Client } from "pg";
import type { DataSource } from "typeorm";
import { type BatonEvent, newEvent } from "../../schema/events/catalogue";
import { emptyDatabase, type TestDatabase, testDatabase } from "../../test/support/postgres";
import type { Bus } from "../bus";
import { createPostgresBus } from "../bus.postgres";
import { systemClock } from "../clock";
import { createInbox, type Handle, type Handlers, type Inbox, type InboxOptions } from "../inbox";
import { createSilentLog } from "../log";
import { createOutbox, type Outbox } from "../outbox";
import { OutboxAndInbox1700000000000 } from "../outbox-and-inbox.migration";

export const log = createSilentLog();
export const workspaceId = randomUUID();
export const tables = { entities: [], migrations: [OutboxAndInbox1700000000000] };

/** An event whose text tells it from others. */
export const spoken = (conversationId: string, text: string, cause?: BatonEvent) =>
  newEvent("agent.replied", {
    workspaceId,
    conversationId,
    cause,
    data: { handoverId: conversationId, agent: { id: null, name: "Ada" }, text, externalId: text },
  });

/** A handler with an effect and, for "first 7", a consequence: "then 7". Needs a table `effect (text text)`. */
export const sayThen: Handle<"agent.replied"> = async (event, work) => {
  const { text } = event.data;
  await work.transaction(async (tx, say) => {
    await tx.query("insert into effect values ($1)", [text]);
    if (text.startsWith("first")) say(spoken(event.subject, text.replace("first", "then"), event));
  });
  return "done";
};

/** Outboxes, inboxes and a bus on real databases, for the tests of exactly these. */
export interface Chassis {
  bus: Bus;
  db: DataSource;
  url: string;
  busUrl: string;
  /** A bus connection of its own, like another process's. */
  openBus(): Promise<Bus>;
  outbox(options?: { db?: DataSource; bus?: Bus }): Promise<Outbox>;
  inbox(handlers: Handlers, options?: Partial<InboxOptions>): Promise<Inbox>;
  /** A plain connection, as commands have it. */
  withClient<Result>(work: (client: Client) => Promise<Result>): Promise<Result>;
  /** The inbox as it lies in the database, in order of arrival. */
  rows(): Promise<
    { event_id: string; state: string; outcome: string | null; attempts: number; error: string | null }[]
  >;
  close(): Promise<void>;
}

export async function createChassis(): Promise<Chassis> {
  const database: TestDatabase = await testDatabase("chassis", tables);
  const busDatabase = await emptyDatabase("chassis_bus");
  const { db } = database;
  const closing: (() => Promise<unknown>)[] = [];
  async function openBus() {
    const bus = await createPostgresBus({ url: busDatabase.url, log });
    closing.push(() => bus.close());
    return bus;
  }
  const bus = await openBus();
  const outbox: Chassis["outbox"] = async (options = {}) => {
    const made = createOutbox({ service: "hearer", db, bus, log, ...options });
    await made.start();
    closing.push(() => made.stop());
    return made;
  };
  return {
    bus,
    db,
    url: database.url,
    busUrl: busDatabase.url,
    openBus,
    outbox,
    async inbox(handlers, options = {}) {
      const inbox = createInbox({
        ...{ service: "hearer", db, bus, handlers, log, clock: systemClock, firstRetryMs: 5 },
        outbox: options.outbox ?? (await outbox()),
        ...options,
      });
      await inbox.start();
      closing.push(() => inbox.stop());
      return inbox;
    },
    async withClient(work) {
      const client = new Client({ connectionString: database.url });
      await client.connect();
      return work(client).finally(() => client.end());
    },
    rows: () => db.query("select event_id, state, outcome, attempts, error from inbox order by position"),
    async close() {
      for (const close of closing.reverse()) await close();
      await database.drop();
      await busDatabase.drop();
    },
  };
}

/** Puts events on the bus as the service that says them would. */
export const publish = (bus: Bus, ...events: BatonEvent[]) =>
  bus.publish(events.map((event) => ({ topic: "providers", key: event.subject, value: JSON.stringify(event) })));
