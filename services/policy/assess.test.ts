import fc from "fast-check";
import { Channel, ControlHolder, Decision, Reason, SignalName } from "../../schema/words";
import { assess, type Case, frustrationThreshold, precedence, sureOfBlocked } from "./assess";
import { assessAnswer } from "./assess-answer";
import { readSignals } from "./read-signals";
import { defaultSettings, Sensitivity, WhenUnanswered } from "./settings";
import type { Draft, PastOffer, Rule, Signal, TagDefinition } from "./signal";
import { readingOf, type Said } from "./test/reading-of";

const rule = { id: "rule", version: 3, text: "If the customer is from the press, hand over" };
const blocked = { id: "blocked", version: 2, name: "Wholesale", description: "", blocked: true, examples: [] };
const open = { ...blocked, id: "open", name: "Returns", blocked: false };

const signals = {
  safety: { name: "SAFETY", score: 0.9, evidence: [], rule: null },
  blockedTag: { name: "TAG", score: 0.7, evidence: [], rule: { id: "blocked", version: 2, text: "Wholesale" } },
  openTag: { name: "TAG", score: 0.99, evidence: [], rule: { id: "open", version: 2, text: "Returns" } },
  guidance: { name: "GUIDANCE", score: 0.6, evidence: [], rule },
  request: { name: "INTENT", score: 0.9, evidence: [], rule: null },
  rage: { name: "FRUSTRATION", score: 0.9, evidence: [], rule: null },
  grumble: { name: "FRUSTRATION", score: 0.45, evidence: [], rule: null },
  repeats: { name: "REPETITION", score: 0.9, evidence: [], rule: null },
  noAnswer: { name: "CANNOT_ANSWER", score: 1, evidence: [], rule: null },
} satisfies Record<string, Signal>;
type Name = keyof typeof signals;

const first: Said[] = ["agent please"];
const later: Said[] = ["Where is my parcel?", ["ASSISTANT", "On its way.", true], "agent please"];
const afterFailure: Said[] = ["Where is my parcel?", ["ASSISTANT", "I do not know.", false], "Where is my parcel now?"];

function caseOf(said: Said[], names: Name[], settings: Partial<Case["settings"]> = {}, offers: PastOffer[] = []): Case {
  return {
    reading: readingOf(said, { offers }),
    control: "ASSISTANT",
    settings: { ...defaultSettings.CHAT, ...settings },
    rules: [rule],
    tags: [blocked, open],
    signals: names.map((name) => signals[name]),
  };
}
const offered = (reason: Reason, sequence: number, declined = false): PastOffer[] => [
  { reason, sequence, declined, open: !declined },
];
const everything = Object.keys(signals) as Name[];
const outcome = ({ decision, reason }: { decision: Decision; reason: Reason | null }) => `${decision} ${reason ?? "-"}`;

test("the table's order is the written one", () => {
  expect(precedence.map(({ reason }) => reason)).toEqual([
    "SAFETY",
    "BLOCKED_TAG",
    "GUIDANCE_RULE",
    "CUSTOMER_REQUEST",
    "FRUSTRATION",
    "REPETITION",
    "CANNOT_ANSWER",
  ]);
});

describe("the first row that applies decides", () => {
  test.each<[string, Name[], string]>([
    ["everything at once", everything, "HANDOVER SAFETY"],
    ["without safety", everything.slice(1), "HANDOVER BLOCKED_TAG"],
    ["a topic that is not blocked decides nothing", everything.slice(2), "HANDOVER GUIDANCE_RULE"],
    ["the customer's own words", everything.slice(4), "HANDOVER CUSTOMER_REQUEST"],
    ["patience lost", everything.slice(5), "HANDOVER FRUSTRATION"],
    ["patience wearing thin, after a failed answer", everything.slice(6), "OFFER FRUSTRATION"],
    ["asked three times, after a failed answer", everything.slice(7), "HANDOVER REPETITION"],
    ["no answer", everything.slice(8), "OFFER CANNOT_ANSWER"],
    ["nothing", [], "CONTINUE -"],
  ])("%s", (_what, names, expected) => {
    const judged = assess(caseOf(afterFailure, names));
    expect(outcome(judged)).toBe(expected);
    expect(judged.explanation).not.toBe("");
    if (judged.reason) expect(judged.signals).toHaveLength(names.length);
  });
});

