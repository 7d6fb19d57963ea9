import { readFileSync } from "node:fs";
import * as nodeModule from "node:module";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { demoWorkspaceName } from "../demo/workspace";
import { startEmbeddedPostgres } from "../kit/database.embedded";
import { createLifecycle, type Lifecycle } from "../kit/lifecycle";
import { loadInPieces } from "../kit/load-in-pieces";
import { type Lock, takeLock } from "../kit/lock-file";
import { createLog, type Log } from "../kit/log";
import { projectPath } from "../kit/project";
import { endWithNpm } from "./end-with-npm";
import { readStartEnv, type StartEnv } from "./env";
import { type Installation, lockPath, openInstallation, postgresPath } from "./installation";
import { runCommand } from "./run-command";

const usage = `npm start    the whole of Baton in one process, with nothing else installed

  PORT=4000           where the graph is        HOST=127.0.0.1     0.0.0.0 lets other machines in
  BATON_DATA=.baton   where data is kept        DEMO=yes           no: without the demo workspace
  DATABASE_URL        your own Postgres instead of the embedded one
  KAFKA_BROKERS       Kafka instead of events in Postgres
  GEMINI_API_KEY, GEMINI_MODEL   a model; without one, rules and extracts do the work
  LOG_LEVEL=warn`;

const startFailed = "the start failed";
/** What the lock says of a Baton that is about to end. */
const ending = "ending";

runCommand(usage, async () => {
  // Node 22 and later keep what they have compiled: the second start is quicker.
  (nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();
  const began = performance.now();
  const env = readStartEnv();
  const installation = openInstallation(env);
  const lock = await takeTurn(lockPath(installation.folder));

  const log = createLog("baton", env.LOG_LEVEL);
  const lifecycle = createLifecycle({
    log,
    withinMs: 30_000,
    onStopping(why) {
      lock.say(ending);
      if (why !== startFailed) process.stdout.write("\nStopping ...\n");
    },
  });
  lifecycle.onStop("lock", () => lock.release());
  endWithNpm(lifecycle);
  try {
    await start({ env, installation, lifecycle, lock, log, began });
  } catch (error) {
    if (lifecycle.stopping) return;
    log.debug({ err: error });
    process.stderr.write(`Baton did not start. ${(error as Error).message}\n`);
    await lifecycle.end(1, startFailed);
  }
});

interface Starting {
  env: StartEnv;
  installation: Installation;
  lifecycle: Lifecycle;
  lock: Lock;
  log: Log;
  began: number;
}

async function start({ env, installation, lifecycle, lock, log, began }: Starting): Promise<void> {
  await portIsFree(env.PORT, env.HOST);
  const opening = env.DATABASE_URL
    ? { url: env.DATABASE_URL, folder: null }
    : openPostgres({ folder: postgresPath(installation.folder), lifecycle, log });
  // Loading the services takes a processor for a second; the server makes its data folder on the other one meanwhile.
  const loading = load();
  const [database, parts] = await Promise.all([opening, loading]);
  if (lifecycle.stopping) return;

  const model = parts.configuredModel({
    apiKey: env.GEMINI_API_KEY,
    model: env.GEMINI_MODEL,
    baseUrl: env.GEMINI_BASE_URL,
    log,
  });
  const { secrets } = installation;
  const { url } = await parts.startInOneProcess({
    ...{ databaseUrl: database.url, kafkaBrokers: env.KAFKA_BROKERS, secrets, model, log },
    ...{ port: env.PORT, host: env.HOST, onStop: lifecycle.onStop },
    providerPackages: env.PROVIDER_PACKAGES,
    supergraphSdl: readFileSync(projectPath("schema/supergraph.graphql"), "utf8"),
  });
  const demo =
    env.DEMO === "yes"
      ? await parts.seedDemo({ url, tokenSecret: secrets.tokenSecret }).catch((error: Error) => {
          log.error({ err: error }, `Baton runs, but its demo workspace could not be made: ${error.message}`);
          return null;
        })
      : null;
  if (lifecycle.stopping) return;
  lock.say(url);
  process.stdout.write(
    welcome({
      seconds: (performance.now() - began) / 1000,
      url,
      widgetKey: demo?.widgetKey ?? null,
      model: model?.name ?? null,
      folder: installation.folder,
      postgresFolder: database.folder,
    }),
  );
}

async function load() {
  await loadInPieces(["pg", "typeorm", "type-graphql", "@apollo/subgraph", "zod"]);
  const [{ startInOneProcess }, { configuredModel }, { seedDemo }] = await Promise.all([
    import("./one-process.js"),
    import("../kit/model.gemini.js"),
    import("../demo/seed.js"),
  ]);
  return { startInOneProcess, configuredModel, seedDemo };
}

/** The embedded server, and the end of everything when it ends by itself. */
async function openPostgres(options: {
  folder: string;
  lifecycle: Lifecycle;
  log: Log;
}): Promise<{ url: string; folder: string }> {
  const { folder, lifecycle, log } = options;
  const starting = startEmbeddedPostgres({ folder, log });
  // Told before it runs: who presses Ctrl-C while it starts leaves no server behind either.
  lifecycle.onStop("Postgres", () =>
    starting.then(
      (postgres) => postgres.stop(),
      () => {},
    ),
  );
  const postgres = await starting;
  void postgres.failed.then((error) => {
    process.stderr.write(`${error.message}\n`);
    void lifecycle.end(1, "Postgres has stopped");
  });
  return { url: postgres.url("postgres"), folder: postgres.folder };
}

/** Asked first, so that a port in use is said within the blink of an eye. */
function portIsFree(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new Error(
              `Port ${port} is already in use: stop the program that listens there, or choose another: PORT=4100 npm start`,
            )
          : error,
      ),
    );
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve()));
  });
}

