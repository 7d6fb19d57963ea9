import { parseArgs } from "node:util";
import { createLifecycle } from "../kit/lifecycle";
import { createLog } from "../kit/log";
import { emulators } from "../services/providers/emulators";
import { startEmulator } from "../services/providers/emulators/emulator";
import { createEmulatorsPage } from "../services/providers/emulators/page";
import { runCommand, UsageError } from "./run-command";

const usage = `npm run emulators    a small server per help desk on this machine, to try every path without an account

  --port 4100    of the page that lists what they received; the desks take the ports after it

Each accepts what its vendor's API accepts, keeps what it is given, and fails on command. The page tells how to connect
Baton to each, plays the agent, and makes a desk fail.`;

runCommand(usage, async () => {
  const port = readPort();
  const lifecycle = createLifecycle({ log: createLog("emulators", "warn") });
  const running = await Promise.all(
    emulators.map(async (definition, index) => {
      const emulator = await startEmulator(definition, port + 1 + index);
      lifecycle.onStop(definition.title, () => emulator.stop());
      return emulator;
    }),
  ).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EADDRINUSE" ? new Error(`${error.message}: take other ports with --port.`) : error;
  });
  const page = await createEmulatorsPage(running, port);
  lifecycle.onStop("page", () => page.stop());
  const lines = running.map(({ title, url }) => `  ${title.padEnd(20)} ${url}`);
  process.stdout.write(`What they receive: ${page.url}\n\n${lines.join("\n")}\n\nCtrl-C stops them.\n`);
});

function readPort(): number {
  const { values } = parseArgs({ options: { port: { type: "string", default: "4100" } } });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_000) throw new UsageError("--port is a number from 1 to 65000.");
  return port;
}
