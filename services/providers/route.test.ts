import fc from "fast-check";
import type { OfficeHours } from "./office-hours";
import { absenceOf, type DeskNow, nextStop, type RoutableConnection, route, type Stop } from "./route";
import type { Routed, Takes } from "./takes";

const handover: Routed = { channel: "CHAT", language: "en-gb", reason: "CANNOT_ANSWER", tags: ["Returns"] };
const last = { provider: "CONSOLE", connectionId: null };

test("without a connection the console takes it", () => {
  expect(route([], handover)).toEqual([last]);
});

test("one connection after the other in their order, the console as the last resort", () => {
  const connections = [
    { id: "b", provider: "INTERCOM" as const, rank: 1 },
    { id: "a", provider: "FRESHDESK" as const, rank: 0 },
  ];
  expect(route(connections, handover)).toEqual([
    { provider: "FRESHDESK", connectionId: "a" },
    { provider: "INTERCOM", connectionId: "b" },
    last,
  ]);
});

test("a console in the chain is not tried twice", () => {
  expect(route([{ id: "a", provider: "CONSOLE", rank: 0 }], handover)).toEqual([
    { provider: "CONSOLE", connectionId: "a" },
  ]);
});

test.each([
  [{}, true],
  [{ channels: null, languages: null, reasons: null }, true],
  [{ channels: ["CHAT" as const] }, true],
  [{ channels: ["TICKET" as const] }, false],
  [{ languages: ["en"] }, true],
  [{ languages: ["en-GB"] }, true],
  [{ languages: ["de", "en-us"] }, false],
  [{ reasons: ["CANNOT_ANSWER" as const], languages: ["en"] }, true],
  [{ tags: ["wholesale", "RETURNS "] }, true],
  [{ tags: ["wholesale"] }, false],
  [{ reasons: ["SAFETY" as const], languages: ["en"] }, false],
])("a connection that takes %j: %s", (takes, taken) => {
  const stops = route([{ id: "a", provider: "INTERCOM", rank: 0, takes }], handover);
  expect(stops).toEqual(taken ? [{ provider: "INTERCOM", connectionId: "a" }, last] : [last]);
});

const uuid = (index: number) => `0000000${index}`;
const takes = fc.option(
  fc.record<Takes>(
    {
      channels: fc.subarray(["CHAT", "TICKET"], { minLength: 1 }),
      languages: fc.subarray(["en", "de"], { minLength: 1 }),
      tags: fc.subarray(["returns", "wholesale"], { minLength: 1 }),
      mostRunning: fc.integer({ min: 1, max: 3 }),
      hours: fc.constantFrom("MONDAY", "TUESDAY").map((day) => ({
        timeZone: "UTC",
        opening: [{ day, from: "00:00", to: "24:00" } as const],
      })),
    },
    { requiredKeys: [] },
  ),
);
const connections = fc.array(
  fc.record({
    provider: fc.constantFrom("INTERCOM", "HUBSPOT", "CONSOLE"),
    rank: fc.integer({ min: -3, max: 3 }),
    takes,
    running: fc.nat(4),
  }),
  { maxLength: 6 },
);
const now = new Date("2026-01-05T12:00:00Z"); // A Monday.

test("whatever is set, every handover has a desk that takes it now, and the first one that may comes first", () => {
  fc.assert(
    fc.property(connections, (given) => {
      const all = given.map((one, index): RoutableConnection & { running: number } => ({ ...one, id: uuid(index) }));
      const stops = route(all, handover);
      const desks = new Map(
        all.map(({ id, takes: own, running }): [string, DeskNow] => [id, { takes: own ?? null, running }]),
      );
      const chosen = nextStop(stops, 0, desks, now);
      if (!chosen) throw new Error("there is a desk for every handover");
      const free = ({ connectionId }: Stop) => {
        const desk = connectionId ? desks.get(connectionId) : undefined;
        const { hours, mostRunning } = desk?.takes ?? {};
        const open = !hours || hours.opening.some(({ day }) => day === "MONDAY");
        return open && (!mostRunning || (desk?.running ?? 0) < mostRunning);
      };
      expect(free(chosen.stop)).toBe(true);
      expect(stops.slice(0, chosen.turn).some(free)).toBe(false);
      expect(stops.at(-1)?.provider === "CONSOLE" || stops.some(({ provider }) => provider === "CONSOLE")).toBe(true);
    }),
  );
});

test("going on from a desk never leads back to one before it", () => {
  fc.assert(
    fc.property(connections, fc.nat(6), (given, turn) => {
      const stops = route(
        given.map((one, index) => ({ ...one, id: uuid(index) })),
        handover,
      );
      const chosen = nextStop(stops, turn, new Map(), now);
      expect(chosen?.turn ?? turn).toBeGreaterThanOrEqual(turn);
      if (turn < stops.length) expect(chosen).toEqual({ turn, stop: stops[turn] });
      else expect(chosen).toBeNull();
    }),
  );
});

describe("is nobody there?", () => {
  const office = (day: "MONDAY" | "TUESDAY", from = "09:00") => ({
    timeZone: "Europe/Berlin",
    opening: [{ day, from, to: "17:00" }],
  });
  const stops: Stop[] = [
    { provider: "INTERCOM", connectionId: "a" },
    { provider: "HUBSPOT", connectionId: "b" },
    { provider: "CONSOLE", connectionId: null },
  ];
  const at = (turn: number, a: Partial<DeskNow>, b: Partial<DeskNow>, officeHours: OfficeHours | null = null) =>
    absenceOf(
      { stops, turn, officeHours },
      new Map([
        ["a", { takes: null, running: 0, ...a }],
        ["b", { takes: null, running: 0, ...b }],
      ]),
      now,
    );
  const closed = (from?: string): Partial<DeskNow> => ({ takes: { hours: office("TUESDAY", from) } });
  const full = { takes: { mostRunning: 1, hours: office("MONDAY") }, running: 1 };

  test("the team is away, whichever desk takes it", () => {
    const tuesday = { until: "2026-01-06T08:00:00.000Z", timeZone: "Europe/Berlin" };
    expect(at(0, {}, {}, office("TUESDAY"))).toEqual(tuesday);
    expect(at(2, full, full, office("TUESDAY"))).toEqual(tuesday);
    expect(at(0, {}, {}, office("MONDAY"))).toBeNull();
  });

  test("every connection is closed: until the first of them opens", () => {
    expect(at(2, closed("10:00"), closed("08:00"))).toEqual({
      until: "2026-01-06T07:00:00.000Z",
      timeZone: "Europe/Berlin",
    });
  });

  test("they are there, but have their hands full: until when is not known", () => {
    expect(at(2, full, full)).toEqual({ until: null, timeZone: null });
    expect(at(2, full, { ...full, takes: { mostRunning: 1 } })).toEqual({ until: null, timeZone: null });
  });

  test("somebody may be there: another desk takes it, or one was left out because it failed", () => {
    expect(at(1, closed(), {})).toBeNull();
    expect(at(2, {}, closed())).toBeNull();
    expect(absenceOf({ stops, turn: 2, officeHours: null }, new Map(), now)).toBeNull();
  });
});
