import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What the gateway counts; `registry` is what /metrics prints. */
export type GatewayMetrics = ReturnType<typeof createGatewayMetrics>;

export function createGatewayMetrics(registry: Registry = new Registry()) {
  const registers = [registry];
  if (!registry.getSingleMetric("process_cpu_user_seconds_total")) collectDefaultMetrics({ register: registry });
  const buckets = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
  return {
    registry,
    requests: new Histogram({
      name: "baton_gateway_request_seconds",
      help: "Seconds per GraphQL request over HTTP.",
      labelNames: ["outcome"],
      buckets,
      registers,
    }),
    fetches: new Histogram({
      name: "baton_gateway_fetch_seconds",
      help: "Seconds per question to a subgraph.",
      labelNames: ["subgraph", "outcome"],
      buckets,
      registers,
    }),
    sockets: new Gauge({ name: "baton_gateway_sockets", help: "Open WebSockets.", registers }),
    subscriptions: new Gauge({ name: "baton_gateway_subscriptions", help: "Running subscriptions.", registers }),
    reads: new Counter({
      name: "baton_gateway_subscription_reads_total",
      help: "Reads for subscriptions; shared: answered by a read that another subscriber had begun.",
      labelNames: ["shared"],
      registers,
    }),
    events: new Counter({
      name: "baton_gateway_events_total",
      help: "Events heard on the bus: woke somebody, woke nobody, unknown type, malformed.",
      labelNames: ["outcome"],
      registers,
    }),
    cut: new Counter({
      name: "baton_gateway_sockets_cut_total",
      help: "Sockets terminated because they did not read.",
      registers,
    }),
    busLive: new Gauge({ name: "baton_gateway_bus_live", help: "1 while the gateway hears the bus.", registers }),
  };
}
