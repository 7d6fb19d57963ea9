import { z } from "zod";
import { secret } from "../../provider";
import { baseUrlField } from "../../provider.http";
import { legacyFields } from "../../provider.legacy";
import { keyFrom } from "./signature";

/** A custom property's internal name. */
const property = z.string().regex(/^cf_[a-z0-9_]{1,80}$/i, "is the property's internal name, which begins with cf_");
/** The settings for tags are for desks that have some. */
const { handBackPhrase, stopPhrase } = legacyFields;

export const config = z.object({
  account: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,80}$/i, "is the part before .freshchat.com")
    .meta({ description: "The part before .freshchat.com in the chat URL that the API settings show." }),
  apiToken: secret("The API token of an administrator (Admin, API settings). It ends one day: then a new one goes in."),
  publicKey: z
    .string()
    .max(5000)
    .refine((text) => keyFrom(text) !== null, "is not an RSA public key")
    .meta({ description: "The public key that the webhook settings show: it proves that calls are from Freshchat." }),
  channelId: z.string().min(1).max(100).meta({ description: "The id of the channel (topic) that handovers open in." }),
  agentId: z
    .string()
    .min(1)
    .max(100)
    .meta({ description: "The id of an agent of your own for Baton: private notes are written in its name." }),
  groupId: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: "The id of the group that gets handovers; without it your own rules assign them." }),
  assigneeId: z.string().min(1).max(100).optional().meta({ description: "The id of the agent that gets handovers." }),
  groupStatus: z.enum(["new", "assigned", "none"]).default("new").meta({
    description: "The status that is sent along with a group: new, assigned, or none at all.",
  }),
  sendEmail: z
    .boolean()
    .default(false)
    .meta({ description: "Also give Freshchat the customer's e-mail address where it is known." }),
  tagsProperty: property.optional().meta({
    description: "The internal name of a text property that gets the conversation's tags, for Freshchat has no tags.",
  }),
  statusProperty: property.optional().meta({
    description:
      "The internal name of a dropdown property that tells who is talking, as cf_ai_chat_status does for another AI agent.",
  }),
  statusForAgents: z
    .string()
    .min(1)
    .max(100)
    .default("human")
    .meta({ description: "The choice of that property while a handover is with your agents." }),
  statusForAssistant: z
    .string()
    .min(1)
    .max(100)
    .default("ai")
    .meta({ description: "The choice of that property by which an agent gives the conversation back." }),
  lookUpConversations: z.boolean().default(false).meta({
    description:
      "Look for the customer's open conversation before one is opened: for accounts where opening twice gives two.",
  }),
  messagePart: z
    .enum(["text", "email"])
    .default("text")
    .meta({ description: "What messages consist of: text, or email for a channel of e-mail conversations." }),
  noteLength: z
    .int()
    .min(500)
    .max(50_000)
    .default(5_000)
    .meta({ description: "How many characters a private note may have; a longer transcript becomes several." }),
  agentUrl: z
    .url()
    .max(500)
    .refine((url) => url.includes("{conversation}"), "must hold {conversation}")
    .optional()
    .meta({
      description:
        "The agents' screen of a conversation, with {conversation} for its id, where the inbox is part of the Freshworks suite.",
    }),
  handBackPhrase,
  stopPhrase,
  baseUrl: baseUrlField("Where the API is, when not at https://<account>.freshchat.com.").optional(),
});
export type Config = z.infer<typeof config>;

/** Where the account's pages and its API are. */
export const addressOf = ({ account, baseUrl }: Config): string => baseUrl ?? `https://${account}.freshchat.com`;
