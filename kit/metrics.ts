import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Everything this process counts; served at /metrics. */
export const metrics = new Registry();

let collecting = false;

/** Memory, processor, event loop. Once per process. */
export function countTheProcess(): void {
  if (collecting) return;
  collecting = true;
  collectDefaultMetrics({ register: metrics });
}

/** A counter by that name; the same one when it was made before (five services share one process). */
export function counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
  return (
    (metrics.getSingleMetric(name) as Counter<Label>) ?? new Counter({ name, help, labelNames, registers: [metrics] })
  );
}

/** A value that goes up and down, by that name. */
export function gauge<Label extends string>(name: string, help: string, labelNames: Label[]): Gauge<Label> {
  return (metrics.getSingleMetric(name) as Gauge<Label>) ?? new Gauge({ name, help, labelNames, registers: [metrics] });
}

/** Durations in seconds, by that name. */
export function durations<Label extends string>(name: string, help: string, labelNames: Label[]): Histogram<Label> {
  return (
    (metrics.getSingleMetric(name) as Histogram<Label>) ??
    new Histogram({
      ...{ name, help, labelNames, registers: [metrics] },
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    })
  );
}
