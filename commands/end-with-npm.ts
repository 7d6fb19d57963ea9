import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Lifecycle } from "../kit/lifecycle";
import { startedByNpm } from "./env";

/**
 * Ends this process when the npm that started it has gone. A signal to npm reaches npm's shell but not what the shell
 * runs, so that without this `kill <npm>` would leave Baton running behind everybody's back.
 */
export function endWithNpm(lifecycle: Lifecycle): void {
  if (!startedByNpm()) return;
  const parent = process.ppid;
  const watched = [parent, ...npmAbove(parent)];
  const watch = setInterval(() => {
    if (process.ppid === parent && watched.every(isThere)) return;
    clearInterval(watch);
    void lifecycle.end(0, "npm is gone");
  }, 250);
  watch.unref();
}

/** npm, when there is a shell between it and this process. */
function npmAbove(parent: number): number[] {
  if (process.platform === "win32") return [];
  const grandparent = Number(ask(parent, "ppid"));
  return grandparent > 1 && /\bnpm\b/.test(ask(grandparent, "args")) ? [grandparent] : [];
}

function ask(pid: number, what: "ppid" | "args"): string {
  try {
    if (what === "args") return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "";
  } catch {
    return spawnSync("ps", ["-o", `${what}=`, "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? "";
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
