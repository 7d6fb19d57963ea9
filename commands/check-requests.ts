import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { emulators } from "../services/providers/emulators";
import { startEmulator } from "../services/providers/emulators/emulator";
import { exercise } from "../services/providers/emulators/exercise";
import { openDesks } from "../services/providers/open-desks";
import { type Description, readDescriptions } from "./check-requests/descriptions";
import { requestProblems, webhookProblems } from "./check-requests/problems";
import { runCommand, UsageError } from "./run-command";

const usage = `npm run check:requests -- DIR    do the requests of every help desk's provider fit its API's description?

  DIR holds a folder per desk, named as here or with a name that begins with it (${emulators.map(({ name }) => folderOf(name)).join(", ")}),
  with OpenAPI descriptions in JSON or YAML. Every provider makes all of its requests to its emulator; each must fit one
  of the descriptions: path, query, body; what only the vendors' pages name is listed. So must what the emulators call
  in, where a description has webhooks.

  --desk freshdesk    only this one
  --list              also lists what was checked`;

runCommand(usage, async () => {
  const { folder, desk, list } = readArguments();
  let problems = 0;
  for (const definition of emulators) {
    const name = folderOf(definition.name);
    if (desk && desk !== name) continue;
    const provider = openDesks().find((one) => one.name === definition.name);
    const descriptions = provider ? readDescriptions(folder, definition.specs ?? name) : [];
    if (!provider || descriptions.length === 0) {
      process.stdout.write(`${name}: ${folder} has no folder of descriptions for it\n`);
      problems += 1;
      continue;
    }
    const emulator = await startEmulator(definition);
    try {
      await exercise(provider, emulator);
      const known = (definition.undescribed ?? []).filter((pattern) => emulator.received.some(is(pattern)));
      for (const pattern of known) process.stdout.write(`${name}: from the vendor's pages only: ${pattern.source}\n`);
      const received = emulator.received.filter((request) => !known.some((pattern) => is(pattern)(request)));
      const found = check(descriptions, { received, sent: emulator.sent }, Boolean(list));
      for (const problem of found) process.stdout.write(`${name}: ${problem}\n`);
      problems += found.length;
      process.stdout.write(
        `${name}: ${emulator.received.length} requests and ${emulator.sent.length} webhook calls, ${found.length || "no"} problems\n`,
      );
    } finally {
      await emulator.stop();
    }
  }
  if (problems > 0) process.exitCode = 1;
});

function is(pattern: RegExp): (request: { method: string; path: string }) => boolean {
  return ({ method, path }) => pattern.test(`${method} ${path.split("?")[0]}`);
}

function check(
  descriptions: Description[],
  { received, sent }: Pick<Awaited<ReturnType<typeof startEmulator>>, "received" | "sent">,
  list: boolean,
): string[] {
  const lines = new Set(received.map(({ method, path }) => `  ${method} ${path.replace(/\d{3,}/g, "N")}`));
  if (list) for (const line of lines) process.stdout.write(`${line}\n`);
  return [
    ...new Set([
      ...received.flatMap((request) => requestProblems(descriptions, request)),
      ...sent.flatMap(({ body }) => webhookProblems(descriptions, JSON.parse(body))),
    ]),
  ];
}

function readArguments(): { folder: string; desk?: string; list?: boolean } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { desk: { type: "string" }, list: { type: "boolean" } },
  });
  const [folder] = positionals;
  if (!folder) throw new UsageError("Which folder holds the descriptions?");
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder}.`);
  return { folder, ...values };
}

function folderOf(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}
