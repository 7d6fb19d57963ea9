import { createFakeClock } from "../../kit/clock";
import { createSilentLog } from "../../kit/log";
import type { Model, ModelOutcome } from "../../kit/model";
import { createSummarize, modelBudgetMs } from "./summarize";
import { dialogueOf } from "./test/dialogue";

const dialogue = dialogueOf([["CUSTOMER", "My lamp arrived broken, what now? Write to mia@example.com"]], {
  customer: { id: "5f0c1e2a-0000-4000-8000-000000000001", name: "Mia", email: null, externalId: null },
});

function withModel(ask: () => Promise<ModelOutcome<unknown>>) {
  const model = { name: "fake-model", ask } as Model;
  return createSummarize({ model, clock: createFakeClock(), log: createSilentLog() });
}

const good = {
  headline: "Lamp arrived broken",
  wants: { text: "A replacement for a broken lamp.", messages: ["m1"] },
  tried: [],
  openQuestion: null,
  mood: "CALM",
};

test("with a model the summary is the model's, and says so", async () => {
  const summarize = withModel(async () => ({ ok: true, answer: good, model: "fake-model" }));
  expect(await summarize(dialogue)).toMatchObject({
    headline: "Lamp arrived broken",
    writtenBy: "fake-model",
    contact: "Mia (mia@example.com)",
    throughSequence: 1,
    text: expect.stringContaining("A replacement for a broken lamp."),
  });
});

test.each([
  ["fails", async () => ({ ok: false, failure: "BLOCKED", detail: "SAFETY", model: "fake-model" }) as const],
  ["throws", () => Promise.reject(new Error("broken"))],
  ["rests on nothing", async () => ({ ok: true, answer: { ...good, wants: null }, model: "fake-model" }) as const],
])("a model that %s: the extract goes", async (_, ask) => {
  expect(await withModel(ask)(dialogue)).toMatchObject({
    writtenBy: "extract/1",
    headline: "My lamp arrived broken, what now?",
  });
});

test("a model that never answers is waited for no longer than its budget", async () => {
  jest.useFakeTimers();
  try {
    const summary = withModel(() => new Promise(() => {}))(dialogue);
    await jest.advanceTimersByTimeAsync(modelBudgetMs);
    expect(await summary).toMatchObject({ writtenBy: "extract/1" });
  } finally {
    jest.useRealTimers();
  }
});
