import fc from "fast-check";
import { checkHours, isOpen, type OfficeHours, type OpeningTime, opensNext, Weekday } from "./office-hours";

const weekdays = Object.values(Weekday);
const berlin: OfficeHours = {
  timeZone: "Europe/Berlin",
  opening: weekdays.slice(0, 5).map((day) => ({ day, from: "09:00", to: "17:30" })),
  holidays: ["2026-12-25"],
};

test.each([
  ["2026-03-27T07:59:00Z", false, "Friday 8:59, winter time"],
  ["2026-03-27T08:00:00Z", true, "Friday 9:00, winter time"],
  ["2026-03-30T07:00:00Z", true, "Monday 9:00, summer time"],
  ["2026-03-30T06:59:00Z", false, "Monday 8:59, summer time"],
  ["2026-03-30T15:29:00Z", true, "Monday 17:29"],
  ["2026-03-30T15:30:00Z", false, "Monday 17:30"],
  ["2026-03-29T10:00:00Z", false, "Sunday"],
  ["2026-12-25T10:00:00Z", false, "a holiday on a Friday"],
  ["2026-12-24T10:00:00Z", true, "the day before"],
])("%s: %s (%s in Berlin)", (at, open) => {
  expect(isOpen(berlin, new Date(at))).toBe(open);
});

test("a night belongs to the day on which it begins, holidays too", () => {
  const nights: OfficeHours = {
    timeZone: "America/New_York",
    opening: [{ day: "THURSDAY", from: "22:00", to: "06:00" }],
    holidays: [],
  };
  const at = (local: string) => new Date(`${local}:00-05:00`);
  for (const [local, open] of [
    ["2026-12-24T21:59", false],
    ["2026-12-24T22:00", true],
    ["2026-12-25T00:00", true],
    ["2026-12-25T05:59", true],
    ["2026-12-25T06:00", false],
    ["2026-12-25T22:00", false],
  ] as const)
    expect([local, isOpen(nights, at(local))]).toEqual([local, open]);
  expect(isOpen({ ...nights, holidays: ["2026-12-25"] }, at("2026-12-25T03:00"))).toBe(true);
  expect(isOpen({ ...nights, holidays: ["2026-12-24"] }, at("2026-12-25T03:00"))).toBe(false);
});

const timeZone = fc.constantFrom(
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Apia",
);
const moment = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const day = fc.constantFrom(...weekdays);
const opening: fc.Arbitrary<OpeningTime> = fc
  .tuple(day, fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1440 }))
  .filter(([, from, to]) => from !== to)
  .map(([weekday, from, to]) => ({ day: weekday, from: clock(from), to: clock(to) }));
const hours = fc.record<OfficeHours>({ timeZone, opening: fc.array(opening, { minLength: 1, maxLength: 6 }) });

test("open all day every day is open always, and on a holiday never", () => {
  const always = weekdays.map((weekday) => ({ day: weekday, from: "00:00", to: "24:00" }));
  fc.assert(
    fc.property(timeZone, moment, (zone, at) => {
      expect(isOpen({ timeZone: zone, opening: always }, at)).toBe(true);
      const date = new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(at);
      expect(isOpen({ timeZone: zone, opening: always, holidays: [date] }, at)).toBe(false);
    }),
  );
});

test("a night is the same as its two halves", () => {
  fc.assert(
    fc.property(hours, moment, (given, at) => {
      const halves = given.opening.flatMap((one): OpeningTime[] => {
        if (one.to > one.from) return [one];
        const next = weekdays[(weekdays.indexOf(one.day) + 1) % 7] as Weekday;
        const rest: OpeningTime[] = one.to === "00:00" ? [] : [{ day: next, from: "00:00", to: one.to }];
        return [{ ...one, to: "24:00" }, ...rest];
      });
      expect(isOpen({ ...given, opening: halves }, at)).toBe(isOpen(given, at));
    }),
  );
});

