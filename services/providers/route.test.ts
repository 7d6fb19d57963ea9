import { type Routed, route } from "./route";

const handover: Routed = { channel: "CHAT", language: "en-gb", reason: "CANNOT_ANSWER" };
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
  [{ reasons: ["SAFETY" as const], languages: ["en"] }, false],
])("a connection that takes %j: %s", (takes, taken) => {
  const stops = route([{ id: "a", provider: "INTERCOM", rank: 0, takes }], handover);
  expect(stops).toEqual(taken ? [{ provider: "INTERCOM", connectionId: "a" }, last] : [last]);
});
