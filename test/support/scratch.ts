import { existsSync, readFileSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

const memory = "/dev/shm";
const roomForPostgres = 2 * 1024 ** 3;

/**
 * Where the databases of a test run lie: in memory where this machine has a file system there with room for them and
 * programs may be run from it, else in the temporary folder. Making and deleting a database is its thousand files, and
 * on a disk that takes six times as long.
 */
export function scratchFolder(): string {
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= roomForPostgres && !mountedNoexec(memory) ? memory : tmpdir();
}

function mountedNoexec(folder: string): boolean {
  const mounts = readFileSync("/proc/mounts", "utf8").split("\n");
  const [, , , options = ""] = mounts.find((mount) => mount.split(" ")[1] === folder)?.split(" ") ?? [];
  return options.split(",").includes("noexec");
}
