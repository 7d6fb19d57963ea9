import { compare, define, echo, hear } from "./definition";

const inCommon = (message: string, wording: string) => compare(hear(message), define([wording]));

test.each([
  ["my wallet was on the bus and now the card is gone", "lost card", "frozen card"],
  ["they took the money two times", "charged twice", "refund not received"],
  ["mein Paket ist nicht angekommen", "parcel not arrived", "opening hours"],
  ["quiero cancelar mi contrato", "cancel a contract", "lost card"],
])("%s: rather %j than %j", (message, near, far) => {
  const [nearer, farther] = [inCommon(message, near), inCommon(message, far)];
  expect(nearer.situations).toBeGreaterThan(farther.situations);
  expect(nearer.leaning).toBeGreaterThan(farther.leaning);
  expect(nearer.elsewhere).toBeLessThan(farther.elsewhere);
});

test("one thing of a list is enough", () => {
  const list = inCommon("where can i park the car", "Weather, music, parking and cinema");
  const alone = inCommon("where can i park the car", "parking");
  expect(list.situations).toBeCloseTo(alone.situations);
});

test("a message about another matter of the same world is near, but elsewhere", () => {
  const pin = inCommon("i forgot the pin of my card", "lost card");
  const goldfish = inCommon("my goldfish is ill", "lost card");
  expect(pin.domain).toBeGreaterThan(goldfish.domain);
  expect(pin.elsewhere).toBeGreaterThan(0.5);
});

test("a slip of the fingers changes little", () => {
  expect(inCommon("i misplacd my card", "lost card").situations).toBeGreaterThan(0.6);
});

test("words nobody has heard of have nothing in common with anything", () => {
  expect(inCommon("zxqv brmpf", "lost card").leaning).toBe(0);
  expect(echo(hear("zxqv brmpf"), define(["lost card"]))).toBe(0);
});

test("an empty wording has nothing in common with a message, which is all elsewhere", () => {
  expect(inCommon("i lost my card", "")).toMatchObject({ leaning: 0, situations: 0, domain: 0 });
  expect(inCommon("i lost my card", "").elsewhere).toBeGreaterThan(0.9);
});
