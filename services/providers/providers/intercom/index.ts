import { type DeskAccount, defineProvider } from "../../provider";
import { apiOf, tagsShape } from "./api";
import { type Config, config } from "./config";
import { close, find, forwardMessage, steps } from "./steps";
import { testConnection } from "./test-connection";
import { webhook } from "./webhook";

/** Intercom: a handover is a conversation in the customer's name, agents answer it in their inbox. */
export const intercom = defineProvider<Config>({
  name: "INTERCOM",
  title: "Intercom",
  mode: "DESK",
  capabilities: { handover: true, email: true, summary: "AUTOMATED", tags: true, handBack: true },
  config,
  steps,
  forwardMessage,
  close,
  find,
  webhook,
  testConnection,

  async listTags({ config: settings, account, signal }: { config: Config; account: DeskAccount; signal: AbortSignal }) {
    const { data } = await apiOf(settings, account).ask(tagsShape, { method: "GET", path: "/tags", signal });
    return data.flatMap(({ name }) => (name ? [name] : []));
  },
});
