import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** A process to keep running. */
export interface Process {
  name: string;
  /** What Node runs. */
  file: string;
  env: Record<string, string | undefined>;
}

export interface Processes {
  /** Resolves when a process cannot be kept running, to the sentence that says which. */
  failed: Promise<string>;
  /** From now on the processes count as started: one that dies is started again for as long as it takes. */
  settled(): void;
  /** Asks all of them to end and waits; after `withinMs` they are killed. */
  stop(withinMs?: number): Promise<void>;
}

/** What a process exits with when its settings are wrong: trying again would not help. */
const badSettings = 2;

/**
 * Runs processes side by side. Every line that they print is passed to `print` with the process's name. One that dies
 * is started again, each time a little later; before `settled`, three times.
 */
export function runProcesses(processes: Process[], print: (name: string, line: string) => void): Processes {
  const running = new Map<string, ChildProcess>();
  const waiting = new Set<NodeJS.Timeout>();
  let stopping = false;
  let started = false;
  let fail: (sentence: string) => void = () => {};
  const failed = new Promise<string>((resolve) => {
    fail = resolve;
  });

  function run(process_: Process, deaths: number): void {
    const { name, file, env } = process_;
    const began = performance.now();
    // The fourth channel is how a process learns that this one is gone.
    const child = spawn(process.execPath, ["--enable-source-maps", file], {
      env,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    running.set(name, child);
    for (const stream of [child.stdout, child.stderr]) eachLine(stream as Readable, (line) => print(name, line));
    child.once("close", (code, signal) => {
      running.delete(name);
      if (stopping) return;
      const often = performance.now() - began > 60_000 ? 1 : deaths + 1;
      if (code === badSettings) return fail(`${name} cannot be started with these settings.`);
      if (!started && often >= 3) return fail(`${name} does not start; its lines above say why.`);
      const pause = Math.min(500 * 2 ** (often - 1), 30_000);
      print(name, `ended with ${signal ?? `code ${code}`}; starting it again in ${pause / 1000} s`);
      const timer = setTimeout(() => {
        waiting.delete(timer);
        run(process_, often);
      }, pause);
      waiting.add(timer);
    });
  }
  for (const process_ of processes) run(process_, 0);

  return {
    failed,
    settled() {
      started = true;
    },
    async stop(withinMs = 20_000) {
      stopping = true;
      for (const timer of waiting) clearTimeout(timer);
      const all = [...running.values()];
      const ends = all.map((child) => new Promise((resolve) => child.once("close", resolve)));
      for (const child of all) child.kill("SIGTERM");
      const kill = setTimeout(() => {
        for (const child of running.values()) child.kill("SIGKILL");
      }, withinMs);
      await Promise.all(ends);
      clearTimeout(kill);
    },
  };
}

function eachLine(stream: Readable, print: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on("line", print);
}

const levels: Record<number, string> = { 10: "trace", 20: "debug", 30: "info", 40: "warn", 50: "error", 60: "fatal" };

/** A line of the log as a person reads it: how bad, what, and the rest in short. Other lines stay as they are. */
export function readable(line: string): string {
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return line;
  }
  const { level, msg, time: _time, pid: _pid, hostname: _hostname, name: _name, err, ...rest } = entry;
  if (typeof level !== "number" || typeof msg !== "string") return line;
  const more = Object.entries(rest).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  const reason = (err as { message?: string } | undefined)?.message;
  const stack = level >= 50 ? (err as { stack?: string } | undefined)?.stack : undefined;
  return `${(levels[level] ?? String(level)).padEnd(5)} ${msg}${more.join("")}${stack ? `\n${stack}` : reason ? ` (${reason})` : ""}`;
}
