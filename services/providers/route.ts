import type { ProviderName } from "../../schema/words";

/** One desk of a handover's way: a connection, or the built-in console (null). */
export interface Stop {
  provider: ProviderName;
  connectionId: string | null;
}

export interface RoutableConnection {
  id: string;
  provider: ProviderName;
  /** The smallest is tried first. */
  rank: number;
}

/**
 * The desks a handover is offered to, in order, decided once when it is requested: the workspace's primary connection,
 * and as the last resort the console, which every workspace has.
 */
export function route(connections: RoutableConnection[]): Stop[] {
  const primary = [...connections].sort((a, b) => a.rank - b.rank || a.id.localeCompare(b.id))[0];
  const last: Stop = { provider: "CONSOLE", connectionId: null };
  if (!primary) return [last];
  const first: Stop = { provider: primary.provider, connectionId: primary.id };
  return primary.provider === "CONSOLE" ? [first] : [first, last];
}
