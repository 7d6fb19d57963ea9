import type { Channel, ProviderName, Reason } from "../../schema/words";

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

/** Which handovers a connection takes: each list that is there must hold the handover's own. */
export interface Takes {
  channels?: Channel[] | null;
  /** A language takes its regions too: en takes en-gb. */
  languages?: string[] | null;
  reasons?: Reason[] | null;
}

/** What of a handover decides on its way. */
export interface Routed {
  channel: Channel;
  /** BCP 47. */
  language: string;
  reason: Reason;
}

/**
 * The desks a handover is offered to, in order, decided once when it is requested: the workspace's connections that take
 * such a handover, and as the last resort the console, which every workspace has.
 */
export function route(connections: RoutableConnection[], handover: Routed): Stop[] {
  const chain = connections
    .filter(({ takes }) => !takes || takesIt(takes, handover))
    .sort((a, b) => a.rank - b.rank || a.id.localeCompare(b.id))
    .map(({ provider, id }): Stop => ({ provider, connectionId: id }));
  return chain.some(({ provider }) => provider === "CONSOLE")
    ? chain
    : [...chain, { provider: "CONSOLE", connectionId: null }];
}

function takesIt({ channels, languages, reasons }: Takes, { channel, language, reason }: Routed): boolean {
  const speaks = (one: string) => {
    const [wanted, spoken] = [one.toLowerCase(), language.toLowerCase()];
    return spoken === wanted || spoken.startsWith(`${wanted}-`);
  };
  return (
    (!channels || channels.includes(channel)) &&
    (!languages || languages.some(speaks)) &&
    (!reasons || reasons.includes(reason))
  );
}
