import { z } from "zod";
import { readEnv } from "../../kit/env";
import { portEnv, serviceEnv, tokenEnv } from "../../kit/service-env";

const settings = z.object({ ...serviceEnv, ...tokenEnv, PORT: portEnv(4001) });

/** What a process of its own is told; throws with every setting that is missing or wrong. */
export const readConversationsEnv = () => readEnv(settings, process.env);
