import { rougeL } from "./rouge";
import { measureSummaries } from "./summaries";

test("the same words in the same order count, whatever stands between them", () => {
  expect(rougeL("the lamp is broken", "The lamp is broken!")).toBe(1);
  expect(rougeL("lamp broken", "the lamp is broken")).toBeCloseTo(4 / 6);
  expect(rougeL("broken lamp", "lamp broken")).toBe(0.5);
  expect(rougeL("", "lamp")).toBe(0);
  expect(rougeL("灯が壊れた", "灯は壊れた")).toBeCloseTo(8 / 10);
});

test("summaries are measured by the extract that runs in production, as the mean over their references", async () => {
  const dialogue = [
    { role: "user", text: "Where is my order 55123?" },
    { role: "agent", text: "I will send it today." },
  ];
  const said = "Customer asks where their order 55123 is. The agent will send it today.";
  const { measures, missed } = await measureSummaries([{ id: 1, dialogue, references: [said, "nothing of it"] }]);
  expect(measures["rouge-l"]).toBeGreaterThan(0.4);
  expect(missed).toEqual([]);
  await expect(measureSummaries([{ id: 1, dialogue }])).rejects.toThrow("references");
});
