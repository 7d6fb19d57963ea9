import { setTimeout as delay } from "node:timers/promises";
import { seedDemo } from "../demo/seed";
import { createLifecycle, type Lifecycle } from "../kit/lifecycle";
import { takeLock } from "../kit/lock-file";
import { createLog } from "../kit/log";
import { projectPath } from "../kit/project";
import { endWithNpm } from "./end-with-npm";
import { childEnv, readServicesEnv } from "./env";
import { lockPath, openInstallation } from "./installation";
import { type Process, readable, runProcesses } from "./processes";
import { runCommand } from "./run-command";

const usage = `npm run services    the five services and the gateway, each as a process of its own

  DATABASE_URL=postgres://user:password@host:5432   the Postgres server; each service makes its own database
  KAFKA_BROKERS=host:9092                           Kafka, comma separated
  PORT=4000                                         the gateway's; the services take 4001 to 4005`;

const services = ["conversations", "policy", "assistant", "summarization", "providers"];

runCommand(usage, async () => {
  const env = readServicesEnv();
  const installation = openInstallation(env);
  const { secrets } = installation;
  const taken = takeLock(lockPath(installation.folder));
  if ("heldBy" in taken)
    throw new Error(`Baton already runs (process ${taken.heldBy.pid}): ${taken.heldBy.note || "it is just starting"}`);
  const lifecycle = createLifecycle({
    log: createLog("services", "warn"),
    withinMs: 30_000,
    onStopping: () => process.stdout.write("\nStopping ...\n"),
  });
  lifecycle.onStop("lock", () => taken.lock.release());
  endWithNpm(lifecycle);

  const given = {
    TOKEN_SECRET: secrets.tokenSecret,
    INTERNAL_SECRET: secrets.internalSecret,
    CREDENTIALS_KEY: secrets.credentialsKey,
    ...(secrets.formerCredentialsKeys.length > 0
      ? { FORMER_CREDENTIALS_KEYS: secrets.formerCredentialsKeys.join(",") }
      : {}),
  };
  const all: Process[] = [
    ...services.map((name) => ({
      name,
      file: projectPath("dist/services", name, "main.js"),
      env: childEnv({ ...given, PORT: "" }),
    })),
    { name: "gateway", file: projectPath("dist/gateway/main.js"), env: childEnv({ ...given, PORT: String(env.PORT) }) },
  ];
  const processes = runProcesses(all, (name, line) => process.stdout.write(`${name.padEnd(13)} | ${readable(line)}\n`));
  lifecycle.onStop("processes", () => processes.stop());
  void processes.failed.then((sentence) => {
    process.stderr.write(`${sentence}\n`);
    return lifecycle.end(1, sentence);
  });

  const url = `http://localhost:${env.PORT}/graphql`;
  if (!(await ready(url, lifecycle))) return;
  processes.settled();
  taken.lock.say(url);
  const demo = env.DEMO === "yes" ? await seedDemo({ url, tokenSecret: secrets.tokenSecret }) : null;
  process.stdout.write(
    `\nBaton is ready: ${url}\n${demo ? `Demo workspace: widget key ${demo.widgetKey}\n` : ""}Ctrl-C stops all of it.\n\n`,
  );
});

/** Waits until the gateway says that every part answers; says what it waits for. */
async function ready(url: string, lifecycle: Lifecycle): Promise<boolean> {
  let said = "";
  for (let tries = 1; !lifecycle.stopping; tries++) {
    const answer = await fetch(new URL("/readyz", url), { signal: AbortSignal.timeout(4_000) }).catch(() => null);
    if (answer?.ok) return true;
    const waitingFor = answer ? await answer.text() : "the gateway does not answer yet";
    if (tries % 40 === 0 && waitingFor !== said) {
      said = waitingFor;
      process.stdout.write(`Not ready yet: ${said}\n`);
    }
    await delay(250);
  }
  return false;
}
