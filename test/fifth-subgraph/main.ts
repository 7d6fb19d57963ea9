import { createLifecycle } from "../../kit/lifecycle";
import { createLog } from "../../kit/log";
import { readOrdersEnv } from "./env";
import { serveOrders } from "./serve";
import { fakeShop } from "./shop.fake";

/** The orders subgraph as a process of its own. */
async function main() {
  const env = readOrdersEnv();
  const log = createLog("orders", env.LOG_LEVEL);
  const lifecycle = createLifecycle({ log });
  const { http, stop } = await serveOrders({
    port: env.PORT,
    host: env.HOST,
    internalSecret: env.INTERNAL_SECRET,
    latestOrders: fakeShop,
    log,
  });
  lifecycle.onStop("http", stop);
  log.info({ port: http.port }, "orders is ready.");
}

main().catch((error: Error) => {
  process.stderr.write(`orders: ${error.message}\n`);
  process.exit(1);
});
