import { counter, gauge } from "../../kit/metrics";

/** Handovers on their way into desks, in numbers. */
export const deliveryMetrics = {
  attempts: counter(
    "baton_delivery_attempts_total",
    "Calls of help desks: DONE, AGAIN (it is tried again) or GIVEN_UP",
    ["provider", "step", "outcome"],
  ),
  undelivered: gauge("baton_handovers_undelivered", "Handovers that no help desk took and that are not over", []),
  underWay: gauge("baton_handovers_under_way", "Handovers on their way into a help desk", []),
  oldestUnderWay: gauge(
    "baton_handovers_under_way_oldest_seconds",
    "How long the oldest of them has been on its way; 0 when there is none",
    [],
  ),
};
