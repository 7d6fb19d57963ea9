import { bestCovers, coverage, define, echo, hear } from "./definition";

function fits(message: string, wording: string): number {
  const definition = define([wording]);
  return coverage(hear(message), definition, bestCovers([definition]), 0.85);
}

test.each([
  ["my wallet was on the bus and now the card is gone", "lost card", "frozen card"],
  ["they took the money two times", "charged twice", "refund not received"],
  ["mein Paket ist nicht angekommen", "parcel not arrived", "opening hours"],
  ["quiero cancelar mi contrato", "cancel a contract", "lost card"],
])("%s: rather %j than %j", (message, near, far) => {
  expect(fits(message, near)).toBeGreaterThan(fits(message, far));
});

test("a slip of the fingers changes little", () => {
  expect(fits("i misplacd my card", "lost card")).toBeGreaterThan(0.4);
});

test("words nobody has heard of fit nothing", () => {
  const definition = define(["lost card"]);
  expect(fits("zxqv brmpf", "lost card")).toBe(0);
  expect(echo(hear("zxqv brmpf"), definition)).toBe(0);
});

test("an empty wording covers nothing", () => {
  expect(fits("i lost my card", "")).toBe(0);
});
