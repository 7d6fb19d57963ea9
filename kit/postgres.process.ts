import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { beganAt } from "./lock-file";
import type { Log } from "./log";

/** What Postgres' pid file says; null when there is none. */
export function processOf(data: string): { pid: number; state: string } | null {
  let lines: string[];
  try {
    lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return null;
  }
  return { pid: Math.abs(Number.parseInt(lines[0] ?? "", 10)) || 0, state: (lines[7] ?? "").trim() };
}

/**
 * Makes a data folder ready for a new server: one that outlived the program that started it is stopped cleanly, and a
 * pid file whose number now belongs to some other program no longer keeps Postgres from starting.
 */
export async function settlePidFile(data: string, log: Log): Promise<void> {
  const left = processOf(data);
  if (!left || left.pid === 0 || beganAt(left.pid) === null) return;
  if (isPostgres(left.pid)) {
    log.info({ pid: left.pid }, "A Postgres was left behind by an earlier start: stopping it.");
    await stopProcess(left.pid, "SIGINT");
    return;
  }
  // Postgres would take that program for a running server. The rest of the file stays: by its shared memory key
  // Postgres still recognises processes of a killed server that have not ended yet.
  const path = join(data, "postmaster.pid");
  writeFileSync(path, readFileSync(path, "utf8").replace(/^-?\d+/, String(nobodysPid)));
}

/** Above every number that a system gives out. */
const nobodysPid = 2_147_483_646;

function isPostgres(pid: number): boolean {
  try {
    return /postgres/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] ?? "");
  } catch {
    if (process.platform === "win32")
      return (
        spawnSync("tasklist", ["/FI", `PID eq ${pid}`, "/NH"], { encoding: "utf8" }).stdout?.includes("postgres") ??
        false
      );
    const ps = spawnSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" });
    return /postgres/.test(ps.stdout ?? "");
  }
}

/** Signals a server and waits until it is gone; after 10 s without mercy (the next start then recovers). */
export async function stopProcess(pid: number, signal: "SIGINT" | "SIGQUIT"): Promise<void> {
  const began = beganAt(pid);
  const isGone = () => beganAt(pid) === null || beganAt(pid) !== began;
  for (const next of [signal, "SIGQUIT", "SIGKILL"] as const) {
    if (isGone()) return;
    try {
      process.kill(pid, next);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ESRCH") return;
      throw new Error(`Process ${pid}, a Postgres left behind, cannot be stopped: ${(error as Error).message}`);
    }
    for (const from = Date.now(); Date.now() - from < 10_000; await delay(10)) if (isGone()) return;
  }
}
