import { counter, durations, gauge } from "../kit/metrics";

/** What the gateway counts; the process's /metrics prints it. */
export const gatewayMetrics = {
  requests: durations("baton_gateway_request_seconds", "Per GraphQL request over HTTP.", ["status"]),
  fetches: durations("baton_gateway_fetch_seconds", "Per question to a subgraph.", ["subgraph", "outcome"]),
  sockets: gauge("baton_gateway_sockets", "Open WebSockets.", []),
  subscriptions: gauge("baton_gateway_subscriptions", "Running subscriptions.", []),
  reads: counter(
    "baton_gateway_subscription_reads_total",
    "Reads for subscriptions; shared: answered by a read that another subscriber had begun.",
    ["shared"],
  ),
  events: counter(
    "baton_gateway_events_total",
    "Events heard on the bus, by what came of them: woke, woke_nobody, unknown_type, malformed.",
    ["outcome"],
  ),
  cut: counter("baton_gateway_sockets_cut_total", "Sockets terminated because they did not read.", []),
  busLive: gauge("baton_gateway_bus_live", "1 while the gateway hears the bus.", []),
};
