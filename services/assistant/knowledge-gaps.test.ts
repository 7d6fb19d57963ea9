import { gapsIn, type Unanswered } from "./knowledge-gaps";

let clock = 1_000;
const asked = (question: string, over: Partial<Unanswered> = {}): Unanswered => ({
  messageId: `m${clock}`,
  conversationId: `c${clock}`,
  question,
  language: "en",
  askedAt: new Date(--clock),
  handoverId: null,
  ...over,
});

test("questions that ask for the same are one gap, the most asked first", () => {
  const gaps = gapsIn([
    asked("Can I rent lamps?"),
    asked("Do you repair antique lamps?", { handoverId: "h1" }),
    asked("could you fix an antique lamp please", { handoverId: "h2" }),
    asked("I have an antique lamp, do you mend those?"),
  ]);
  expect(gaps).toMatchObject([
    { count: 3, conversations: 3, handovers: 2, question: expect.stringMatching(/antique/) },
    { count: 1, question: "Can I rent lamps?", handovers: 0 },
  ]);
});

test("the same conversation and handover count once", () => {
  const again = { conversationId: "c", handoverId: "h" };
  const [gap] = gapsIn([asked("Can I rent lamps?", again), asked("can i rent lamps", again)]);
  expect(gap).toMatchObject({
    count: 2,
    conversations: 1,
    handovers: 1,
    questions: ["Can I rent lamps?", "can i rent lamps"],
  });
});

test("two languages are two gaps", () => {
  expect(gapsIn([asked("rental"), asked("rental", { language: "fr" })])).toHaveLength(2);
});

test("a thousand questions are grouped in a moment", () => {
  const many = Array.from({ length: 1_000 }, (_, index) =>
    asked(`Do you have item${index % 100} in stock${index % 7}?`),
  );
  const begun = performance.now();
  gapsIn(many);
  expect(performance.now() - begun).toBeLessThan(3_000);
});

test("who tells a long story is known by its beginning", () => {
  const opening = "Do you repair antique chandeliers? ".repeat(18);
  const story = (word: string) => Array.from({ length: 150 }, (_, at) => `${word}${at}`).join(" ");
  expect(gapsIn([asked(opening + story("crystal")), asked(opening + story("brass"))])).toMatchObject([{ count: 2 }]);
});

test("of two gaps that are equally like a question, the one that was found first has it", () => {
  const gaps = gapsIn([asked("repair chandeliers"), asked("rewire lanterns"), asked("repair lanterns")]);
  expect(gaps.map(({ questions }) => questions)).toEqual([
    ["repair chandeliers", "repair lanterns"],
    ["rewire lanterns"],
  ]);
});
