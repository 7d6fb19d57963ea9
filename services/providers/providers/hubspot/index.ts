import { defineProvider } from "../../provider";
import { type Config, config } from "./config";
import { close, find, forwardMessage, steps } from "./steps";
import { testConnection } from "./test-connection";
import { webhook } from "./webhook";

/** HubSpot: a handover is a thread in an inbox or help desk, through a custom channel of the app's. */
export const hubspot = defineProvider<Config>({
  name: "HUBSPOT",
  title: "HubSpot",
  mode: "DESK",
  capabilities: { handover: true, email: true, summary: "AUTOMATED", tags: true, handBack: true },
  config,
  steps,
  forwardMessage,
  close,
  find,
  webhook,
  testConnection,
});
