import { randomUUID } from "node:crypto";
import { createPostgresBus } from "../bus.postgres";
import { systemClock } from "../clock";
import { openDatabase } from "../database";
import { createInbox } from "../inbox";
import { createSilentLog } from "../log";
import { createOutbox } from "../outbox";
import { sayThen, spoken, tables } from "./chassis";

/**
 * A process that `killed-processes-lose-nothing.test.ts` kills again and again: says numbered events, prints the
 * number of each as soon as it is committed, and hears them itself. Arguments: database, bus, first number.
 */
async function main([url = "", busUrl = "", first = "0"]: string[]): Promise<void> {
  const log = createSilentLog();
  const db = await openDatabase({ url, tables, log });
  const bus = await createPostgresBus({ url: busUrl, log });
  const outbox = createOutbox({ service: "hearer", db, bus, log });
  const inbox = createInbox({
    ...{ service: "hearer", db, outbox, bus, log, clock: systemClock },
    leaseMs: 1_000,
    handlers: { "agent.replied": sayThen },
  });
  await outbox.start();
  await inbox.start();
  const conversations = Array.from({ length: 5 }, () => randomUUID());
  for (let n = Number(first); ; n++) {
    const conversation = conversations[n % conversations.length] as string;
    await outbox.transaction(async (_tx, say) => say(spoken(conversation, `first ${n}`)));
    process.stdout.write(`${n}\n`);
  }
}

void main(process.argv.slice(2));
