import { type Example, learnExamples } from "./learn-examples";
import { meaningOf } from "./situations";

/** Topics whose wordings say nothing. */
const undescribed = (topic: number, text: string): Example => ({
  topic,
  meaning: meaningOf(text),
  described: () => new Float64Array(2),
});
const examples = [
  undescribed(0, "the bulb flickers all evening"),
  undescribed(0, "flickering when dimmed"),
  undescribed(1, "the shade has a dent"),
  undescribed(1, "somebody dented my shade"),
];

test("a new message goes to the topic whose examples it is like", () => {
  const [flicker = 0, dent = 0] = learnExamples(examples, 2).evidencesFor(meaningOf("it flickers"));
  expect(flicker).toBeGreaterThan(dent);
});

test("the same examples teach the same", () => {
  const message = meaningOf("a dent in it");
  const learn = () => [...learnExamples(examples, 2).evidencesFor(message)];
  expect(learn()).toEqual(learn());
});

test("where wordings place the examples as well as examples do, examples count less than where they do not", () => {
  const described = examples.map((example) => ({
    ...example,
    described: () => Float64Array.from([0, 1], (topic) => (topic === example.topic ? 2 : 0)),
  }));
  // Wordings that say the wrong thing: only the other examples can make up for it.
  const misled = examples.map((example) => ({
    ...example,
    described: () => Float64Array.from([0, 1], (topic) => (topic === example.topic ? 0 : 0.3)),
  }));
  expect(learnExamples(misled, 2).weight).toBeGreaterThan(learnExamples(described, 2).weight);
});