describe("the guard of the first message", () => {
  test.each<[string, Said[], Name[], Partial<Case["settings"]>, string]>([
    ["asks a bare request back", first, ["request"], {}, "CLARIFY CUSTOMER_REQUEST"],
    ["is off when the channel says so", first, ["request"], { firstMessageGuard: false }, "HANDOVER CUSTOMER_REQUEST"],
    ["asks only once", later, ["request"], {}, "HANDOVER CUSTOMER_REQUEST"],
    [
      "lets a request through that says what for",
      ["human please, my lamp exploded"],
      ["request"],
      {},
      "HANDOVER CUSTOMER_REQUEST",
    ],
    ["never holds up safety", first, ["request", "safety"], {}, "HANDOVER SAFETY"],
    ["never holds up a blocked topic", first, ["request", "blockedTag"], {}, "HANDOVER BLOCKED_TAG"],
    ["never holds up a rule", first, ["request", "guidance"], {}, "HANDOVER GUIDANCE_RULE"],
    [
      "asks back after a greeting",
      [["ASSISTANT", "Hello, how can I help?"], "agent"],
      ["request"],
      {},
      "CLARIFY CUSTOMER_REQUEST",
    ],
    ["stays while paused", first, ["request"], { paused: true }, "CLARIFY CUSTOMER_REQUEST"],
  ])("%s", (_what, said, names, settings, expected) => {
    expect(outcome(assess(caseOf(said, names, settings)))).toBe(expected);
  });
});

describe("who was asked back by the guard and has said what for", () => {
  test.each<[string, Said[], Name[], Partial<Case["settings"]>, string]>([
    ["reaches a person when there is no answer", asked("agent"), ["noAnswer"], {}, "HANDOVER CANNOT_ANSWER"],
    ["gets an answer where there is one", asked("agent"), [], {}, "CONTINUE -"],
    ["is offered a person who asked for none", asked("hello"), ["noAnswer"], {}, "OFFER CANNOT_ANSWER"],
    [
      "is offered one once an answer was given",
      [...asked("agent"), ["ASSISTANT", "Switch it off and on.", true], "and the other lamp?"],
      ["noAnswer"],
      {},
      "OFFER CANNOT_ANSWER",
    ],
    ["rests while paused", asked("agent"), ["noAnswer"], { paused: true }, "CONTINUE -"],
  ])("%s", (_what, said, names, settings, expected) => {
    expect(outcome(assess(caseOf(said, names, settings)))).toBe(expected);
  });

  function asked(request: string): Said[] {
    return [request, ["ASSISTANT", "What is it about?"], "my lamp flickers since yesterday"];
  }
});

test("a blocked topic that is little more than a guess hands nothing over, but is told", () => {
  const guess: Signal = { ...signals.blockedTag, score: sureOfBlocked - 0.01 };
  const judged = { ...caseOf(later, []), signals: [guess] };
  expect(outcome(assess(judged))).toBe("CONTINUE -");
  expect(assess(judged).signals).toEqual([guess]);
  expect(outcome(assess({ ...judged, signals: [{ ...guess, score: sureOfBlocked }] }))).toBe("HANDOVER BLOCKED_TAG");
});

