import { z } from "zod";
import { readEnv } from "../../kit/env";
import { portEnv, serviceEnv } from "../../kit/service-env";

const settings = z.object({
  HOST: serviceEnv.HOST,
  PORT: portEnv(4006),
  INTERNAL_SECRET: serviceEnv.INTERNAL_SECRET,
  LOG_LEVEL: serviceEnv.LOG_LEVEL,
});

/** What the process is told; throws with every setting that is missing or wrong. */
export const readOrdersEnv = () => readEnv(settings, process.env);
