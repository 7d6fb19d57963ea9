import { playScenario, type ScenarioTurn } from "./scenario";

const turn = (author: ScenarioTurn["author"], text: string, more: Partial<ScenarioTurn> = {}): ScenarioTurn => ({
  ...{ author, text, answered: author === "ASSISTANT", returned: false, declined: false, expected: null },
  ...more,
});
const play = (turns: ScenarioTurn[]) => [
  ...playScenario({ channel: "CHAT", language: "en", turns }, { rules: [], settings: {} }, []),
];
const decisions = (turns: ScenarioTurn[]) => play(turns).map(({ judgement }) => judgement?.decision ?? null);

test("customers' turns are judged as messages and the assistant's as drafts, in the light of all turns before", () => {
  expect(
    decisions([
      turn("CUSTOMER", "agent"),
      turn("CUSTOMER", "My lamp flickers and I would like to talk to a person"),
      turn("CUSTOMER", "hello?"),
      turn("AGENT", "Hello, this is Ines."),
      turn("CUSTOMER", "Can I return the lamp?", { returned: true }),
      turn("ASSISTANT", "I do not know", { answered: false }),
    ]),
  ).toEqual(["CLARIFY", "HANDOVER", "CONTINUE", null, "CONTINUE", "OFFER"]);
});

test("an offer declined in a scenario is not made again for the same reason", () => {
  const unanswered = (text: string, more: Partial<ScenarioTurn> = {}) => [
    turn("CUSTOMER", text, more),
    turn("ASSISTANT", "", { answered: false }),
  ];
  expect(
    decisions([...unanswered("Do you ship to Chile?"), ...unanswered("What about rugs?", { declined: true })]),
  ).toEqual(["CONTINUE", "OFFER", "CONTINUE", "CONTINUE"]);
});

test("a turn passes when decision and reason are the expected ones; without a reason the decision is enough", () => {
  const said = "I would like to talk to a person about my broken lamp";
  const passed = (expected: ScenarioTurn["expected"]) => play([turn("CUSTOMER", said, { expected })])[0]?.passed;
  expect(passed({ decision: "HANDOVER", reason: null })).toBe(true);
  expect(passed({ decision: "HANDOVER", reason: "CUSTOMER_REQUEST" })).toBe(true);
  expect(passed({ decision: "HANDOVER", reason: "SAFETY" })).toBe(false);
  expect(passed({ decision: "OFFER", reason: null })).toBe(false);
  expect(passed(null)).toBe(true);
});

test("an offer that comes instead of an answer can be agreed to", () => {
  const again = ["Where is my lamp?", "But where is my lamp now?"].flatMap((text) => [
    turn("CUSTOMER", text),
    turn("ASSISTANT", "It left us on Monday.", { answered: true }),
  ]);
  expect(decisions([...again, turn("CUSTOMER", "yes please")])).toEqual([
    ...["CONTINUE", "CONTINUE", "CONTINUE", "OFFER"],
    "HANDOVER",
  ]);
});
