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

test("a failure is tried again a bounded number of times, later when the desk asks for it", () => {
  const facts = { attempts: 1, mostAttempts: 3, retry: true, pauseMs: 200, afterMs: null, longestPauseMs: 10_000 };
  expect(afterFailure(facts)).toEqual({ again: true, afterMs: 200 });
  expect(afterFailure({ ...facts, afterMs: 4_000 })).toEqual({ again: true, afterMs: 4_000 });
  expect(afterFailure({ ...facts, afterMs: 60_000 })).toEqual({ again: false });
  expect(afterFailure({ ...facts, attempts: 3 })).toEqual({ again: false });
  expect(afterFailure({ ...facts, retry: false })).toEqual({ again: false });
});
