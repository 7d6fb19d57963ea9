import { z } from "zod";
import { secret } from "../../provider";
import { baseUrlField } from "../../provider.http";
import { legacyFields } from "../../provider.legacy";

export const config = z.object({
  domain: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/i, "is the part before .gorgias.com")
    .meta({ description: "Your account's name: the part before .gorgias.com in the address of your help desk." }),
  email: z
    .email()
    .meta({ description: "The e-mail address of the user whose API key it is; notes are written in their name." }),
  apiKey: secret("That user's REST API key (Settings, REST API)."),
  webhookSecret: secret(
    "A long random text of your own; the HTTP integrations send it along as the header X-Handover-Secret.",
  ).min(16),
  teamId: z
    .int()
    .positive()
    .optional()
    .meta({ description: "The id of the team that gets handovers; without it your own rules assign them." }),
  userId: z.int().positive().optional().meta({ description: "The id of the user that gets handovers." }),
  channel: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,49}$/)
    .default("api")
    .meta({
      description:
        "The tickets' channel. With api no auto-reply rule runs; another one needs an integration of its kind in your account.",
    }),
  customerChannel: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,49}$/)
    .default("chat")
    .meta({ description: "The kind of contact under which a customer without an e-mail address is kept." }),
  assistantAs: z.enum(["MESSAGES", "NOTES"]).default("MESSAGES").meta({
    description:
      "What the assistant said becomes MESSAGES that count as sent already, or internal NOTES, which your statistics leave out.",
  }),
  handBackTag: z.string().max(100).default("back-to-assistant").meta({
    description:
      "A tag by which an agent, or the button of a macro, gives the conversation back to the assistant. Empty: none does.",
  }),
  ...legacyFields,
  baseUrl: baseUrlField("Where the help desk is, when not at https://<domain>.gorgias.com.").optional(),
});
export type Config = z.infer<typeof config>;

/** Where the account's pages and its API are. */
export const addressOf = ({ domain, baseUrl }: Config): string => baseUrl ?? `https://${domain}.gorgias.com`;
