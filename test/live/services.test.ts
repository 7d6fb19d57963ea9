import { execFileSync, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../kit/database.embedded";
import { createSilentLog } from "../../kit/log";
import { projectPath } from "../../kit/project";
import { type BatonProcess, build, freePort, startBaton } from "../support/baton-process";
import { childSettings } from "../support/env";
import { createTalkative } from "../support/talk";
import { kafkaBrokers } from "./env";

/** The five services and the gateway as six processes, over Kafka, each service on a database of its own. */
let postgres: EmbeddedPostgres;
let services: BatonProcess;
let settings: Record<string, string>;
let url: string;
const tokenSecret = randomUUID() + randomUUID();

beforeAll(async () => {
  build();
  const folder = mkdtempSync(join(tmpdir(), "baton-services-"));
  // Where root runs the tests, Postgres runs as nobody and must be able to go in.
  await chmod(folder, 0o755);
  postgres = await startEmbeddedPostgres({ folder: join(folder, "postgres"), log: createSilentLog() });
  const port = await freePort();
  url = `http://127.0.0.1:${port}/graphql`;
  settings = {
    BATON_DATA: join(folder, "data"),
    DATABASE_URL: postgres.url("postgres"),
    KAFKA_BROKERS: kafkaBrokers.get().join(","),
    PORT: String(port),
    TOKEN_SECRET: tokenSecret,
  };
  services = await startBaton("services", settings, 150);
}, 200_000);
afterAll(async () => {
  await services?.end("SIGTERM");
  await postgres?.stop("now");
  if (postgres) await rm(join(postgres.folder, ".."), { recursive: true, force: true });
}, 60_000);

test("the demo's five conversations reach their end over Kafka", () => {
  const demo = spawnSync(process.execPath, [projectPath("dist/commands/demo.js"), "--url", url], {
    env: childSettings(settings),
    encoding: "utf8",
  });
  // All that it printed, in case it failed.
  expect({ code: demo.status, said: demo.stdout + demo.stderr }).toEqual({ code: 0, said: expect.any(String) });
}, 180_000);

test("any process killed with -9 in the middle of handovers: nothing is lost, nothing happens twice", async () => {
  const customers = await createTalkative(url, tokenSecret);
  const talking = Promise.all(Array.from({ length: 6 }, () => customers.talk()));
  for (const [enough, name] of [
    [4, "policy"],
    [12, "conversations"],
    [20, "providers"],
  ] as const) {
    while (customers.acknowledged < enough) await new Promise((resolve) => setTimeout(resolve, 5));
    process.kill(processOf(name), "SIGKILL");
  }
  await customers.expectAllOnce(await talking);
}, 300_000);

/** The process id of one of the services: a child of `npm run services`. */
function processOf(name: string): number {
  const list = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  for (const line of list.split("\n")) {
    const [pid, parent] = line.trim().split(/\s+/);
    if (Number(parent) === services.process.pid && line.includes(`services/${name}/main.js`)) return Number(pid);
  }
  throw new Error(`${name} does not run:\n${services.said()}`);
}
