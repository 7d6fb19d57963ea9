import { safePattern } from "./safe-pattern";

test.each([
  "KD-\\d{4,8}",
  "(?:[A-Z]{2}|X)-[0-9]{6}",
  "\\bVIP[a-z]{0,12}\\b",
  "[\\]\\d]{3}",
  "\\p{Lu}{2}\\d{2}",
  "a|bc|def",
  "\\u{1F600}x?",
  "colou??r",
])("%s is bounded, so it may run", (source) => {
  const pattern = safePattern(source);
  expect(pattern).toBeInstanceOf(RegExp);
  expect((pattern as RegExp).flags).toBe("gu");
});

test.each([
  ["(a+)+$", "without a bound"],
  ["\\d+", "without a bound"],
  ["[a-z]*x", "without a bound"],
  ["\\d{3,}", "without a bound"],
  ["x(?:a?){25}", "ways from one place"],
  ["(?:(?:a{0,9}){0,9}){0,9}b", "may match 730 characters"],
  ["[a-z]{1,20}[a-z]{1,20}X", "ways from one place"],
  ["(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)", "ways from one place"],
  ["x{150}y{100}", "may match 250 characters"],
  ["(\\d{2})-\\1", "refers back"],
  ["(?=a)a", "looks around"],
  ["(?<!b)a", "looks around"],
  ["(?<year>\\d{4})", "names a group"],
  ["a?", "matches nothing"],
  ["", "matches nothing"],
  ["(a", "no regular expression"],
  ["x".repeat(201), "201 characters long"],
])("%s is refused: %s", (source, reason) => {
  expect(safePattern(source)).toMatch(new RegExp(reason));
});

test("what is accepted does bounded work: no pattern passes that has more ways than counted", () => {
  const pattern = safePattern("[a-z]{1,10}[a-z]{1,10}X");
  expect(pattern).toBeInstanceOf(RegExp);
  // A hundred ways at each of 16,000 places, which a matcher does at once; unbounded it would take ages.
  expect("a".repeat(16_000).replace(pattern as RegExp, "")).toHaveLength(16_000);
});
