import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { projectPath } from "../../kit/project";
import { childSettings } from "./env";

/** Compiles what has changed, as `npm start` does. */
export function build(): void {
  execFileSync(process.execPath, [projectPath("build.js")], { stdio: "ignore" });
}

/** A command of Baton as a process of its own, and all that it has printed. */
export interface BatonProcess {
  process: ChildProcess;
  said(): string;
  /** Ends it with this signal, unless it has ended, and waits for that. */
  end(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
}

/**
 * Starts `dist/commands/<command>.js` and waits until it says "Baton is ready". Throws with what it said when it ends
 * before, or is not ready within `seconds`.
 */
export async function startBaton(
  command: string,
  settings: Record<string, string>,
  seconds = 60,
): Promise<BatonProcess> {
  const child = spawn(process.execPath, [projectPath(`dist/commands/${command}.js`)], {
    env: childSettings(settings),
    stdio: "pipe",
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => {
      said += text;
    });
  const baton: BatonProcess = {
    process: child,
    said: () => said,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
    },
  };
  const deadline = Date.now() + seconds * 1000;
  while (!said.includes("Baton is ready")) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await baton.end("SIGTERM");
      throw new Error(`npm run ${command} is not ready after ${seconds} s, or has ended:\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return baton;
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
