import { z } from "zod";
import { readEnv } from "../kit/env";
import { portEnv, serviceEnv, tokenEnv } from "../kit/service-env";

const subgraph = (name: string, port: number) =>
  z.url().default(`http://127.0.0.1:${port}/graphql`).describe(`where the subgraph ${name} answers`);

const { HOST, DATABASE_URL, KAFKA_BROKERS, INTERNAL_SECRET, LOG_LEVEL } = serviceEnv;

const settings = z.object({
  ...{ HOST, KAFKA_BROKERS, INTERNAL_SECRET, LOG_LEVEL, ...tokenEnv },
  DATABASE_URL: DATABASE_URL.optional().describe("the Postgres server; only needed without KAFKA_BROKERS, for the bus"),
  PORT: portEnv(4000),
  CONVERSATIONS_URL: subgraph("conversations", 4001),
  POLICY_URL: subgraph("policy", 4002),
  ASSISTANT_URL: subgraph("assistant", 4003),
  SUMMARIZATION_URL: subgraph("summarization", 4004),
  PROVIDERS_URL: subgraph("providers", 4005),
  REQUESTS_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe("per token, or per address without one; 0: no limit"),
  TRUST_PROXY: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe("how many proxies stand before the gateway and say truly where a request comes from"),
});

/** What the gateway's process is told; throws with every setting that is missing or wrong. */
export const readGatewayEnv = () => readEnv(settings, process.env);

/** @apollo/gateway reports to Apollo's servers unless this is set; nothing of Baton calls home. */
export function withoutTelemetry(): void {
  process.env.APOLLO_TELEMETRY_DISABLED = "true";
}
