import { counter, durations } from "./metrics";

/** What services hear and say, in numbers. */
export const eventMetrics = {
  handled: counter(
    "baton_events_handled_total",
    "Events a service is through with: done, a reason for which it was ignored, retried (an attempt that failed), or dead",
    ["service", "type", "outcome"],
  ),
  handling: durations("baton_event_handling_seconds", "From the start of a handler to the end of its transaction", [
    "service",
    "type",
  ]),
  waiting: durations(
    "baton_event_waiting_seconds",
    "From an event's arrival in the inbox to the start of its handler",
    ["service"],
  ),
  relayed: counter("baton_events_relayed_total", "Events that went from a service's outbox to the bus", ["service"]),
};
