import { configuredModel } from "../../kit/model.gemini";
import { runService } from "../../kit/run-service";
import { readSummarizationEnv } from "./env";
import { createSummarization, summarizationTables } from "./service";

void runService({
  name: "summarization",
  readEnv: readSummarizationEnv,
  tables: summarizationTables,
  create: (parts, env) =>
    createSummarization({
      ...parts,
      model: configuredModel({
        apiKey: env.GEMINI_API_KEY,
        model: env.GEMINI_MODEL,
        baseUrl: env.GEMINI_BASE_URL,
        log: parts.log,
      }),
    }),
});
