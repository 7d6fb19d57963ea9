import { setImmediate as turn } from "node:timers/promises";

/**
 * Loads large libraries one after another, each in a turn of the event loop of its own: what else is under way, such as
 * a database server that starts, goes on between two of them. Whoever imports them afterwards finds them loaded.
 */
export async function loadInPieces(libraries: string[]): Promise<void> {
  for (const library of libraries) {
    await turn();
    await import(library);
  }
  await turn();
}
