import fc from "fast-check";
import { afterFailure, nextMove, type Standing } from "./next-move";
import type { Provider } from "./provider";

const step = async () => ({});
const desk: Pick<Provider, "mode" | "steps"> = {
  mode: "DESK",
  // In another order than they run in.
  steps: { assign: step, conversation: step, transcript: step, summary: step },
};
const link: typeof desk = { mode: "LINK", steps: { conversation: step, summary: step } };

const standing = (more: Partial<Standing>): Standing => ({
  status: "DELIVERING",
  receipts: {},
  hasSummary: true,
  over: false,
  hasMessage: false,
  elsewhere: false,
  tidied: false,
  unsure: false,
  unclaimed: false,
  ...more,
});
const all = { conversation: {}, transcript: {}, summary: {}, assign: {} };

test.each<[string, Partial<Standing>, unknown]>([
  ["begins when its time has come", { status: "WAITING_FOR_SUMMARY" }, { do: "start" }],
  ["takes the steps in order, assigning last", {}, { do: "step", step: "conversation" }],
  [
    "goes on at the first step without a receipt",
    { receipts: { conversation: {} } },
    { do: "step", step: "transcript" },
  ],
  [
    "leaves the summary out while there is none",
    { receipts: { conversation: {}, transcript: {} }, hasSummary: false },
    { do: "step", step: "assign" },
  ],
  ["is delivered when all is done", { receipts: all }, { do: "deliver" }],
  [
    "adds the summary that came late",
    { status: "DELIVERED", receipts: { conversation: {}, transcript: {}, assign: {} } },
    { do: "step", step: "summary" },
  ],
  [
    "sends what the customer writes afterwards",
    { status: "DELIVERED", receipts: all, hasMessage: true },
    { do: "forward" },
  ],
  [
    "says that nobody came",
    { status: "DELIVERED", receipts: all, hasMessage: true, unclaimed: true },
    { do: "say-unclaimed" },
  ],
  [
    "but not of a handover that is over",
    { status: "DELIVERED", receipts: all, over: true, unclaimed: true },
    { do: "close" },
  ],
  ["stays where nobody came until another desk has it", { status: "UNCLAIMED", receipts: all }, { do: "rest" }],
  ["and is taken away then", { status: "UNCLAIMED", receipts: all, elsewhere: true }, { do: "close" }],
  [
    "leaves what is half done at a desk that failed: it may be tried again",
    { status: "FAILED", receipts: { conversation: {} } },
    { do: "rest" },
  ],
  [
    "takes it away once another desk has the handover",
    { status: "FAILED", receipts: { conversation: {} }, elsewhere: true },
    { do: "close" },
  ],
  ["or it is over", { status: "FAILED", receipts: { conversation: {} }, over: true }, { do: "close" }],
  ["once", { status: "FAILED", receipts: { conversation: {} }, elsewhere: true, tidied: true }, { do: "rest" }],
  ["and only if there is something", { status: "FAILED", elsewhere: true }, { do: "rest" }],
  ["rests then", { status: "DELIVERED", receipts: all }, { do: "rest" }],
  ["sends nothing before the desk has the handover", { receipts: all, hasMessage: true }, { do: "deliver" }],
  ["closes at the desk when the handover is over", { status: "DELIVERED", receipts: all, over: true }, { do: "close" }],
  [
    "closes after what the customer wrote before the end is there",
    { status: "DELIVERED", receipts: all, over: true, hasMessage: true },
    { do: "forward" },
  ],
  [
    "closes what is half done when the handover is over",
    { receipts: { conversation: {} }, over: true },
    { do: "close" },
  ],
  ["is cancelled when nothing was done yet", { status: "WAITING_FOR_SUMMARY", over: true }, { do: "cancel" }],
  ["does nothing after it failed", { status: "FAILED" }, { do: "rest" }],
  ["does nothing after it was closed", { status: "CLOSED", receipts: all }, { do: "rest" }],
])("a delivery %s", (_, more, move) => {
  expect(nextMove(standing(more), desk)).toEqual(move);
});

test("a link stays after the handover ended with it, and still gets its summary", () => {
  const delivered = standing({ status: "DELIVERED", receipts: { conversation: {} }, over: true });
  expect(nextMove(delivered, link)).toEqual({ do: "step", step: "summary" });
  expect(nextMove({ ...delivered, receipts: { conversation: {}, summary: {} } }, link)).toEqual({ do: "rest" });
});

const failure = { retry: true, failingMs: 0, patienceMs: 10_000, pauseMs: 200, afterMs: null };

test("a failure is tried again until patience is at its end, later when the desk asks for it", () => {
  expect(afterFailure(failure)).toEqual({ again: true, afterMs: 200 });
  expect(afterFailure({ ...failure, afterMs: 4_000 })).toEqual({ again: true, afterMs: 4_000 });
  expect(afterFailure({ ...failure, afterMs: 60_000 })).toEqual({ again: false });
  expect(afterFailure({ ...failure, failingMs: 9_900 })).toEqual({ again: true, afterMs: 100 });
  expect(afterFailure({ ...failure, failingMs: 10_000 })).toEqual({ again: false });
  expect(afterFailure({ ...failure, patienceMs: 0 })).toEqual({ again: false });
  expect(afterFailure({ ...failure, retry: false })).toEqual({ again: false });
});

test("however a desk fails, it is given up neither before its time nor long after", () => {
  const answer = fc.record({
    pauseMs: fc.integer({ min: 1, max: 60_000 }),
    afterMs: fc.option(fc.integer({ min: 0, max: 5_000 })),
  });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), fc.infiniteStream(answer), (patienceMs, answers) => {
      let failingMs = 0;
      for (;;) {
        const { value } = answers.next();
        const next = afterFailure({ ...failure, ...value, failingMs, patienceMs });
        if (!next.again) {
          expect(failingMs).toBeLessThanOrEqual(patienceMs);
          if (failingMs < patienceMs) expect(value.afterMs).toBeGreaterThan(patienceMs - failingMs);
          return;
        }
        failingMs += Math.max(1, next.afterMs);
      }
    }),
  );
});
