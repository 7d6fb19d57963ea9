import { z } from "zod";
import { readEnv } from "../../kit/env";
import { portEnv, serviceEnv } from "../../kit/service-env";

const settings = z.object({
  ...serviceEnv,
  PORT: portEnv(4005),
  CREDENTIALS_KEY: z
    .string()
    .min(32)
    .describe("at least 32 characters: encrypts the credentials of help desks; without it they are lost"),
});

/** What a process of its own is told; throws with every setting that is missing or wrong. */
export const readProvidersEnv = () => readEnv(settings, process.env);
