import { route } from "./route";

test("without a connection the console takes it", () => {
  expect(route([])).toEqual([{ provider: "CONSOLE", connectionId: null }]);
});

test("the primary connection first, the console as the last resort", () => {
  const connections = [
    { id: "b", provider: "INTERCOM" as const, rank: 1 },
    { id: "a", provider: "LINK" as const, rank: 0 },
  ];
  expect(route(connections)).toEqual([
    { provider: "LINK", connectionId: "a" },
    { provider: "CONSOLE", connectionId: null },
  ]);
});

test("a console that is primary is not tried twice", () => {
  expect(route([{ id: "a", provider: "CONSOLE", rank: 0 }])).toEqual([{ provider: "CONSOLE", connectionId: "a" }]);
});
