import { checkedTakes, hasRoom } from "./takes";

test("room is a matter of hours and of how many it has", () => {
  const monday = new Date("2026-01-05T12:00:00Z");
  const hours = { timeZone: "UTC", opening: [{ day: "MONDAY" as const, from: "09:00", to: "17:00" }] };
  expect(hasRoom(null, 1_000, monday)).toBe(true);
  expect(hasRoom({ mostRunning: 2 }, 1, monday)).toBe(true);
  expect(hasRoom({ mostRunning: 2 }, 2, monday)).toBe(false);
  expect(hasRoom({ hours, mostRunning: 2 }, 1, monday)).toBe(true);
  expect(hasRoom({ hours }, 0, new Date("2026-01-05T17:00:00Z"))).toBe(false);
});

test("what says nothing is not kept", () => {
  expect(checkedTakes(null)).toBeNull();
  expect(checkedTakes({ channels: [], hours: null, mostRunning: null })).toBeNull();
  expect(checkedTakes({ tags: ["Returns"], languages: [], mostRunning: 3 })).toEqual({
    tags: ["Returns"],
    mostRunning: 3,
  });
});

test.each([0, -1, 1.5, 100_001])("room for %p is refused by name", (mostRunning) => {
  expect(() => checkedTakes({ mostRunning })).toThrow("takes.mostRunning");
});
