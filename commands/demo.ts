import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createGraphClient } from "../demo/client";
import { openDesk } from "../demo/desk";
import { openEmulatedDesk } from "../demo/desk.emulated";
import { connectEmulator } from "../demo/emulated-provider";
import { play } from "../demo/play";
import { demoWorkspaceId } from "../demo/workspace";
import { projectPath } from "../kit/project";
import { signToken } from "../kit/viewer";
import { emulators } from "../services/providers/emulators";
import { type EmulatorDefinition, startEmulator } from "../services/providers/emulators/emulator";
import { childEnv, readInstallationEnv } from "./env";
import { openInstallation, runningUrl } from "./installation";
import { runCommand, UsageError } from "./run-command";

const usage = `npm run demo    plays five conversations through the public graph and prints what a customer's widget shows

  --url http://localhost:4000/graphql   the graph to play against; without it the one that runs here, or one that is
                                        started for the demo and stopped afterwards
  --provider freshdesk                  the agent works at this help desk, emulated on this machine, instead of at the
                                        desk built into Baton
  --help                                this page

Its exit code is 1 when a conversation does not reach its end.`;

const usualUrl = "http://localhost:4000/graphql";

runCommand(usage, async () => {
  const { url, provider } = parseArgs({ options: { url: { type: "string" }, provider: { type: "string" } } }).values;
  const emulated = provider === undefined ? null : emulatorNamed(provider);
  const running = runningUrl(readInstallationEnv().BATON_DATA);
  const own = !url && !running && !(await answers(usualUrl)) ? await startBaton() : null;
  try {
    await playDemo(url ?? running ?? usualUrl, emulated);
  } finally {
    if (own) await stop(own);
  }
});

function emulatorNamed(name: string): EmulatorDefinition {
  const names = emulators.map((one) => one.name.toLowerCase().replaceAll("_", "-"));
  const found = emulators[names.indexOf(name)];
  if (!found) throw new UsageError(`There is no emulator of ${name}; there are ${names.join(", ")}.`);
  return found;
}

async function playDemo(url: string, emulated: EmulatorDefinition | null): Promise<void> {
  const { secrets } = openInstallation(readInstallationEnv());
  const agent = { role: "AGENT", workspaceId: demoWorkspaceId, agentId: "ada", name: "Ada" } as const;
  const agentToken = await signToken(secrets.tokenSecret, "outer", agent, 3_600);
  const { workspace } = await createGraphClient(url, agentToken)
    .run<{ workspace: { name: string; widgetKey: string } }>("{ workspace { name widgetKey } }")
    .catch((error: Error) => {
      throw new Error(`The demo's workspace cannot be read at ${url}: ${error.message}`);
    });
  const print = (line: string) => process.stdout.write(`${line}\n`);
  print(`Five conversations with ${workspace.name}, at ${url}`);
  const desk = emulated ? await openEmulated(emulated, url, agentToken, secrets.tokenSecret) : null;
  if (desk) print(`The agent works at ${desk.title}, emulated at ${desk.address}`);
  const played = await play({
    url,
    widgetKey: workspace.widgetKey,
    desk: desk?.desk ?? openDesk({ url, token: agentToken }),
    print,
  }).finally(() => desk?.stop());
  print("");
  for (const { ok, title, problem } of played)
    print(`${ok ? "ok    " : "FAILED"} ${title}${problem ? `: ${problem}` : ""}`);
  if (played.some(({ ok }) => !ok)) process.exitCode = 1;
}

/** An emulator of the desk, connected for as long as the demo lasts. */
async function openEmulated(definition: EmulatorDefinition, url: string, agentToken: string, tokenSecret: string) {
  const service = { role: "SERVICE", workspaceId: demoWorkspaceId, name: "demo" } as const;
  const token = await signToken(tokenSecret, "outer", service, 3_600);
  const emulator = await startEmulator(definition);
  const disconnect = await connectEmulator({ url, token, emulator }).catch(async (error: unknown) => {
    await emulator.stop();
    throw error;
  });
  return {
    title: emulator.title,
    address: emulator.url,
    desk: openEmulatedDesk({ url, token: agentToken, emulator }),
    async stop() {
      await disconnect();
      await emulator.stop();
    },
  };
}

async function startBaton(): Promise<ChildProcess> {
  process.stdout.write("Nothing runs at port 4000: starting Baton for the demo ...\n");
  const baton = spawn(process.execPath, [projectPath("dist/commands/start.js")], {
    env: childEnv({ PORT: String(new URL(usualUrl).port) }),
    stdio: ["ignore", "pipe", "inherit"],
  });
  // It says so once the demo's workspace is there as well.
  let ready = false;
  baton.stdout?.on("data", (text) => {
    ready ||= String(text).includes("Baton is ready");
  });
  const deadline = Date.now() + 60_000;
  while (!ready) {
    if (baton.exitCode !== null) throw new Error("Baton did not start; its reason stands above.");
    if (Date.now() > deadline) {
      await stop(baton);
      throw new Error("Baton did not get ready within 60 s.");
    }
    await pause(100);
  }
  return baton;
}

async function stop(baton: ChildProcess): Promise<void> {
  if (baton.exitCode !== null) return;
  baton.kill("SIGTERM");
  await once(baton, "exit");
}

/** Does a graph with the demo's workspace in it answer there? */
async function answers(url: string): Promise<boolean> {
  const ready = new URL("/readyz", url);
  return fetch(ready, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.ok,
    () => false,
  );
}
