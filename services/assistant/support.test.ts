import { unsupported } from "./support";

const source = {
  title: "Returning an item",
  heading: "What a return costs",
  text: "Returning from Belgium is free. From other countries we deduct 6.50 euros from the refund. You have three weeks. Opened bulbs cannot be returned.",
  url: "https://shop.example/returns",
  language: "en",
};
const check = (sentence: string, language = "en") => unsupported(sentence, [source], language);

test.each([
  "Returning from Belgium is free.",
  "From other countries, 6,50 euros are deducted from your refund.",
  "You have 3 weeks to return an item.",
  "Opened bulbs cannot be returned.",
  "You can read more at https://shop.example/returns.",
])("supported: %s", (sentence) => {
  expect(check(sentence)).toBeNull();
});

test.each([
  ["Returning costs 9 euros from other countries.", /9/],
  ["Opened bulbs can be returned.", /yes/],
  ["Returning from Belgium is not free.", /yes/],
  ["Write to boss@evil.example for a refund.", /boss@evil/],
  ["See https://evil.example for the refund.", /evil/],
  ["Returning from Portugal is free.", /Portugal/],
  ["Our gold members enjoy unlimited exchanges and birthday presents.", /little/],
])("not supported: %s", (sentence, problem) => {
  expect(check(sentence)).toMatch(problem);
});

test("a sentence that cites nothing is not supported", () => {
  expect(unsupported("Returning is free.", [], "en")).toMatch(/nothing/);
});

test("in another language its numbers and addresses are still held against the source", () => {
  expect(check("Aus anderen Ländern ziehen wir 6,50 Euro ab.", "de")).toBeNull();
  expect(check("Aus anderen Ländern ziehen wir 8 Euro ab.", "de")).toMatch(/8/);
});
