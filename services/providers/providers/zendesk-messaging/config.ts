import { z } from "zod";
import { secret } from "../../provider";
import { baseUrlField } from "../../provider.http";
import { legacyFields } from "../../provider.legacy";

const integration = (description: string, usual: string) =>
  z.string().min(1).max(100).default(usual).meta({ description });
const field = (description: string) => z.int().positive().optional().meta({ description });

export const config = z.object({
  subdomain: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/i, "is the part before .zendesk.com")
    .meta({ description: "Your account's name: the part before .zendesk.com in the address of your help desk." }),
  appId: z
    .string()
    .regex(/^[0-9a-f]{24}$/i, "is 24 hexadecimal digits")
    .meta({ description: "The app's id (Admin Center, Apps and integrations, Conversations API)." }),
  keyId: z.string().min(1).max(200).meta({ description: "The id of the Conversations API key; it begins with app_." }),
  keySecret: secret("The secret of the Conversations API key."),
  webhookSecret: secret("The shared secret of the webhook that calls Baton; Zendesk sends it as the header X-API-Key."),
  integrationName: integration(
    "The name of Baton's own integration in the switchboard: it holds a conversation until everything is in it.",
    "baton",
  ),
  agentIntegration: integration(
    "The name or type of the integration behind which your agents are.",
    "zd-agentWorkspace",
  ),
  groupId: field("The id of the group that gets handovers; without it your own routing assigns them."),
  assigneeId: field("The id of the agent that gets handovers."),
  brandId: field("The id of the brand that the tickets are of."),
  priority: z
    .enum(["low", "normal", "high", "urgent"])
    .default("normal")
    .meta({ description: "low, normal, high or urgent." }),
  summaryFieldId: field("The id of a multi-line ticket field that gets the summary, beside the message with it."),
  conversationFieldId: field(
    "The id of a text ticket field that gets the conversation's id; a trigger of yours can then tell of assignments.",
  ),
  anyBusinessMessage: z.boolean().default(false).meta({
    description:
      "Take every message from the company's side as an agent's, also those that Zendesk does not mark with one.",
  }),
  handBackPhrase: legacyFields.handBackPhrase,
  legacyTags: legacyFields.legacyTags,
  baseUrl: baseUrlField(
    "Where the Conversations API is, when not at https://<subdomain>.zendesk.com/sc; https://api.smooch.io for older accounts.",
  ).optional(),
});
export type Config = z.infer<typeof config>;

/** Where the account's API is. */
export const apiAddressOf = ({ subdomain, baseUrl }: Config): string =>
  baseUrl ?? `https://${subdomain}.zendesk.com/sc`;
