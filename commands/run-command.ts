/** The command was called in a way that it does not understand. */
export class UsageError extends Error {}

/**
 * Runs a command for a person: `--help` prints the usage; a failure is one sentence, with the usage where that helps
 * (a UsageError, or what Node's `parseArgs` does not take), and exit code 1 (usage: 2).
 */
export function runCommand(usage: string, command: () => Promise<void>): void {
  if (process.argv.slice(2).some((word) => word === "--help" || word === "-h")) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  // Whoever reads no further, as `head` does, has read enough.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  command().catch((error: Error & { code?: unknown }) => {
    const misused = error instanceof UsageError || String(error.code).startsWith("ERR_PARSE_ARGS");
    process.stderr.write(misused ? `${error.message}\n\n${usage}\n` : `${error.message}\n`);
    process.exitCode = misused ? 2 : 1;
  });
}
