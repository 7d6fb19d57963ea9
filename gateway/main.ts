import { readFileSync } from "node:fs";
import { createLifecycle } from "../kit/lifecycle";
import { createLog } from "../kit/log";
import { projectPath } from "../kit/project";
import { openBus } from "../kit/run-service";
import { readGatewayEnv } from "./env";
import { createLateBus } from "./late-bus";
import { createGateway } from "./server";
import { passWebhooks } from "./webhooks";

void main();

/** Runs the gateway as a process of its own, before services that run as processes of theirs. */
async function main() {
  let env: ReturnType<typeof readGatewayEnv>;
  try {
    env = readGatewayEnv();
    if (!env.KAFKA_BROKERS && !env.DATABASE_URL)
      throw new Error("Set KAFKA_BROKERS, or DATABASE_URL when events go through Postgres.");
  } catch (error) {
    process.stderr.write(`gateway: ${(error as Error).message}\n`);
    process.exit(2);
  }
  const log = createLog("gateway", env.LOG_LEVEL);
  const lifecycle = createLifecycle({ log });
  try {
    const bus = createLateBus(() =>
      openBus({ name: "gateway", log, kafkaBrokers: env.KAFKA_BROKERS, databaseUrl: env.DATABASE_URL ?? "" }),
    );
    lifecycle.onStop("bus", () => bus.close());
    const gateway = await createGateway({
      supergraphSdl: readFileSync(projectPath("schema/supergraph.graphql"), "utf8"),
      sources: {
        conversations: { url: env.CONVERSATIONS_URL },
        policy: { url: env.POLICY_URL },
        assistant: { url: env.ASSISTANT_URL },
        summarization: { url: env.SUMMARIZATION_URL },
        providers: { url: env.PROVIDERS_URL },
      },
      bus,
      secrets: { token: env.TOKEN_SECRET, internal: env.INTERNAL_SECRET },
      log,
      routes: passWebhooks({ providersUrl: env.PROVIDERS_URL, log }),
      trustProxy: env.TRUST_PROXY,
      limits: env.REQUESTS_PER_MINUTE === undefined ? {} : { requestsPerMinute: env.REQUESTS_PER_MINUTE },
    });
    const { url } = await gateway.listen(env.PORT, env.HOST);
    lifecycle.onStop("gateway", () => gateway.stop());
    log.info({ url, bus: env.KAFKA_BROKERS ? "kafka" : "postgres" }, "gateway is ready.");
  } catch (error) {
    log.fatal({ err: error }, `gateway did not start: ${(error as Error).message}`);
    await lifecycle.end(1, "start failed");
  }
}
