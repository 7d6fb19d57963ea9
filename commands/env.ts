import { z } from "zod";
import { readEnv } from "../kit/env";
import { projectPath } from "../kit/project";
import { modelEnv, portEnv, serviceEnv } from "../kit/service-env";
import { packagesEnv } from "../services/providers/env";

const data = {
  BATON_DATA: z
    .string()
    .default(() => projectPath(".baton"))
    .describe("the folder everything is kept in"),
};

/** Signs tokens: given, or made once and kept in the data folder. */
const ownSecrets = {
  TOKEN_SECRET: z.string().min(32).optional().describe("at least 32 characters: signs the tokens that clients hold"),
  INTERNAL_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe("at least 32 characters: the gateway's proof to the services"),
  CREDENTIALS_KEY: z
    .string()
    .min(32)
    .optional()
    .describe("at least 32 characters: encrypts the credentials of help desks"),
};

const start = z.object({
  ...data,
  ...ownSecrets,
  ...modelEnv,
  HOST: z.string().default("127.0.0.1").describe("the address to listen on; 0.0.0.0 lets other machines in"),
  PORT: portEnv(4000),
  DATABASE_URL: serviceEnv.DATABASE_URL.optional().describe("a Postgres of your own instead of the embedded one"),
  KAFKA_BROKERS: serviceEnv.KAFKA_BROKERS,
  LOG_LEVEL: serviceEnv.LOG_LEVEL.default("warn"),
  DEMO: z.enum(["yes", "no"]).default("yes").describe("no: without the demo workspace"),
  PROVIDER_PACKAGES: packagesEnv,
});

const installation = z.object({ ...data, ...ownSecrets });

const server = z.object({ ...data, DATABASE_URL: start.shape.DATABASE_URL });

const services = z.object({
  ...data,
  ...ownSecrets,
  PORT: portEnv(4000),
  DATABASE_URL: serviceEnv.DATABASE_URL,
  KAFKA_BROKERS: z.string().describe("host:port of Kafka, comma separated"),
  DEMO: z.enum(["yes", "no"]).default("yes").describe("no: without the demo workspace"),
});

const judge = z.object(modelEnv);

const container = z.object({ ...data, ...ownSecrets, PORT: portEnv(4000), DEMO: z.enum(["yes", "no"]).default("no") });

export type StartEnv = z.infer<typeof start>;

/** What `npm start` is told. */
export const readStartEnv = (): StartEnv => readEnv(start, process.env);
/** What commands about an installation need: where it keeps things. */
export const readInstallationEnv = () => readEnv(installation, process.env);
/** What commands that look into the databases are told. */
export const readServerEnv = () => readEnv(server, process.env);
/** What `npm run services` is told. */
export const readServicesEnv = () => readEnv(services, process.env);
/** What `npm run judge` is told. */
export const readJudgeEnv = () => readEnv(judge, process.env);
/** npm says so to what it runs. */
export const startedByNpm = () => process.env.npm_lifecycle_event !== undefined;
/** What a container's process needs before it runs its part. */
export const readContainerEnv = () => readEnv(container, process.env);
/** The environment a child process gets: this one's with these settings in their place. */
export const childEnv = (settings: Record<string, string>) => ({ ...process.env, ...settings });
/** Settings for this process itself, where they are not given. */
export function fillEnv(settings: Record<string, string>): void {
  for (const [name, value] of Object.entries(settings)) process.env[name] ||= value;
}
