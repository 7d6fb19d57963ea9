import { agreement, leaningOf } from "./leaning";
import { meaningOf } from "./situations";

const lean = (text: string) => leaningOf(meaningOf(text));

test("texts about the same lean to the same, whatever their words and language", () => {
  const parcel = lean("my parcel has not arrived");
  const late = agreement(parcel, lean("mein Paket ist noch nicht angekommen"));
  expect(late).toBeGreaterThan(0.5);
  expect(late).toBeGreaterThan(agreement(parcel, lean("i forgot my password")));
});

test("a text leans to what it leans to itself as much as can be, and to nothing without a known word", () => {
  const parcel = lean("my parcel has not arrived");
  expect(agreement(parcel, parcel)).toBeCloseTo(1);
  expect(lean("").situations).toEqual([]);
  expect(agreement(parcel, lean(""))).toBe(0);
});
