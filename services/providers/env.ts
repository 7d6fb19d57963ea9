import { z } from "zod";
import { readEnv } from "../../kit/env";
import { portEnv, serviceEnv } from "../../kit/service-env";

/** Packages with further providers, for whoever runs this service. */
export const packagesEnv = z
  .string()
  .default("")
  .transform((names) => names.split(",").flatMap((name) => name.trim() || []))
  .describe("names or absolute paths of packages with further providers, comma separated");

const settings = z.object({
  ...serviceEnv,
  PORT: portEnv(4005),
  CREDENTIALS_KEY: z
    .string()
    .min(32)
    .describe("at least 32 characters: encrypts the credentials of help desks; without it they are lost"),
  FORMER_CREDENTIALS_KEYS: z
    .string()
    .default("")
    .transform((keys) => keys.split(",").flatMap((key) => key.trim() || []))
    .describe("keys that were in use before CREDENTIALS_KEY, comma separated: what they sealed is sealed anew"),
  PROVIDER_PACKAGES: packagesEnv,
});

/** What a process of its own is told; throws with every setting that is missing or wrong. */
export const readProvidersEnv = () => readEnv(settings, process.env);
