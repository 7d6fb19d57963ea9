import { readTone } from "./tone";

describe("annoyed, in words no list holds", () => {
  test.each([
    "I keep explaining and you keep sending me the same page",
    "so this is the service I pay for, what a letdown",
    "je perds patience avec vos réponses automatiques",
    "ich erkläre das jetzt zum vierten Mal, langsam reicht es",
    "你们的回答根本没有用，太让人生气了",
  ])("%s", (text) => {
    expect(readTone(text).score).toBeGreaterThanOrEqual(0.6);
  });
});

describe("bad news is not bad temper", () => {
  test.each([
    "My card was declined at the supermarket this morning",
    "I was charged twice for one ticket",
    "Mein Paket ist beschädigt angekommen",
    "damn, that was quick!",
    'How do I answer a review that says "this is useless crap"?',
    "OK",
    "",
    "👍",
  ])("%s", (text) => {
    expect(readTone(text).score).toBeLessThan(0.5);
  });
});

test("a polite correction is not annoyed", () => {
  expect(readTone("No, that's not right, I need it for three people").score).toBeLessThan(0.5);
});

test("very long and very odd texts are read in time", () => {
  const started = performance.now();
  for (const text of ["a".repeat(100_000), "!?".repeat(50_000), "no. ".repeat(20_000), "\ud800"])
    expect(readTone(text).score).toBeLessThanOrEqual(1);
  expect(performance.now() - started).toBeLessThan(2_000);
});
