import { execFileSync, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGraphClient } from "../../demo/client";
import { demoWorkspaceName } from "../../demo/workspace";
import { projectPath } from "../../kit/project";
import { type BatonProcess, build, freePort, startBaton } from "../support/baton-process";
import { childSettings } from "../support/env";

const home = mkdtempSync(join(tmpdir(), "baton-start-"));
let settings: Record<string, string>;
let baton: BatonProcess;

beforeAll(async () => {
  build();
  // Where root runs the tests, Postgres runs as nobody and must be able to go in.
  chmodSync(home, 0o755);
  settings = { BATON_DATA: join(home, "data"), PORT: String(await freePort()) };
  baton = await startBaton("start", settings);
}, 120_000);
afterAll(async () => {
  await baton?.end("SIGTERM");
  rmSync(home, { recursive: true, force: true });
}, 60_000);

/** Runs one of Baton's commands to its end. */
function run(command: string, args: string[] = [], more: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [projectPath(`dist/commands/${command}.js`), ...args],
    {
      env: childSettings({ ...settings, ...more }),
      encoding: "utf8",
    },
  );
  return { code: status, out: stdout.trim(), complaint: stderr.trim() };
}

test("it prints where everything is", () => {
  for (const line of [
    `http://localhost:${settings.PORT}/graphql`,
    `http://localhost:${settings.PORT}/readyz`,
    /widget key wk_\S+/,
    "npm run token -- agent --workspace demo",
    settings.BATON_DATA as string,
    "Ctrl-C",
  ])
    expect(baton.said()).toMatch(line);
});

test("a token of the command line opens the demo's workspace, with its articles, rules and topics", async () => {
  const { code, out } = run("token", ["agent", "--workspace", "demo", "--name", "Ada"]);
  expect(code).toBe(0);
  const graph = createGraphClient(`http://localhost:${settings.PORT}/graphql`, out);
  const shop = await graph.run<{ workspace: object; articles: unknown[]; guidanceRules: unknown[]; tags: unknown[] }>(
    "{ workspace { name } articles { title } guidanceRules { text } tags { name } }",
  );
  expect(shop.workspace).toEqual({ name: demoWorkspaceName });
  for (const list of [shop.articles, shop.guidanceRules, shop.tags]) expect(list.length).toBeGreaterThan(1);
  await graph.close();
});

test("articles go to the Baton that runs here, whatever its port, and into no workspace that is not there", () => {
  const article = join(home, "sizes.md");
  writeFileSync(article, "# Sizes\n\nOur lamps are 40 cm high.\n");
  expect(run("import", [article, "--workspace", "demo"])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/1 created, 0 updated, 0 unchanged, 0 failed$/),
  });
  expect(run("import", [article, "--workspace", randomUUID()])).toMatchObject({
    code: 1,
    out: "",
    complaint: expect.stringMatching(/has no such workspace/),
  });
});

test("a second start says that the first one runs, and a reset is refused meanwhile", () => {
  const second = run("start");
  expect(second.code).toBe(1);
  expect(second.complaint).toBe(
    `Baton already runs: http://localhost:${settings.PORT}/graphql (process ${baton.process.pid}). ` +
      `Stop it with Ctrl-C in its terminal, or: kill ${baton.process.pid}`,
  );
  expect(run("reset")).toMatchObject({ code: 1, complaint: expect.stringMatching(/is running .*stop it first/) });
});

test("a port in use is one clear sentence", async () => {
  const port = await freePort();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
  const refused = run("start", [], { PORT: String(port), BATON_DATA: join(home, "other") });
  other.close();
  expect(refused).toEqual({
    code: 1,
    out: "",
    complaint: `Baton did not start. Port ${port} is already in use: stop the program that listens there, or choose another: PORT=4100 npm start`,
  });
});

test("a database server that is not up yet is waited for, by the bus as well", async () => {
  const away = { DATABASE_URL: `postgres://127.0.0.1:${await freePort()}`, BATON_DATA: join(home, "waits") };
  const waiting = spawn(process.execPath, [projectPath("dist/commands/start.js")], {
    env: childSettings({ ...settings, ...away, PORT: String(await freePort()) }),
  });
  let said = "";
  for await (const text of waiting.stderr) {
    said += text;
    if (/Waiting .*database/.test(said) && said.includes("/bus")) break;
  }
  const ended = once(waiting, "exit");
  waiting.kill("SIGKILL");
  await ended;
  expect(said).toMatch(/127\.0\.0\.1:\d+\/bus.*ECONNREFUSED.*Waiting up to 30 s for the database server/);
  expect(said).not.toContain("did not start");
});

test("a data folder that cannot be made is one clear sentence", () => {
  writeFileSync(join(home, "file"), "");
  const refused = run("start", [], { BATON_DATA: join(home, "file", "data") });
  expect(refused.code).toBe(1);
  expect(refused.complaint).toMatch(/^Baton cannot keep anything in .*file\/data: ENOTDIR/);
});

test("wrong settings are named with what they mean", () => {
  expect(run("start", [], { PORT: "many", DEMO: "perhaps" }).complaint).toMatch(
    /^These settings are missing or wrong:\n {2}PORT: .*\(the port to listen on\)\n {2}DEMO: /,
  );
});

test("a token that cannot be made is refused in words", () => {
  expect(run("token", ["agent", "--workspace", "demo"])).toMatchObject({
    code: 2,
    out: "",
    complaint: expect.stringMatching(/^--name is missing\.\n\nPrints a token/),
  });
});

test("it stops with nothing left behind, and reset clears what it kept", async () => {
  await baton.end("SIGTERM");
  expect(baton.process.exitCode).toBe(0);
  const data = settings.BATON_DATA as string;
  expect(execFileSync("ps", ["-A", "-o", "args="], { encoding: "utf8" })).not.toContain(data);
  expect(existsSync(join(data, "lock.json"))).toBe(false);
  expect(run("reset").code).toBe(0);
  expect(existsSync(data)).toBe(false);
});
