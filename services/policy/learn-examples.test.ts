import { leaningOf } from "./leaning";
import { type Example, learnCorrections, type Said } from "./learn-examples";
import { meaningOf } from "./situations";

function said(text: string): Said {
  const meaning = meaningOf(text);
  return { meaning, leaning: leaningOf(meaning) };
}

const texts: [number, string][] = [
  [0, "the bulb flickers all evening"],
  [0, "flickering when dimmed"],
  [1, "the shade has a dent"],
  [1, "somebody dented my shade"],
];

/** Examples of which the topics' wordings say this much for the right topic. */
const examples = (rightly: number): Example[] =>
  texts.map(([topic, text]) => ({
    ...said(text),
    topic,
    opinions: Float64Array.from([0, 1], (at) => (at === topic ? rightly : 0)),
  }));

/** By how much a message about flickering is moved towards the right topic. */
function moved(rightly: number): number {
  const [flicker = 0, dent = 0] = learnCorrections(examples(rightly), 2)(said("it flickers"));
  return flicker - dent;
}

test("a new message goes to the topic whose examples it is like", () => {
  expect(moved(0)).toBeGreaterThan(0);
});

test("where the wordings are wrong about the examples, more is learned than where they are right", () => {
  expect(moved(-2)).toBeGreaterThan(moved(0));
  expect(moved(0)).toBeGreaterThan(moved(4));
});

test("the same examples teach the same", () => {
  expect([...learnCorrections(examples(0), 2)(said("a dent"))]).toEqual([
    ...learnCorrections(examples(0), 2)(said("a dent")),
  ]);
});

test("words that no example has change nothing", () => {
  expect([...learnCorrections(examples(0), 2)(said("zxqv brmpf"))]).toEqual([0, 0]);
});