describe("frustration", () => {
  test.each<[string, Said[], number, Sensitivity, string]>([
    ["at the threshold", afterFailure, frustrationThreshold.NORMAL, "NORMAL", "HANDOVER FRUSTRATION"],
    ["just under it", afterFailure, frustrationThreshold.NORMAL - 0.01, "NORMAL", "OFFER FRUSTRATION"],
    ["just under it, nothing failed", later, frustrationThreshold.NORMAL - 0.01, "NORMAL", "CONTINUE -"],
    ["well under it", afterFailure, 0.3, "NORMAL", "CONTINUE -"],
    ["less counts when the workspace is sensitive", afterFailure, 0.42, "HIGH", "HANDOVER FRUSTRATION"],
    ["more is needed when it is not", afterFailure, 0.6, "LOW", "CONTINUE -"],
    ["rage before the assistant said anything", first, 0.95, "NORMAL", "OFFER FRUSTRATION"],
  ])("%s", (_what, said, score, frustrationSensitivity, expected) => {
    const judged = caseOf(said, [], { frustrationSensitivity });
    judged.signals = [{ ...signals.rage, score }];
    expect(outcome(assess(judged))).toBe(expected);
  });
});

describe("offers", () => {
  test.each<[string, Name[], PastOffer[], Partial<Case["settings"]>, string]>([
    ["a declined one is not made again", ["noAnswer"], offered("CANNOT_ANSWER", 1, true), {}, "CONTINUE -"],
    [
      "declining one reason says nothing about another",
      ["noAnswer"],
      offered("FRUSTRATION", 1, true),
      {},
      "OFFER CANNOT_ANSWER",
    ],
    [
      "an open one is made again with the next message",
      ["noAnswer"],
      offered("CANNOT_ANSWER", 1),
      {},
      "OFFER CANNOT_ANSWER",
    ],
    ["unless the channel wants more room", ["noAnswer"], offered("CANNOT_ANSWER", 1), { offerEvery: 2 }, "CONTINUE -"],
    ["handing over needs no offer", ["noAnswer"], [], { whenUnanswered: "HANDOVER" }, "HANDOVER CANNOT_ANSWER"],
    ["after a decline repetition leads nowhere", ["repeats"], offered("REPETITION", 1, true), {}, "CONTINUE -"],
    ["after a decline rage still does", ["rage"], offered("FRUSTRATION", 1, true), {}, "HANDOVER FRUSTRATION"],
    ["paused, none is made", ["noAnswer", "repeats", "rage", "grumble"], [], { paused: true }, "CONTINUE -"],
    ["paused, what is ordered still holds", ["noAnswer", "guidance"], [], { paused: true }, "HANDOVER GUIDANCE_RULE"],
  ])("%s", (_what, names, offers, settings, expected) => {
    expect(outcome(assess(caseOf(afterFailure, names, settings, offers)))).toBe(expected);
  });

  test("nothing is decided while somebody else has control", () => {
    for (const control of ["QUEUE", "AGENT", "NONE"] as const)
      expect(outcome(assess({ ...caseOf(afterFailure, everything), control }))).toBe("CONTINUE -");
  });

  test("a rule or tag that is gone decides nothing", () => {
    const judged = { ...caseOf(afterFailure, ["blockedTag", "guidance"]), rules: [], tags: [] };
    expect(outcome(assess(judged))).toBe("CONTINUE -");
  });
});

describe("a drafted answer", () => {
  const answer = "You can return any lamp within 60 days.";
  const had: Said[] = ["Can I return a lamp?", ["ASSISTANT", answer, true], "And without its box?"];
  const draftOf = (text: string, answered = true) => ({ answered, text, citations: [], coverage: 0.9 });
  test.each<[string, Said[], ReturnType<typeof draftOf>, Partial<Case["settings"]>, PastOffer[], string]>([
    ["an answer goes out", had, draftOf("Yes, without its box too."), {}, [], "CONTINUE -"],
    ["no answer is an offer", had, draftOf("", false), {}, [], "OFFER CANNOT_ANSWER"],
    [
      "no answer is a person where the channel says so",
      had,
      draftOf("", false),
      { whenUnanswered: "HANDOVER" },
      [],
      "HANDOVER CANNOT_ANSWER",
    ],
    [
      "no answer after a decline is only said",
      had,
      draftOf("", false),
      {},
      offered("CANNOT_ANSWER", 1, true),
      "CONTINUE -",
    ],
    [
      "an apology is no answer, whatever it claims",
      had,
      draftOf("Sorry, I don't have any information about that."),
      {},
      [],
      "OFFER CANNOT_ANSWER",
    ],
    ["the same answer twice is an offer", had, draftOf(answer), {}, [], "OFFER REPETITION"],
    [
      "the same in other case and blanks is the same",
      had,
      draftOf(` ${answer.toUpperCase()} `),
      {},
      [],
      "OFFER REPETITION",
    ],
    [
      "the same answer after a decline goes out",
      had,
      draftOf(answer),
      {},
      offered("REPETITION", 1, true),
      "CONTINUE -",
    ],
    ["paused, everything goes out", had, draftOf("", false), { paused: true }, [], "CONTINUE -"],
  ])("%s", (_what, said, draft, settings, offers, expected) => {
    const { reading, control, rules, tags, ...rest } = caseOf(said, [], settings, offers);
    expect(outcome(assessAnswer({ reading, control, rules, tags, settings: rest.settings, draft }))).toBe(expected);
  });
});

