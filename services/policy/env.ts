import { z } from "zod";
import { readEnv } from "../../kit/env";
import { modelEnv, portEnv, serviceEnv } from "../../kit/service-env";

const settings = z.object({ ...serviceEnv, ...modelEnv, PORT: portEnv(4002) });

/** What a process of its own is told; throws with every setting that is missing or wrong. */
export const readPolicyEnv = () => readEnv(settings, process.env);
