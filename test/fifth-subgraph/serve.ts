import { createHttp, type HttpServer } from "../../kit/http";
import type { Log } from "../../kit/log";
import { serveSubgraph } from "../../kit/subgraph.server";
import { createOrders, type LatestOrders } from "./subgraph";

/** Serves the orders subgraph to the gateway, and to nobody who does not show the gateway's internal token. */
export async function serveOrders(options: {
  port: number;
  host: string;
  internalSecret: string;
  latestOrders: LatestOrders;
  log: Log;
}): Promise<{ http: HttpServer; stop(): Promise<void> }> {
  const { port, host, internalSecret, latestOrders, log } = options;
  const { schema } = createOrders(latestOrders);
  const http = createHttp({ port, host, log, checks: {} });
  const graph = await serveSubgraph({ http, schema, internalSecret, log });
  await http.listen();
  return {
    http,
    async stop() {
      await Promise.all([http.stop(), graph.stop()]);
    },
  };
}
