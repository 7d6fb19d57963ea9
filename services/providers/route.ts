import type { ProviderName } from "../../schema/words";
import { isOpen, type OfficeHours, opensNext } from "./office-hours";
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

/** Nobody of the team is there for a handover at this moment; it waits until somebody is. */
export interface Absence {
  /** When the first of them comes, ISO 8601; null where that is not known: they are busy, or it is not said. */
  until: string | null;
  /** Of the office that opens then. */
  timeZone: string | null;
}

/**
 * Is nobody there for a handover that goes to `turn`? Either the team as a whole is away (`officeHours`), or every
 * connection was closed or full, so that only the console, which is always there, is left to keep it.
 */
export function absenceOf(
  { stops, turn, officeHours }: { stops: Stop[]; turn: number; officeHours: OfficeHours | null },
  desks: ReadonlyMap<string, DeskNow>,
  now: Date,
): Absence | null {
  if (officeHours && !isOpen(officeHours, now)) return openingOf([officeHours], now);
  if (turn === 0 || stops[turn]?.connectionId !== null) return null;
  const before = stops.slice(0, turn).map(({ connectionId }) => desks.get(connectionId ?? ""));
  if (before.some((desk) => !desk || hasRoom(desk.takes, desk.running, now))) return null;
  return openingOf(
    before.flatMap((desk) => desk?.takes?.hours ?? []),
    now,
  );
}

/** The first opening to come among these; offices that are open are busy, and say nothing of when. */
function openingOf(offices: OfficeHours[], now: Date): Absence {
  const [first] = offices
    .flatMap((office) => {
      const opens = isOpen(office, now) ? null : opensNext(office, now);
      return opens ? [{ until: opens.toISOString(), timeZone: office.timeZone }] : [];
    })
    .sort((one, other) => one.until.localeCompare(other.until));
  return first ?? { until: null, timeZone: null };
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
