import { parseArgs } from "node:util";
import { type DeadRow, listDeadLetters, redriveDeadLetters } from "../kit/dead-letters";
import { readServerEnv } from "./env";
import { runCommand, UsageError } from "./run-command";
import { openServer } from "./server";

const usage = `Puts dead letters back to waiting: events that a service gave up on after all attempts, or could not read.
They are handled again at once when Baton runs, else at its next start.

  npm run redrive -- --list             shows the dead letters of every service
  npm run redrive                       puts all of them back
  npm run redrive -- providers          those of one service
  npm run redrive -- --event <id>       one of them

  DATABASE_URL   the Postgres server (default: the embedded one in BATON_DATA)`;

runCommand(usage, async () => {
  const { values, positionals } = readArguments();
  const [only, ...more] = positionals;
  if (more.length > 0) throw new UsageError("One service at a time, please.");
  const server = await openServer(readServerEnv());
  try {
    const services = await server.services();
    if (only && !services.includes(only))
      throw new UsageError(`There is no service "${only}" here; there is ${services.join(", ") || "none at all"}.`);
    let found = 0;
    for (const service of only ? [only] : services) {
      const dead = await server.on(service, async (client) => {
        const all = await listDeadLetters(client);
        const chosen = values.event ? all.filter((row) => row.eventId === values.event) : all;
        if (!values.list)
          await redriveDeadLetters(
            client,
            chosen.map((row) => row.eventId),
          );
        return chosen;
      });
      for (const row of dead ?? []) process.stdout.write(describe(service, row));
      found += dead?.length ?? 0;
    }
    const what = found === 1 ? "1 dead letter" : `${found} dead letters`;
    process.stdout.write(found === 0 ? "There are no dead letters.\n" : `${what}${values.list ? "" : " put back"}.\n`);
    if (values.event && found === 0) process.exitCode = 1;
  } finally {
    await server.close();
  }
});

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      list: { type: "boolean", short: "l" },
      event: { type: "string" },
    },
  });
}

function describe(service: string, row: DeadRow): string {
  const when = row.at.toISOString().slice(0, 19).replace("T", " ");
  const attempts = row.attempts === 1 ? "1 attempt" : `${row.attempts} attempts`;
  const [sentence = ""] = (row.error ?? "").split("\n");
  return `${when}  ${service}  ${row.type}  ${row.eventId}\n  conversation ${row.key}, ${attempts}: ${sentence}\n`;
}
