import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { build } from "../../test/support/baton-process";
import { until } from "../../test/support/stage";
import { projectPath } from "../project";
import { createChassis, sayThen } from "./chassis";

/** Runs `killed-process.ts` from number `first` until it has acknowledged `count` more, then kill -9. */
async function runAndKill(url: string, busUrl: string, first: number, count: number): Promise<number[]> {
  const child = spawn(process.execPath, [projectPath("dist/kit/test/killed-process.js"), url, busUrl, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const acknowledged: number[] = [];
  for await (const line of createInterface(child.stdout)) {
    acknowledged.push(Number(line));
    if (acknowledged.length === count) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
  return acknowledged;
}

test("a process killed five times in the middle: all it acknowledged has its effect and its consequence once", async () => {
  build();
  const chassis = await createChassis();
  try {
    await chassis.db.query("create table effect (text text)");
    const acknowledged: number[] = [];
    for (let round = 0; round < 5; round++)
      acknowledged.push(
        ...(await runAndKill(chassis.url, chassis.busUrl, round * 100_000, 20 + Math.ceil(Math.random() * 60))),
      );

    // The one that finishes what the dead ones left.
    await chassis.inbox({ "agent.replied": sayThen });
    const effects = () =>
      chassis.db.query("select text from effect").then((rows: { text: string }[]) => rows.map(({ text }) => text));
    await until(
      "everything is handled",
      async () => {
        const happened = new Set(await effects());
        return acknowledged.every((n) => happened.has(`first ${n}`) && happened.has(`then ${n}`));
      },
      25_000,
    );
    const happened = await effects();
    expect(new Set(happened).size).toBe(happened.length);
    expect((await chassis.rows()).filter((row) => row.state === "dead")).toEqual([]);
  } finally {
    await chassis.close();
  }
}, 120_000);
