import { readDispleasure } from "./displeasure";

const asked = "Which day shall I book?";

test("a polite correction sounds displeased, a thank-you and a detail that was asked for do not", () => {
  expect(readDispleasure("No, that's not right, I need it for three people", "Booked for two people.")).toBeGreaterThan(
    0.5,
  );
  expect(readDispleasure("Perfect, thank you very much", "Booked for two people.")).toBeLessThan(0.3);
  expect(readDispleasure("on Thursday", asked)).toBeLessThan(0.3);
});

test("what the assistant has said decides as well", () => {
  const again = "the Thursday one";
  expect(readDispleasure(again, "Sorry, I did not understand that. Please rephrase.")).toBeGreaterThan(
    readDispleasure(again, asked) + 0.1,
  );
});

test("texts without end are read as far as they are read", () => {
  for (const text of ["", "no ".repeat(50_000), "\ud800"])
    expect(readDispleasure(text, text)).toBeGreaterThanOrEqual(0);
});
