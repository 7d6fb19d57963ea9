import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { until } from "../../test/support/stage";
import { createPostgresBus } from "../bus.postgres";
import { systemClock } from "../clock";
import { openDatabase } from "../database";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../database.embedded";
import { createInbox } from "../inbox";
import { createOutbox } from "../outbox";
import { log, sayThen, spoken, tables } from "./chassis";

test("a database server that crashes three times in the middle loses nothing it acknowledged", async () => {
  const folder = mkdtempSync(join(tmpdir(), "baton-crash-"));
  // Where root runs the tests, Postgres runs as nobody and must be able to go in.
  await chmod(folder, 0o755);
  const start = () => startEmbeddedPostgres({ folder, log });
  let server: EmbeddedPostgres = await start();
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const db = await openDatabase({ url: server.url("hearer"), tables, log });
    closing.push(() => db.destroy());
    await db.query("create table effect (text text)");
    const bus = await createPostgresBus({ url: server.url("bus"), log });
    closing.push(() => bus.close());
    expect(bus.writeAheadLog).toBeTruthy();
    const outbox = createOutbox({ service: "hearer", db, bus, log });
    const inbox = createInbox({
      ...{ service: "hearer", db, outbox, bus, log, clock: systemClock, leaseMs: 1_000, firstRetryMs: 500 },
      handlers: { "agent.replied": sayThen },
    });
    await outbox.start();
    await inbox.start();
    closing.push(
      () => outbox.stop(),
      () => inbox.stop(),
    );

    const acknowledged: number[] = [];
    let enough = false;
    const conversations = Array.from({ length: 5 }, () => randomUUID());
    const talking = conversations.map(async (conversation, speaker) => {
      for (let n = speaker; !enough; n += conversations.length)
        await outbox
          .transaction(async (_tx, say) => say(spoken(conversation, `first ${n}`)))
          .then(
            () => acknowledged.push(n),
            () => pause(50),
          );
    });
    for (let crashes = 0; crashes < 3; crashes++) {
      const before = acknowledged.length;
      await until("more is acknowledged", () => acknowledged.length > before + 40, 20_000);
      // An immediate shutdown: what was not yet written to disk is gone, as after a power cut.
      await server.stop("now");
      server = await start();
    }
    const before = acknowledged.length;
    await until("it goes on", () => acknowledged.length > before + 10, 20_000);
    enough = true;
    await Promise.all(talking);

    const effects = async (): Promise<string[]> =>
      (await db.query("select text from effect")).map(({ text }: { text: string }) => text);
    await until(
      "everything is handled",
      async () => {
        const happened = new Set(await effects());
        return acknowledged.every((n) => happened.has(`first ${n}`) && happened.has(`then ${n}`));
      },
      30_000,
    );
    const happened = await effects();
    expect(new Set(happened).size).toBe(happened.length);
    expect(await db.query("select error from inbox where state = 'dead'")).toEqual([]);
  } finally {
    for (const close of closing.reverse()) await close();
    await server.stop("now");
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
