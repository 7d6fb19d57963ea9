import { z } from "zod";
import { secret } from "../../provider";
import { baseUrlField } from "../../provider.http";
import { legacyFields } from "../../provider.legacy";

const numericId = z.string().regex(/^\d{1,20}$/, "is a number, as HubSpot shows it");
const { handBackPhrase, stopPhrase } = legacyFields;

export const config = z.object({
  portalId: numericId.meta({ description: "Your account's Hub ID, as in HubSpot's account menu." }),
  clientId: z.string().min(1).optional().meta({ description: "The client id of your app; needed with refreshToken." }),
  clientSecret: secret("The client secret of your app: HubSpot signs its calls with it, and OAuth needs it."),
  refreshToken: secret(
    "The refresh token that your account gave the app (OAuth); without it, accessToken is needed.",
  ).optional(),
  accessToken: secret(
    "The access token of an app made for this account only, if you do not use OAuth. Legacy private apps may not use custom channels.",
  ).optional(),
  channelId: numericId.meta({ description: "The id of the app's custom channel." }),
  channelAccountId: numericId.meta({
    description: "The id of the channel account that connects the custom channel to one of your inboxes.",
  }),
  channelAddress: z.string().min(1).max(200).default("baton").meta({
    description: "The delivery identifier of that channel account: what customers write to.",
  }),
  agentId: numericId.optional().meta({
    description: "The id of the user who gets handovers; without it the inbox's own rules route them.",
  }),
  assigningTakes: z.boolean().default(true).meta({
    description:
      "A user who is assigned has taken the handover. Off for inboxes whose rules assign threads by themselves: then a reply takes it.",
  }),
  tagsProperty: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,99}$/, "is the internal name of a property")
    .optional()
    .meta({
      description:
        "The internal name of a ticket property (single-line text) that gets the topics; without it they are a comment.",
    }),
  webhookSecret: secret(
    "A long random text of your own at the end of the custom channel's webhook address (?secret=...), for accounts whose channel calls carry no signature.",
  )
    .min(16)
    .optional(),
  webhookUrl: z.url().max(500).optional().meta({
    description: "The address that HubSpot calls, when a proxy in front of Baton hides it: HubSpot signs it.",
  }),
  handBackPhrase,
  stopPhrase,
  baseUrl: baseUrlField("Where the API is, when not at https://api.hubapi.com.").optional(),
  appUrl: baseUrlField("Where agents open HubSpot: https://app-eu1.hubspot.com for accounts in the EU.").default(
    "https://app.hubspot.com",
  ),
});
export type Config = z.infer<typeof config>;

/** Where the API is. */
export const addressOf = ({ baseUrl }: Config): string => baseUrl ?? "https://api.hubapi.com";

/** The agent's screen of a thread. */
export const screenOf = ({ appUrl, portalId }: Config, threadId: string): string =>
  `${appUrl}/live-messages/${portalId}/inbox/${threadId}`;