/** One Baton per data folder. One that is about to end is waited for; one that runs is named. */
async function takeTurn(path: string): Promise<Lock> {
  for (const until = Date.now() + 20_000; ; await delay(100)) {
    const taken = takeLock(path);
    if ("lock" in taken) return taken.lock;
    const { pid, note } = taken.heldBy;
    if (note === ending && Date.now() < until) continue;
    throw new Error(
      note.startsWith("http")
        ? `Baton already runs: ${note} (process ${pid}). Stop it with Ctrl-C in its terminal, or: kill ${pid}`
        : `Baton is just being started or stopped by process ${pid}.`,
    );
  }
}

function welcome(facts: {
  seconds: number;
  url: string;
  widgetKey: string | null;
  model: string | null;
  folder: string;
  postgresFolder: string | null;
}): string {
  const { seconds, url, widgetKey, model, folder, postgresFolder } = facts;
  const data = postgresFolder && !postgresFolder.startsWith(folder) ? `${folder} and ${postgresFolder}` : folder;
  const lines: [string, string][] = [
    ["Graph", `${url}  (open it in a browser: GraphiQL)`],
    ["Health", new URL("/readyz", url).href],
    ...(widgetKey ? ([["Demo workspace", `${demoWorkspaceName}, widget key ${widgetKey}`]] as [string, string][]) : []),
    ["Agent token", `npm run token -- agent --workspace ${widgetKey ? "demo" : "<id>"} --name Ada`],
    ["See it work", "npm run demo  (in another terminal)"],
    ["Model", model ?? "none: rules and extracts do the work (GEMINI_API_KEY and GEMINI_MODEL set one)"],
    ["Data", `${data}  (kept; npm run reset clears it)`],
    ["Stop", "Ctrl-C"],
  ];
  const list = lines.map(([name, value]) => `  ${name.padEnd(16)}${value}`).join("\n");
  return `\nBaton is ready (${seconds.toFixed(1)} s).\n\n${list}\n\n`;
}
