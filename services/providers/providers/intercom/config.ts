import { z } from "zod";
import { secret } from "../../provider";
import { baseUrlField } from "../../provider.http";
import { legacyFields } from "../../provider.legacy";

const numericId = z.string().regex(/^\d{1,20}$/, "is a number, as Intercom shows it in addresses");

export const config = z.object({
  accessToken: secret(
    "The access token of your app (Developer Hub, your app, Authentication), or one that OAuth gave; Intercom's do not end.",
  ),
  clientSecret: secret("The client secret of the same app (Basic information): Intercom signs its webhooks with it."),
  region: z.enum(["US", "EU", "AU"]).default("US").meta({ description: "Where Intercom keeps your workspace." }),
  teamId: numericId
    .optional()
    .meta({ description: "The id of the team that gets handovers; without team and teammate they wait unassigned." }),
  agentId: numericId.optional().meta({ description: "The id of the teammate who gets handovers." }),
  handBackTo: numericId.optional().meta({
    description:
      "The id of a team or teammate that stands for the assistant: a conversation assigned to it goes back to the assistant.",
  }),
  handoverAttribute: z.string().min(1).max(190).optional().meta({
    description:
      "The name of a conversation attribute of your workspace (text) that gets the handover's id; without it none does.",
  }),
  searchDelaySeconds: z.number().min(0).max(25).default(15).meta({
    description:
      "How long a new conversation may take until it can be searched; after a lost answer Baton waits for so long.",
  }),
  ...legacyFields,
  baseUrl: baseUrlField("Where the API is, when not at the region's usual address.").optional(),
  appUrl: baseUrlField("Where agents open Intercom, when not at the region's usual address.").optional(),
});
export type Config = z.infer<typeof config>;

const places = {
  US: { api: "https://api.intercom.io", app: "https://app.intercom.com" },
  EU: { api: "https://api.eu.intercom.io", app: "https://app.eu.intercom.com" },
  AU: { api: "https://api.au.intercom.io", app: "https://app.au.intercom.com" },
} as const;

/** Where the API is. */
export const apiAddressOf = ({ region, baseUrl }: Config): string => baseUrl ?? places[region].api;

/** The agent's screen of a conversation; `workspace` is the app's `id_code`. */
export const screenOf = ({ region, appUrl }: Config, workspace: string, conversationId: string): string =>
  `${appUrl ?? places[region].app}/a/inbox/${encodeURIComponent(workspace)}/inbox/conversation/${conversationId}`;
