import { configuredModel } from "../../kit/model.gemini";
import { runService } from "../../kit/run-service";
import { readPolicyEnv } from "./env";
import { createPolicy, policyTables } from "./service";

void runService({
  name: "policy",
  readEnv: readPolicyEnv,
  tables: policyTables,
  create: (parts, env) =>
    createPolicy({
      ...parts,
      model: configuredModel({
        apiKey: env.GEMINI_API_KEY,
        model: env.GEMINI_MODEL,
        baseUrl: env.GEMINI_BASE_URL,
        log: parts.log,
      }),
    }),
});
