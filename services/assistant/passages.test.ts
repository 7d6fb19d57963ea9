import { passagesOf, sentencesOf } from "./passages";

test("an article is cut at its headings, and each passage knows what it stands under", () => {
  const body = "Intro.\n\n## Costs\n\nFour euros.\n\n### Abroad\n\nNine euros.\n\n## Time\n\nThree days.";
  expect(passagesOf("Delivery", body)).toEqual([
    { heading: "", text: "Intro." },
    { heading: "Costs", text: "Four euros." },
    { heading: "Costs › Abroad", text: "Nine euros." },
    { heading: "Time", text: "Three days." },
  ]);
});

test("the title repeated as a heading is not a heading", () => {
  expect(passagesOf("Delivery", "# Delivery\n\nThree days.")).toEqual([{ heading: "", text: "Three days." }]);
});

test("every row of a table says by itself what it means", () => {
  const [passage] = passagesOf("Delivery", "| To | Standard | Express |\n|---|---|---|\n| Germany | 3 days | 1 day |");
  expect(passage?.text).toBe("Germany: Standard 3 days; Express 1 day");
});

test("lists keep their items, and no Markdown or HTML is left", () => {
  const [passage] = passagesOf(
    "T",
    "1. Open *My orders* &amp; press **Return**\n2. See [this](https://x.example)<br>now",
  );
  expect(passage?.text).toBe("1. Open My orders & press Return\n2. See this now");
});

test("no passage is much longer than a few paragraphs, whatever the article looks like", () => {
  const body = `${"A sentence about lamps and their cables. ".repeat(200)}\n\n${"x".repeat(10_000)}`;
  const passages = passagesOf("T", body);
  expect(passages.length).toBeGreaterThan(10);
  expect(Math.max(...passages.map(({ text }) => text.length))).toBeLessThanOrEqual(1_900);
});

test("a passage never begins or ends with half a character", () => {
  const passages = passagesOf("T", `x${"😀".repeat(1_500)}`);
  expect(passages.length).toBeGreaterThan(1);
  for (const { text } of passages) expect(text).not.toMatch(/\p{Surrogate}/u);
});

test("sentences end at their full stop, not at an abbreviation or a number", () => {
  expect(sentencesOf("It costs 4.90 euros, e.g. in Ghent. Really?\n- one item. Still it")).toEqual([
    "It costs 4.90 euros, e.g. in Ghent.",
    "Really?",
    "- one item. Still it",
  ]);
});
