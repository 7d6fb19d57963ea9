import { questionOf, type Said } from "./question";

const asked = (...texts: string[]) =>
  questionOf(
    texts.map((text): Said => ({ author: "CUSTOMER", text })),
    "en",
  );
const about = (...texts: string[]) => asked(...texts).terms.map((term) => term.words.join(" "));

test("politeness and framing are no topic", () => {
  expect(about("Hi there, could you please tell me how long the delivery to France usually takes? Thanks!")).toEqual([
    "delivery",
    "france",
  ]);
});

test("words for one thing are one term", () => {
  expect(about("Can I return or send back a gift card?")).toEqual(["return", "gift card"]);
});

test("order numbers are no topic, other numbers are", () => {
  expect(about("Where can I follow LL12345678 and 90 cm rugs?")).toEqual(["follow", "90", "cm", "rugs"]);
});

test("a question that leans on the one before it brings its topic along", () => {
  const { terms } = asked("Can I return a lamp?", "and for the blue one?");
  expect(terms.map((term) => [term.words[0], term.earlier])).toEqual([
    ["blue", false],
    ["return", true],
    ["lamp", true],
  ]);
});

test("a new question does not drag the old one along", () => {
  expect(about("Can I return a lamp?", "How do I wash linen curtains?")).toEqual(["wash", "linen", "curtains"]);
});

test("what the assistant said is not asked", () => {
  const question = questionOf(
    [
      { author: "CUSTOMER", text: "Do you deliver to Norway?" },
      { author: "ASSISTANT", text: "Yes, within nine days." },
      { author: "CUSTOMER", text: "how much is that?" },
    ],
    "en",
  );
  expect(question.terms.map((term) => term.words[0])).toEqual(["deliver", "norway"]);
  expect(question.wanted).toBe("AMOUNT");
});

test.each([
  ["Wie lange dauert die Lieferung?", "de", "DURATION"],
  ["Combien coûte la livraison ?", "fr", "AMOUNT"],
  ["When do you open?", "en", "TIME"],
  ["How many gift cards can I use?", "en", "COUNT"],
  ["Can I iron it?", "en", null],
])("%s is %s and wants %s, whatever the widget was set to", (text, language, wanted) => {
  expect(asked(text)).toMatchObject({ language, wanted });
});
