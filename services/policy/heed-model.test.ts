import type { Finding } from "./ask-model";
import { heedModel } from "./heed-model";
import type { Signal, TagDefinition } from "./signal";
import { readingOf } from "./test/reading-of";

const reading = readingOf(["I am a bit stuck with my trade order"]);
const rule = { id: "r", version: 4, text: "If the customer is stuck, hand over" };
const tag: TagDefinition = { id: "t", version: 1, name: "Trade", description: "", blocked: true, examples: [] };
const evidence = [{ messageId: "t1", quote: "stuck" }];
const of = (name: Signal["name"], score: number, ref: Signal["rule"] = null): Signal => ({
  name,
  score,
  evidence,
  rule: ref,
});
const found = (signal: Finding["signal"], score: number, quote = "", ref = ""): Finding => ({
  signal,
  score,
  quote,
  ref,
});
const heed = (signal: Signal, finding: Finding) => heedModel(reading, [signal], [finding], [rule], [tag])[0]?.score;

test.each<[string, Signal, Finding, number]>([
  ["a guess is lowered", of("INTENT", 0.6), found("INTENT", 0.1), 0.1],
  ["a plain request is not", of("INTENT", 0.9), found("INTENT", 0), 0.9],
  ["safety never is", of("SAFETY", 0.55), found("SAFETY", 0), 0.55],
  ["a blocked topic never is", of("TAG", 0.6, { id: "t", version: 1, text: "Trade" }), found("TAG", 0, "", "T1"), 0.6],
  ["a rule that was guessed is", of("GUIDANCE", 0.6, rule), found("GUIDANCE", 0.2, "", "R1"), 0.2],
  ["annoyance that was guessed is", of("FRUSTRATION", 0.6), found("FRUSTRATION", 0.2), 0.2],
  ["a finding with its words raises", of("FRUSTRATION", 0.2), found("FRUSTRATION", 0.8, "a bit STUCK"), 0.8],
  ["a finding without them does not", of("FRUSTRATION", 0.2), found("FRUSTRATION", 0.8, "furious"), 0.2],
  ["a finding never makes it less sure", of("INTENT", 0.9), found("INTENT", 0.6, "stuck"), 0.9],
])("%s", (_what, signal, finding, expected) => {
  expect(heed(signal, finding)).toBe(expected);
});

test("a rule that was not seen at all is added with its version", () => {
  expect(heedModel(reading, [], [found("GUIDANCE", 0.7, "stuck", "r1")], [rule], [tag])).toEqual([
    { name: "GUIDANCE", score: 0.7, evidence, rule },
  ]);
});
