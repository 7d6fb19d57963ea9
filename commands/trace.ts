import { parseArgs } from "node:util";
import { z } from "zod";
import { type BatonEvent, parseEvent } from "../schema/events/catalogue";
import { readServerEnv } from "./env";
import { runCommand, UsageError } from "./run-command";
import { openServer, type Server } from "./server";
import { type Handling, tellStory } from "./story";

const usage = `Tells the story of a conversation: every event, its cause, and what each service made of it.

  npm run trace -- <conversation id>

  DATABASE_URL   the Postgres server (default: the embedded one in BATON_DATA)`;

runCommand(usage, async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [id, ...more] = positionals;
  if (!id || more.length > 0) throw new UsageError("Which conversation?");
  if (!z.uuid().safeParse(id).success) throw new UsageError(`"${id}" is no conversation's id.`);
  const server = await openServer(readServerEnv());
  try {
    const onBus = await readBus(server, id);
    const heard = await readInboxes(server, id);
    const events = new Map<string, BatonEvent>();
    for (const value of [...(onBus ?? []), ...heard.values]) {
      const parsed = parseEvent(value);
      if (parsed.ok) events.set(parsed.event.id, parsed.event);
    }
    if (events.size === 0) throw new Error(`Nothing is known of a conversation ${id}.`);
    process.stdout.write(tellStory([...events.values()], heard.handlings));
    if (onBus === null)
      process.stdout.write("\nThe events are in Kafka: those that no service handles are not shown here.\n");
  } finally {
    await server.close();
  }
});

/** What is kept of the conversation on the bus; null when the bus is not in Postgres. */
function readBus(server: Server, id: string): Promise<string[] | null> {
  return server.on("bus", async (client) => {
    const { rows } = await client.query<{ value: string }>("select value from log where key = $1 order by at", [id]);
    return rows.map((row) => row.value);
  });
}

async function readInboxes(server: Server, id: string): Promise<{ values: string[]; handlings: Handling[] }> {
  const values: string[] = [];
  const handlings: Handling[] = [];
  for (const service of await server.services())
    await server.on(service, async (client) => {
      const { rows } = await client.query<Omit<Handling, "service"> & { value: string }>(
        `select value, event_id as "eventId", state, outcome, attempts, error, received_at as "receivedAt",
           started_at as "startedAt", finished_at as "finishedAt"
         from inbox where key = $1 order by position`,
        [id],
      );
      for (const { value, ...handling } of rows) {
        values.push(value);
        handlings.push({ ...handling, service });
      }
    });
  return { values, handlings };
}