describe("no input", () => {
  const turn = fc.record({
    id: fc.uuid(),
    sequence: fc.nat(600),
    author: fc.constantFrom("CUSTOMER", "ASSISTANT", "AGENT", "SYSTEM" as const),
    text: fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.constantFrom("AGENT!!", "this is useless", "人工", "I will sue you", "yes please", "why?", "\ud83d", ""),
    ),
    answered: fc.option(fc.boolean()),
    inReplyTo: fc.option(fc.uuid()),
  });
  const signal = fc.record({
    name: fc.constantFrom(...Object.values(SignalName)),
    score: fc.oneof(fc.double(), fc.double({ min: 0, max: 1 })),
    evidence: fc.constant<Signal["evidence"]>([]),
    rule: fc.option(
      fc.constantFrom(rule, { id: "blocked", version: 1, text: "x" }, { id: "gone", version: 1, text: "" }),
    ),
  });
  const anyCase = fc.record({
    reading: fc.record({
      channel: fc.constantFrom(...Object.values(Channel)),
      language: fc.string(),
      turns: fc.array(turn, { maxLength: 40 }),
      message: turn,
      settledThrough: fc.nat(600),
      offers: fc.array(
        fc.record({
          reason: fc.constantFrom(...Object.values(Reason)),
          sequence: fc.nat(600),
          open: fc.boolean(),
          declined: fc.boolean(),
        }),
      ),
    }),
    control: fc.constantFrom(...Object.values(ControlHolder)),
    settings: fc.record({
      firstMessageGuard: fc.boolean(),
      frustrationSensitivity: fc.constantFrom(...Object.values(Sensitivity)),
      whenUnanswered: fc.constantFrom(...Object.values(WhenUnanswered)),
      offerEvery: fc.nat(5),
      paused: fc.boolean(),
    }),
    rules: fc.constantFrom<Rule[][]>([], [rule]),
    tags: fc.constantFrom<TagDefinition[][]>([], [blocked, open]),
    signals: fc.array(signal, { maxLength: 12 }),
  });
  const draft = fc.record({
    answered: fc.boolean(),
    text: fc.string({ unit: "binary" }),
    citations: fc.constant<Draft["citations"]>([]),
    coverage: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  });

  test("makes policy throw, hesitate, or give a decision without its one reason", () => {
    fc.assert(
      fc.property(anyCase, draft, (judged, drafted) => {
        const read = readSignals(judged.reading, judged.rules, judged.tags);
        for (const { score } of read) expect(score >= 0 && score <= 1).toBe(true);
        for (const { score, evidence } of read) if (score >= 0.5) expect(evidence.length).toBeGreaterThan(0);
        for (const outcome of [
          assess(judged),
          assess({ ...judged, signals: read }),
          assessAnswer({ ...judged, draft: drafted }),
        ]) {
          expect(Object.values(Decision)).toContain(outcome.decision);
          expect(outcome.reason === null).toBe(outcome.decision === "CONTINUE");
        }
      }),
      { numRuns: 300 },
    );
  });
});
