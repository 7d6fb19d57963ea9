import { runService } from "../../kit/run-service";
import { readConversationsEnv } from "./env";
import { conversationsTables, createConversations } from "./service";

void runService({
  name: "conversations",
  readEnv: readConversationsEnv,
  tables: conversationsTables,
  create: (parts, env) => createConversations({ ...parts, tokenSecret: env.TOKEN_SECRET }),
});
