import { z } from "zod";
import { readEnv } from "../../kit/env";
import { portEnv, serviceEnv } from "../../kit/service-env";

const settings = z.object({ ...serviceEnv, PORT: portEnv(4005) });

/** What a process of its own is told; throws with every setting that is missing or wrong. */
export const readProvidersEnv = () => readEnv(settings, process.env);
