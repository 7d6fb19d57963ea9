import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, openSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { createKafkaBus } from "../../kit/bus.kafka";
import { createSilentLog } from "../../kit/log";
import { projectPath } from "../../kit/project";

export interface LiveKafka {
  brokers: string[];
  /** Starts the broker again on the same port and data. */
  start(): Promise<void>;
  /** "gently" lets it finish; "now" is what a crash does. The data stay until `remove`. */
  stop(how: "gently" | "now"): Promise<void>;
  remove(): Promise<void>;
}

const run = promisify(execFile);
const dataPrefix = "baton-live-kafka-";

/**
 * A real Kafka without Docker: one KRaft node out of the jars that Maven Central has. Needs `java` (17 or newer) and,
 * the first time, `mvn`. Ready when it resolves.
 */
export async function startKafka(): Promise<LiveKafka> {
  await clearLeftovers();
  const jars = join(await fetchJars(), "*");
  const folder = await mkdtemp(join(tmpdir(), dataPrefix));
  const [port, controllerPort] = await freePorts(2);
  const brokers = [`127.0.0.1:${port}`];
  const properties = join(folder, "server.properties");
  const logging = join(folder, "log4j2.yaml");
  await writeFile(properties, serverProperties({ port, controllerPort, data: join(folder, "data") }));
  await writeFile(logging, "Configuration: { Loggers: { Root: { level: warn } } }\n");
  // With its "=": an id that begins with "-" is no option.
  const cluster = `--cluster-id=${randomBytes(16).toString("base64url")}`;
  await run("java", [...quickJava, "-cp", jars, "kafka.tools.StorageTool", "format", cluster, "-c", properties]);

  let broker: ChildProcess | null = null;
  const kafka: LiveKafka = {
    brokers,
    async start() {
      const output = openSync(join(folder, "output.log"), "a");
      const started = spawn(
        "java",
        [
          "-Xmx512m",
          ...quickJava,
          `-Dlog4j2.configurationFile=file:${logging}`,
          "-cp",
          jars,
          "kafka.Kafka",
          properties,
        ],
        { stdio: ["ignore", output, output] },
      );
      broker = started;
      await writeFile(join(folder, "owner"), `${process.pid} ${started.pid}`);
      let ended = false;
      started.once("exit", () => {
        ended = true;
      });
      const until = Date.now() + 90_000;
      while (!(await answers(brokers))) {
        if (ended || Date.now() > until)
          throw new Error(`Kafka did not start:\n${await readFile(join(folder, "output.log"), "utf8")}`);
      }
    },
    async stop(how) {
      const running = broker;
      broker = null;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const gone = new Promise((resolve) => running.once("exit", resolve));
      running.kill(how === "now" ? "SIGKILL" : "SIGTERM");
      const slow = setTimeout(() => running.kill("SIGKILL"), 20_000);
      await gone;
      clearTimeout(slow);
    },
    async remove() {
      await kafka.stop("now");
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await kafka.start();
  } catch (error) {
    await kafka.remove();
    throw error;
  }
  return kafka;
}

/** Starts sooner, and does not take both cores for compiling. */
const quickJava = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];

const serverProperties = (at: { port?: number; controllerPort?: number; data: string }) => `
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${at.controllerPort}
listeners=PLAINTEXT://127.0.0.1:${at.port},CONTROLLER://127.0.0.1:${at.controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${at.port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs=${at.data}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
`;

/** Puts Kafka's jars into a folder that later runs use again. */
async function fetchJars(): Promise<string> {
  const pom = projectPath("test", "live", "pom.xml");
  const version = /<artifactId>kafka_[\d.]+<\/artifactId>\s*<version>([^<]+)</.exec(await readFile(pom, "utf8"))?.[1];
  const folder = join(tmpdir(), `baton-kafka-jars-${version}`);
  if (existsSync(folder)) return folder;
  const unfinished = await mkdtemp(`${folder}-unfinished-`);
  try {
    const fetching = ["-q", "-B", "-f", pom, "dependency:copy-dependencies", "-DincludeScope=runtime"];
    await run("mvn", [...fetching, `-DoutputDirectory=${unfinished}`]);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw new Error(
      "Kafka could not be fetched from Maven Central with mvn. Install Maven and Java 17, or set KAFKA_BROKERS.",
      { cause: error },
    );
  }
  // Another run may have been quicker; its folder is as good.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }));
  await mkdir(folder, { recursive: true });
  return folder;
}

/** Ports nobody listens on at the moment. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const { port } = server.address() as { port: number };
      await new Promise((resolve) => server.close(resolve));
      return port;
    }),
  );
}

async function answers(brokers: string[]): Promise<boolean> {
  try {
    const bus = await createKafkaBus({ brokers, clientId: "is-it-there", log: createSilentLog(), patienceMs: 1_000 });
    await bus.close();
    return true;
  } catch {
    await pause(200);
    return false;
  }
}

/** A run that was killed leaves its broker and its data behind. */
async function clearLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(dataPrefix)) continue;
    const folder = join(tmpdir(), name);
    const [owner = 0, broker = 0] = (await readFile(join(folder, "owner"), "utf8").catch(() => ""))
      .split(" ")
      .map(Number);
    if (owner === 0 || isAlive(owner)) continue;
    // Process ids are used again: it must be the Java that has this folder on its command line.
    const command = await readFile(`/proc/${broker}/cmdline`, "utf8").catch(() => "");
    if (command.includes(folder)) process.kill(broker, "SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
