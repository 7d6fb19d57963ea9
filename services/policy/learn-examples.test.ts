import { learnExamples } from "./learn-examples";
import { meaningOf } from "./situations";

const examples = [
  { topic: 0, meaning: meaningOf("the bulb flickers all evening") },
  { topic: 0, meaning: meaningOf("flickering when dimmed") },
  { topic: 1, meaning: meaningOf("the shade has a dent") },
];

test("a new message goes to the topic whose examples it is like", () => {
  const choose = learnExamples(examples, 2);
  const [flicker = 0, dent = 0] = choose(meaningOf("it flickers"));
  expect(flicker).toBeGreaterThan(dent);
});

test("the same examples teach the same", () => {
  const message = meaningOf("a dent in it");
  expect([...learnExamples(examples, 2)(message)]).toEqual([...learnExamples(examples, 2)(message)]);
});
