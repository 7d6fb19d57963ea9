import { checkRule, type RuleProblem } from "./check-rule";
import type { Turn } from "./signal";

const said = (text: string, at = 0): Turn => ({
  ...{ id: `m${at}`, sequence: 1, author: "CUSTOMER", text, answered: null, inReplyTo: null },
});
const rule = (text: string) => ({ id: "other", version: 2, text });
const problems = async (text: string, others: string[] = [], past: Turn[] = []): Promise<RuleProblem[]> =>
  (await checkRule(text, others.map(rule), past)).findings.map(({ problem }) => problem);

test.each([
  "If the customer asks for a sponsorship or collaboration, hand over to a person",
  "When a journalist writes to us, transfer to the press team",
  "Hand over to a person if a lamp smokes, sparks or gets too hot",
  "If the customer wants to cancel or if they want to return something, escalate to a colleague",
  "Wenn der Kunde nach einer Stelle fragt, an einen Mitarbeiter weiterleiten",
  "A person should talk to customers who lost a relative",
])("nothing is wrong with: %s", async (text) => {
  expect(await problems(text)).toEqual([]);
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
] as const)("%s: %s", async (text, problem) => {
  expect(await problems(text)).toContain(problem);
});

test("a rule that hands over what another one does not contradicts it; one that says the same is a duplicate", async () => {
  const press = "If a journalist from a newspaper writes to us, hand over to a person";
  expect(await problems(press, ["Never hand over when a journalist from a newspaper writes"])).toEqual([
    "CONTRADICTION",
  ]);
  expect(await problems(press, ["When a newspaper journalist writes to us, transfer to a person"])).toEqual([
    "DUPLICATE",
  ]);
  expect(await problems(press, ["If the customer wants to cancel the order, hand over to a person"])).toEqual([]);
  expect((await checkRule(press, [rule(press)], [])).findings[0]?.other).toEqual(rule(press));
});

test("past messages tell whether a rule would never match or match nearly everything, once there are enough", async () => {
  const sponsors = "If the customer asks for a sponsorship or collaboration, hand over to a person";
  const asks = "I would love a sponsorship or collaboration with you";
  const messages = (count: number, text: string) => Array.from({ length: count }, (_, at) => said(text, at));
  expect(await problems(sponsors, [], messages(49, "Where is my lamp?"))).toEqual([]);
  expect(await problems(sponsors, [], messages(50, "Where is my lamp?"))).toEqual(["NEVER_MATCHED"]);
  const mixed = [...messages(60, "Where is my lamp?"), ...messages(10, asks)];
  const found = await checkRule(sponsors, [], mixed);
  expect(found).toMatchObject({ findings: [], messages: 70, matched: 10 });
  expect(found.examples).toHaveLength(5);
  expect(await problems(sponsors, [], [...messages(30, "Where is my lamp?"), ...messages(30, asks)])).toEqual([
    "MATCHES_NEARLY_EVERYTHING",
  ]);
});

test("whoever else is there is served while a rule is held against many messages and rules", async () => {
  const past = Array.from({ length: 200 }, (_, at) =>
    said(`Where is my order ${at}, and may I send lamp ${at} back?`, at),
  );
  const others = Array.from({ length: 50 }, (_, at) =>
    rule(`If the customer asks for lamp ${at}, hand over to a person`),
  );
  let served = 0;
  const other = setInterval(() => {
    served += 1;
  }, 1);
  await checkRule("If somebody applies for a job, hand over to a person", others, past);
  clearInterval(other);
  expect(served).toBeGreaterThan(1);
});

test("where there is no time for all messages the latest are read, and it is told how many", async () => {
  const past = Array.from({ length: 2_000 }, (_, at) => said(`Where is lamp ${at}, and what does it cost?`, at));
  const { messages, findings } = await checkRule("If somebody applies for a job, hand over to a person", [], past, 1);
  expect(messages).toBeGreaterThanOrEqual(50);
  expect(messages).toBeLessThan(2_000);
  expect(findings).toMatchObject([{ problem: "NEVER_MATCHED", message: expect.stringContaining(`last ${messages} `) }]);
});
