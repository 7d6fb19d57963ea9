import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFloors } from "./floors";
import { judgeIntent } from "./intent";
import { withLine } from "./json-lines";
import { measure } from "./measure";
import { type JudgedSignal, judgedSignals } from "./signals";

const nothing = { definitions: [], examples: [] };

/** A judge that says what its line tells it to. */
const told: JudgedSignal = {
  judge: (line) => line as { id: string; pred: string; score: number },
  gold: "label",
  positive: "yes",
  reads: "",
};
const line = (label: string, score: number, kind?: string) => ({
  id: `${label}-${score}`,
  text: "said",
  label,
  kind,
  score,
  pred: score >= 0.5 ? "yes" : "no",
});

test("counts hits, misses and false positives by kind", () => {
  const lines = [line("yes", 0.9), line("yes", 0.4), line("no", 0.6, "hard"), line("no", 0.1, "hard"), line("no", 0)];
  const { measures, missed } = measure(told, lines, nothing);
  expect(measures).toEqual({
    accuracy: 3 / 5,
    f1: 0.5,
    auroc: 5 / 6,
    "false positives": 1 / 3,
    "false positives hard": 1 / 2,
  });
  expect(missed).toEqual(["yes-0.4 is yes, judged no (0.40): said", "no-0.6 is no, judged yes (0.60): said"]);
});

test("equal scores count half", () => {
  expect(measure(told, [line("yes", 0.5), line("no", 0.5)], nothing).measures.auroc).toBe(0.5);
});

test("with many answers there is only right and wrong", () => {
  const { measures } = measure({ ...told, positive: null }, [line("yes", 0.9), line("yes", 0.1)], nothing);
  expect(measures).toEqual({ accuracy: 0.5 });
});

test("a case without its label is an error, not a miss", () => {
  expect(() => measure(told, [{ id: "a", pred: "yes", score: 1 }], nothing)).toThrow('Case a has no "label"');
});

test.each([
  ["{", "Line 7 cannot be judged"],
  ['{"id":1}', "Line 7 cannot be judged: text: "],
  ["3", "Line 7 cannot be judged: line: "],
])("a bad line is named with what is wrong: %s", (text, sentence) => {
  expect(() => withLine(text, 7, (value) => judgeIntent(value, nothing))).toThrow(sentence);
});

test("floors that say something else are refused with the place", () => {
  const path = join(tmpdir(), `floors-${process.pid}.json`);
  writeFileSync(path, '{"intent":{"atLeats":{"f1":0.9}}}');
  expect(() => readFloors(path)).toThrow("atLeats");
});

test("every judged signal answers a line of its own cases' form with a finite score", () => {
  for (const name of ["intent", "safety"]) {
    const { id, score } = (judgedSignals[name] as JudgedSignal).judge({ id: 4, text: "hello" }, nothing);
    expect(id).toBe(4);
    expect(Number.isFinite(score)).toBe(true);
  }
});
