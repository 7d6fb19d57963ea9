import { checkRule, type RuleProblem } from "./check-rule";
import type { Turn } from "./signal";

const said = (text: string, at = 0): Turn => ({
  ...{ id: `m${at}`, sequence: 1, author: "CUSTOMER", text, answered: null, inReplyTo: null },
});
const rule = (text: string) => ({ id: "other", version: 2, text });
const problems = (text: string, others: string[] = [], past: Turn[] = []): RuleProblem[] =>
  checkRule(text, others.map(rule), past).findings.map(({ problem }) => problem);

test.each([
  "If the customer asks for a sponsorship or collaboration, hand over to a person",
  "When a journalist writes to us, transfer to the press team",
  "Hand over to a person if a lamp smokes, sparks or gets too hot",
  "If the customer wants to cancel or if they want to return something, escalate to a colleague",
  "Wenn der Kunde nach einer Stelle fragt, an einen Mitarbeiter weiterleiten",
  "A person should talk to customers who lost a relative",
])("nothing is wrong with: %s", (text) => {
  expect(problems(text)).toEqual([]);
});

test.each([
  [
    "If the customer is from the press, hand over. If somebody applies for a job, transfer to the team.",
    "TWO_INSTRUCTIONS",
  ],
  ["If the customer asks about jobs, hand over to a person and apologise for the delay", "TWO_INSTRUCTIONS"],
  ["If the customer is angry and if the order is late, hand over to a person", "TWO_INSTRUCTIONS"],
  ["Do not hand over when the customer asks about delivery", "NO_HANDOVER"],
  ["Always answer in a friendly tone", "NO_HANDOVER"],
] as const)("%s: %s", (text, problem) => {
  expect(problems(text)).toContain(problem);
});

test("a rule that hands over what another one does not contradicts it; one that says the same is a duplicate", () => {
  const press = "If a journalist from a newspaper writes to us, hand over to a person";
  expect(problems(press, ["Never hand over when a journalist from a newspaper writes"])).toEqual(["CONTRADICTION"]);
  expect(problems(press, ["When a newspaper journalist writes to us, transfer to a person"])).toEqual(["DUPLICATE"]);
  expect(problems(press, ["If the customer wants to cancel the order, hand over to a person"])).toEqual([]);
  expect(checkRule(press, [rule(press)], []).findings[0]?.other).toEqual(rule(press));
});

test("past messages tell whether a rule would never match or match nearly everything, once there are enough", () => {
  const sponsors = "If the customer asks for a sponsorship or collaboration, hand over to a person";
  const asks = "I would love a sponsorship or collaboration with you";
  const messages = (count: number, text: string) => Array.from({ length: count }, (_, at) => said(text, at));
  expect(problems(sponsors, [], messages(49, "Where is my lamp?"))).toEqual([]);
  expect(problems(sponsors, [], messages(50, "Where is my lamp?"))).toEqual(["NEVER_MATCHED"]);
  const mixed = [...messages(60, "Where is my lamp?"), ...messages(10, asks)];
  expect(checkRule(sponsors, [], mixed)).toMatchObject({ findings: [], messages: 70, matched: 10 });
  expect(checkRule(sponsors, [], mixed).examples).toHaveLength(5);
  expect(problems(sponsors, [], [...messages(30, "Where is my lamp?"), ...messages(30, asks)])).toEqual([
    "MATCHES_NEARLY_EVERYTHING",
  ]);
});
