import { configuredModel } from "../../kit/model.gemini";
import { runService } from "../../kit/run-service";
import { readAssistantEnv } from "./env";
import { assistantTables, createAssistant } from "./service";

void runService({
  name: "assistant",
  readEnv: readAssistantEnv,
  tables: assistantTables,
  create: (parts, env) =>
    createAssistant({
      ...parts,
      model: configuredModel({
        apiKey: env.GEMINI_API_KEY,
        model: env.GEMINI_MODEL,
        baseUrl: env.GEMINI_BASE_URL,
        log: parts.log,
      }),
    }),
});
