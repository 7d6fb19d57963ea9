import { openWordNet } from "./wordnet";

const dictionary = openWordNet();

test.each([
  ["purchased", "buy"],
  ["vaccinated", "vaccination"],
  ["planned", "plan"],
  ["poor", "poverty"],
  ["automobiles", "car"],
])("%s: %s means the same or comes from it", (word, relative) => {
  expect(dictionary.relatives(word)).toContain(relative);
});

test.each([
  ["north", "south"],
  ["buy", "sell"],
  ["winter", "summer"],
])("%s: %s does not", (word, other) => {
  expect(dictionary.relatives(word)).not.toContain(other);
});

test("no word, no relatives: nothing throws, whatever is asked", () => {
  for (const word of ["", "s", "ing", "zzzxq", "1", "a b", "ß", "人", "0", "~", "constructor"])
    expect([dictionary.relatives(word), dictionary.isA(word, word)]).toEqual([expect.any(Array), false]);
  expect(dictionary.relatives("zzzxq")).toEqual([]);
});

test.each([
  ["copper", "metal", true],
  ["Lisbon", "city", true],
  ["dogs", "animal", true],
  ["metal", "copper", false],
  ["metal", "metal", false],
  ["copper", "city", false],
])("%s is a %s: %s", (word, kind, is) => {
  expect(dictionary.isA(word.toLowerCase(), kind)).toBe(is);
});