test("more opening times never close, more holidays never open; the order does not matter", () => {
  fc.assert(
    fc.property(hours, opening, moment, (given, more, at) => {
      const open = isOpen(given, at);
      if (open) expect(isOpen({ ...given, opening: [...given.opening, more] }, at)).toBe(true);
      else expect(isOpen({ ...given, holidays: ["2026-01-01", at.toISOString().slice(0, 10)] }, at)).toBe(false);
      expect(isOpen({ ...given, opening: [...given.opening].reverse() }, at)).toBe(open);
    }),
  );
});

test("what is made of days and times of day is accepted", () => {
  fc.assert(fc.property(hours, (given) => expect(() => checkHours(given, "hours")).not.toThrow()));
});

test.each<[string, Partial<OfficeHours>]>([
  ["hours.timeZone", { timeZone: "Europe/Atlantis" }],
  ["hours.timeZone", { timeZone: "+01:00" }],
  ["hours.timeZone", { timeZone: "" }],
  ["hours.opening", { opening: [] }],
  ["hours.opening", { opening: Array(51).fill({ day: "MONDAY", from: "09:00", to: "10:00" }) }],
  ["hours.opening.0.from", { opening: [{ day: "MONDAY", from: "9:00", to: "10:00" }] }],
  ["hours.opening.0.from", { opening: [{ day: "MONDAY", from: "24:00", to: "10:00" }] }],
  ["hours.opening.0.to", { opening: [{ day: "MONDAY", from: "09:00", to: "24:01" }] }],
  ["hours.opening.0.to", { opening: [{ day: "MONDAY", from: "09:00", to: "09:00" }] }],
  ["hours.holidays.1", { holidays: ["2026-12-25", "2026-02-30"] }],
  ["hours.holidays.0", { holidays: ["25.12.2026"] }],
])("%s is refused by name: %j", (field, more) => {
  expect(() => checkHours({ ...berlin, ...more }, "hours")).toThrow(`${field}:`);
});

test.each([
  ["2026-03-27T07:59:00Z", "2026-03-27T08:00:00.000Z", "in a minute"],
  ["2026-03-27T12:00:00Z", "2026-03-27T12:00:00.000Z", "it is open"],
  ["2026-03-27T20:00:00Z", "2026-03-30T07:00:00.000Z", "after a weekend with a change of clocks"],
  ["2026-12-24T20:00:00Z", "2026-12-28T08:00:00.000Z", "after a holiday and a weekend"],
])("after %s it opens at %s: %s", (at, opens) => {
  expect(opensNext(berlin, new Date(at))?.toISOString()).toBe(opens);
});

test("an office that is closed all year opens at no time", () => {
  const holidays = Array.from({ length: 400 }, (_, day) =>
    new Date(Date.parse("2026-01-01") + day * 86_400_000).toISOString().slice(0, 10),
  );
  expect(opensNext({ ...berlin, holidays }, new Date("2026-01-01T00:00:00Z"))).toBeNull();
});

test("it is open when it opens next, and nothing was open before", () => {
  const opening = fc.record({
    day: fc.constantFrom(...weekdays),
    from: fc.constantFrom("00:00", "06:45", "09:00", "22:30"),
    to: fc.constantFrom("04:00", "12:15", "17:30", "24:00"),
  });
  fc.assert(
    fc.property(
      timeZone,
      fc.array(opening, { minLength: 1, maxLength: 4 }),
      fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true }),
      (zone, openings, at) => {
        const hours = { timeZone: zone, opening: openings };
        const opens = opensNext(hours, at);
        if (!opens) throw new Error("it opens every week");
        expect(isOpen(hours, opens)).toBe(true);
        for (const share of [0, 0.2, 0.5, 0.8, 0.99])
          if (opens > at)
            expect(isOpen(hours, new Date(at.getTime() + share * (Number(opens) - Number(at))))).toBe(false);
      },
    ),
    { numRuns: 200 },
  );
});
