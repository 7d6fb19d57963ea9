import { pino } from "pino";
import { raiseAlarm } from "./alarms";
import { metrics } from "./metrics";

test("an alarm is one line of level ERROR that names it, and one more in the count", async () => {
  const counted = () => metrics.getSingleMetricAsString("baton_alarms_total");
  expect(await counted()).toContain('{alarm="webhook_unread"} 0');
  const lines: Record<string, unknown>[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
  raiseAlarm(log, "webhook_unread", { call: "7" }, "what a help desk told could not be read");
  expect(lines).toMatchObject([
    { level: 50, alarm: "webhook_unread", call: "7", msg: "what a help desk told could not be read" },
  ]);
  expect(await counted()).toContain('{alarm="webhook_unread"} 1');
});
