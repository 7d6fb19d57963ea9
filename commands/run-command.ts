/** The command was called in a way that it does not understand. */
export class UsageError extends Error {}

/** Runs a command for a person: a failure is one sentence, with the usage where that helps, and exit code 1 (usage: 2). */
export function runCommand(usage: string, command: () => Promise<void>): void {
  command().catch((error: Error) => {
    process.stderr.write(error instanceof UsageError ? `${error.message}\n\n${usage}\n` : `${error.message}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  });
}
