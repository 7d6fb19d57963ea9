import type { ProviderName } from "../../schema/words";
import { hasRoom, isFor, type Routed, type Takes } from "./takes";

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
  /** What it takes; null: everything. */
  takes?: Takes | null;
}

/**
 * The desks a handover may go to, in order, decided once when it is requested: the workspace's connections that take
 * such a handover, and as the last resort the console, which every workspace has. Whether one of them is open and has
 * room is looked at when its turn comes.
 */
export function route(connections: RoutableConnection[], handover: Routed): Stop[] {
  const chain = connections
    .filter(({ takes }) => isFor(takes, handover))
    .sort((a, b) => a.rank - b.rank || a.id.localeCompare(b.id));
  const stops = chain.map(({ provider, id }): Stop => ({ provider, connectionId: id }));
  const always = chain.some(({ provider, takes }) => provider === "CONSOLE" && !takes?.hours && !takes?.mostRunning);
  return always ? stops : [...stops, { provider: "CONSOLE", connectionId: null }];
}

/** A connection at this moment. */
export interface DeskNow {
  takes: Takes | null;
  /** Handovers that it has. */
  running: number;
}

/** The first desk from `turn` on that is open and has room; null when there is none. */
export function nextStop(
  stops: Stop[],
  turn: number,
  desks: ReadonlyMap<string, DeskNow>,
  now: Date,
): { turn: number; stop: Stop } | null {
  for (const [index, stop] of stops.entries()) {
    if (index < turn) continue;
    const desk = stop.connectionId ? desks.get(stop.connectionId) : undefined;
    if (!desk || hasRoom(desk.takes, desk.running, now)) return { turn: index, stop };
  }
  return null;
}
