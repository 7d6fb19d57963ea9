import type { Log } from "./log";
import { counter } from "./metrics";

/** What must not stay unseen: somebody who runs Baton has to do something. */
export const Alarm = {
  /** A customer waits for a person and no help desk was told. */
  handover_undelivered: "handover_undelivered",
  /** A customer's message did not reach the desk that has the handover, or waits for a key that the desk takes. */
  message_undelivered: "message_undelivered",
  /** What a help desk told could not be read. */
  webhook_unread: "webhook_unread",
} as const;
export type Alarm = keyof typeof Alarm;

const raised = counter("baton_alarms_total", "Alarms raised since this process started, by kind", ["alarm"]);
// From the start on, so that the first one is a change that can be seen.
for (const alarm of Object.values(Alarm)) raised.inc({ alarm }, 0);

/** One line of level ERROR that names the alarm, and one more in `baton_alarms_total`. `facts`: ids, no personal text. */
export function raiseAlarm(log: Log, alarm: Alarm, facts: Record<string, unknown>, words: string): void {
  raised.inc({ alarm });
  log.error({ ...facts, alarm }, words);
}
