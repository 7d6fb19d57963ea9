import { spawnSync } from "node:child_process";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";

/** Who holds a lock: a process, told apart from a later one with the same id by when it began. */
export interface LockHolder {
  pid: number;
  began: string;
  /** What the holder wants others to know, such as the address it listens on. */
  note: string;
}

export interface Lock {
  /** Changes what others are told about the holder. */
  say(note: string): void;
  release(): void;
}

/**
 * Takes the lock file at `path` for this process, or tells who holds it. A lock whose holder has died (kill -9, power
 * cut) is taken over. `path`'s folder must exist.
 */
export function takeLock(path: string, note = ""): { lock: Lock } | { heldBy: LockHolder } {
  const mine: LockHolder = { pid: process.pid, began: beganAt(process.pid) ?? "", note };
  // The file appears with its content or not at all: a half-written lock would look like nobody's.
  const draft = `${path}.${process.pid}`;
  const write = (publish: (draft: string, path: string) => void) => {
    writeFileSync(draft, `${JSON.stringify(mine)}\n`);
    try {
      publish(draft, path);
    } finally {
      rmSync(draft, { force: true });
    }
  };
  const lock: Lock = {
    say(changed) {
      mine.note = changed;
      write(renameSync);
    },
    release() {
      if (lockHolder(path)?.pid === process.pid) rmSync(path, { force: true });
    },
  };
  try {
    write(linkSync);
    return { lock };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return takingOver(path, () => {
    const heldBy = lockHolder(path);
    if (heldBy) return { heldBy };
    write(renameSync);
    return { lock };
  });
}

/** The living process that holds the lock at `path`, if there is one. */
export function lockHolder(path: string): LockHolder | null {
  let holder: LockHolder;
  try {
    holder = JSON.parse(readFileSync(path, "utf8")) as LockHolder;
  } catch {
    return null;
  }
  const began = beganAt(holder.pid);
  return began !== null && (began === "" || holder.began === "" || began === holder.began) ? holder : null;
}

/**
 * When a process began, as text that no later process with the same id repeats; "" when the system does not tell;
 * null when no such process lives. One that has ended and was not yet collected by its parent does not live.
 */
export function beganAt(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return null;
  }
  if (process.platform === "linux") {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The name in parentheses may hold anything, so fields are counted behind it: state is the 3rd, start the 22nd.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" ? null : `${fields[19]} ${bootId()}`;
    } catch {
      return "";
    }
  }
  if (process.platform === "win32") return "";
  const ps = spawnSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? "";
  return ps.startsWith("Z") ? null : ps.replace(/^\S+\s*/, "");
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

/** Two starts may find the same dead lock: one of them at a time looks again and decides. */
function takingOver<Result>(path: string, decide: () => Result): Result {
  const turn = `${path}.turn`;
  for (;;) {
    try {
      mkdirSync(turn);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    // Deciding takes a millisecond; a turn this old belongs to a process that was killed within it.
    const since = statSync(turn, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > 5_000) rmSync(turn, { recursive: true, force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
  try {
    return decide();
  } finally {
    rmSync(turn, { recursive: true, force: true });
  }
}
