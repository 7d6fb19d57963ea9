import { chmodSync, mkdirSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";

/**
 * Makes a folder, and those above it that are missing, so that other accounts may pass through but not look around,
 * whatever the umask. What is there already stays as it is.
 */
export function makePassableFolder(path: string): void {
  const folder = resolve(path);
  const first = mkdirSync(folder, { recursive: true });
  if (!first) return;
  for (let made = folder; !relative(first, made).startsWith(".."); made = dirname(made)) chmodSync(made, 0o711);
}
