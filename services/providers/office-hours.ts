import { refuse } from "../../kit/errors";

export const Weekday = {
  MONDAY: "MONDAY",
  TUESDAY: "TUESDAY",
  WEDNESDAY: "WEDNESDAY",
  THURSDAY: "THURSDAY",
  FRIDAY: "FRIDAY",
  SATURDAY: "SATURDAY",
  SUNDAY: "SUNDAY",
} as const;
export type Weekday = keyof typeof Weekday;
const weekdays = Object.values(Weekday);

/** When somebody is there. */
export interface OfficeHours {
  /** Of the IANA list: Europe/Berlin. */
  timeZone: string;
  opening: OpeningTime[];
  /** Dates in that zone on which nobody comes: 2026-12-25. */
  holidays?: string[] | null;
}

/** Once a week, in the zone's own time. */
export interface OpeningTime {
  day: Weekday;
  /** 09:00. */
  from: string;
  /** 17:30, or 24:00. What is not after `from` is on the next day. */
  to: string;
}

/** Is anybody there at this moment? Clocks that go forward or back are the zone's affair. */
export function isOpen({ timeZone, opening, holidays }: OfficeHours, at: Date): boolean {
  const today = localTime(timeZone, at);
  const yesterday = dayBefore(today);
  const works = ({ date }: { date: string }) => !holidays?.includes(date);
  return opening.some(({ day, from, to }) => {
    const [begin, end] = [minutesOf(from), minutesOf(to)];
    const overnight = end <= begin;
    const sinceToday =
      day === today.day && works(today) && today.minutes >= begin && (overnight || today.minutes < end);
    return sinceToday || (overnight && day === yesterday.day && works(yesterday) && today.minutes < end);
  });
}

/** When it opens next; null when it does not within a year. A moment at which it is open is its own answer. */
export function opensNext(hours: OfficeHours, at: Date): Date | null {
  if (isOpen(hours, at)) return at;
  const today = localTime(hours.timeZone, at).date;
  for (let ahead = 0; ahead <= 366; ahead += 1) {
    const date = dateAfter(today, ahead);
    if (hours.holidays?.includes(date)) continue;
    const openings = hours.opening
      .filter(({ day }) => day === dayOf(date))
      .map(({ from }) => momentOf(hours.timeZone, date, minutesOf(from)))
      .filter((moment) => moment > at);
    if (openings.length > 0) return new Date(Math.min(...openings.map(Number)));
  }
  return null;
}

/** Throws BAD_INPUT that names the field. */
export function checkHours({ timeZone, opening, holidays }: OfficeHours, path: string): void {
  const wrong = (field: string, words: string) =>
    refuse("BAD_INPUT", `${path}.${field}: ${words}`, { field: `${path}.${field}` });
  if (!isTimeZone(timeZone))
    throw wrong("timeZone", `${timeZone} is no time zone of the IANA list, such as Europe/Berlin.`);
  if (opening.length === 0 || opening.length > mostTimes) throw wrong("opening", `1 to ${mostTimes} times.`);
  for (const [index, { from, to }] of opening.entries()) {
    if (!time.test(from)) throw wrong(`opening.${index}.from`, `${from} is no time of day, such as 09:00.`);
    if (!time.test(to) && to !== "24:00")
      throw wrong(`opening.${index}.to`, `${to} is no time of day, such as 17:30 or 24:00.`);
    if (from === to) throw wrong(`opening.${index}.to`, "it closes as it opens; all day is 00:00 to 24:00.");
  }
  if ((holidays?.length ?? 0) > mostHolidays) throw wrong("holidays", `at most ${mostHolidays}.`);
  for (const [index, date] of (holidays ?? []).entries())
    if (!isDate(date)) throw wrong(`holidays.${index}`, `${date} is no date, such as 2026-12-25.`);
}

const mostTimes = 50;
const mostHolidays = 400;
const time = /^([01]\d|2[0-3]):[0-5]\d$/;

function isTimeZone(name: string): boolean {
  // Newer runtimes take offsets, too; those know nothing of summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isDate(date: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return false;
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date);
}

/** Minutes since midnight. */
function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
}

interface LocalTime {
  date: string;
  day: Weekday;
  minutes: number;
}

/** Making one costs more than all the rest. */
const formats = new Map<string, Intl.DateTimeFormat>();

function localTime(timeZone: string, at: Date): LocalTime {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("en-US", {
      ...{ timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit" },
      ...{ hour: "2-digit", minute: "2-digit" },
    });
  formats.set(timeZone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const date = `${part.year}-${part.month}-${part.day}`;
  return { date, day: dayOf(date), minutes: Number(part.hour) * 60 + Number(part.minute) };
}

function dayBefore({ date }: LocalTime): { date: string; day: Weekday } {
  const before = dateAfter(date, -1);
  return { date: before, day: dayOf(before) };
}

function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The moment of a local time; one that a clock going forward leaves out is taken an hour later. */
function momentOf(timeZone: string, date: string, minutes: number): Date {
  const wanted = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000;
  let moment = wanted;
  // The zone's offset is known only at a moment: the second guess is right, also beside a change of clocks.
  for (let guess = 0; guess < 2; guess += 1) {
    const local = localTime(timeZone, new Date(moment));
    moment += wanted - (Date.parse(`${local.date}T00:00:00Z`) + local.minutes * 60_000);
  }
  return new Date(moment);
}

function dayOf(date: string): Weekday {
  return weekdays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] as Weekday;
}
