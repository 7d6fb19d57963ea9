import { z } from "zod";

/** The settings of every service that runs as a process of its own; a service's `env.ts` adds what only it needs. */
export const serviceEnv = {
  HOST: z.string().default("0.0.0.0").describe("the address to listen on"),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe(
      "the Postgres server, like postgres://user:password@host:5432; each service has a database of its own name in it",
    ),
  DATABASE_POOL: z.coerce.number().int().min(3).max(200).default(10).describe("connections to the service's database"),
  KAFKA_BROKERS: z.string().optional().describe("host:port, comma separated; without it events go through Postgres"),
  INTERNAL_SECRET: z
    .string()
    .min(32)
    .describe(
      "at least 32 characters, the same for the gateway and every service: proves that a request comes from the gateway",
    ),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
};

/** The port a service listens on unless PORT says otherwise. */
export function portEnv(port: number) {
  return z.coerce.number().int().min(0).max(65_535).default(port).describe("the port to listen on");
}

/** Without a key everything works on rules and extracts. */
export const modelEnv = {
  GEMINI_API_KEY: z.string().optional().describe("a key for Google's Gemini; without it no model is used"),
  GEMINI_MODEL: z.string().optional().describe("the name of the model; needed with a key"),
  GEMINI_BASE_URL: z.url().optional().describe("another place to ask than Google's, such as a proxy"),
};

/** Signs the tokens that clients hold. */
export const tokenEnv = {
  TOKEN_SECRET: z
    .string()
    .min(32)
    .describe("at least 32 characters: signs the tokens of customers, agents and services"),
};
