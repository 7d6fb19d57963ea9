import { answer } from "./answer";
import { questionOf } from "./question";
import type { Retrieved } from "./retrieve";

const showrooms =
  "The first showroom was opened in Ghent in 2011. It sells lamps and curtains and has a workshop where you can watch.";

/** As if this were the only passage there is, and every word of the question in it. */
function asked(said: string, text = showrooms): Retrieved & { question: ReturnType<typeof questionOf> } {
  const question = questionOf([{ author: "CUSTOMER", text: said }], "en");
  return {
    question,
    passages: [{ articleId: "a", title: "Showrooms", url: null, language: "en", heading: "", text, score: 1 }],
    terms: question.terms.map((term) => ({ ...term, rarity: 1, unknown: false, misspelt: false })),
  };
}

test("a passage that says what is asked answers, and tells how sure that is", () => {
  const { question, ...retrieved } = asked("Where was the first showroom opened?");
  const draft = answer(question, retrieved);
  expect(draft).toMatchObject({ answered: true, coverage: 1 });
  expect(draft.answerability?.score).toBeGreaterThan(0.5);
});

test("a passage that covers every word and says otherwise does not", () => {
  const { question, ...retrieved } = asked(
    "Which showroom in Ghent was not opened in 2011, sells lamps and was closed last?",
  );
  const draft = answer(question, retrieved);
  expect(draft.answered).toBe(false);
  expect(draft.answerability?.score).toBeLessThan(0.1);
});

test.each([
  ["Which bulbs do *not* fit the table lamps?", false],
  ["Which bulbs don't fit my table lamps?", false],
  ["Which bulbs fit the table lamps?", true],
  ["Which lamps can not be dimmed?", true],
])("what fits does not tell what does not: %s", (said, answered) => {
  const { question, ...retrieved } = asked(
    said,
    "The table lamps fit an E14 bulb and come without one. The Halo and Firefly lamps cannot be dimmed.",
  );
  expect(answer(question, retrieved).answered).toBe(answered);
});

test("a long quote is not cut through a character, which nothing could keep", () => {
  const { question, ...retrieved } = asked(
    "How are linen curtains washed?",
    `Linen curtains are washed at thirty degrees,  ${"🧺".repeat(300)} without bleach.`,
  );
  const [citation] = answer(question, retrieved).citations;
  expect(citation?.quote).toMatch(/🧺\.\.\.$/u);
  expect(citation?.quote.length).toBeLessThanOrEqual(500);
});

test("where question and passage are of two languages, only coverage decides", () => {
  const { question, ...retrieved } = asked("Where was the first showroom opened?");
  const [passage] = retrieved.passages;
  const other = { ...retrieved, passages: passage ? [{ ...passage, language: "sv" }] : [] };
  expect(answer(question, other).answerability).toBeUndefined();
});
