import { refuse } from "../../kit/errors";
import type { Channel, Reason } from "../../schema/words";
import { checkHours, isOpen, type OfficeHours } from "./office-hours";

/** Which handovers a connection takes, and when: everything that is there must hold. */
export interface Takes {
  channels?: Channel[] | null;
  /** A language takes its regions too: en takes en-gb. */
  languages?: string[] | null;
  reasons?: Reason[] | null;
  /** The handover has at least one of them; case does not matter. */
  tags?: string[] | null;
  hours?: OfficeHours | null;
  /** Handovers at once. */
  mostRunning?: number | null;
}

/** What of a handover decides on its way. */
export interface Routed {
  channel: Channel;
  /** BCP 47. */
  language: string;
  reason: Reason;
  tags: string[];
}

/** Is it a handover for this connection? That does not change while the handover is under way. */
export function isFor(takes: Takes | null | undefined, { channel, language, reason, tags }: Routed): boolean {
  const { channels, languages, reasons, tags: wanted } = takes ?? {};
  const speaks = (one: string) => {
    const [asked, spoken] = [one.toLowerCase(), language.toLowerCase()];
    return spoken === asked || spoken.startsWith(`${asked}-`);
  };
  const folded = tags.map(fold);
  return (
    (!channels || channels.includes(channel)) &&
    (!languages || languages.some(speaks)) &&
    (!reasons || reasons.includes(reason)) &&
    (!wanted || wanted.some((tag) => folded.includes(fold(tag))))
  );
}

/** Does it take one more at this moment? `running`: handovers that it has. */
export function hasRoom(takes: Takes | null | undefined, running: number, now: Date): boolean {
  const { hours, mostRunning } = takes ?? {};
  return (!hours || isOpen(hours, now)) && (!mostRunning || running < mostRunning);
}

/** Plain, without what says nothing, and null when nothing is left. Throws BAD_INPUT that names the field. */
export function checkedTakes(takes: Takes | null | undefined): Takes | null {
  if (!takes) return null;
  const { hours, mostRunning } = takes;
  if (hours) checkHours(hours, "takes.hours");
  const least = mostRunning ?? null;
  if (least !== null && (!Number.isInteger(least) || least < 1 || least > mostAtOnce))
    throw refuse("BAD_INPUT", `takes.mostRunning: must be a whole number from 1 to ${mostAtOnce}.`, {
      field: "takes.mostRunning",
    });
  // An empty list would take nothing at all.
  const given = Object.entries(takes).filter(([, value]) =>
    Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined,
  );
  return given.length > 0 ? (Object.fromEntries(given) as Takes) : null;
}

const mostAtOnce = 100_000;
const fold = (tag: string) => tag.trim().toLowerCase();
