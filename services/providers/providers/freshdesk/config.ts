import { z } from "zod";
import { secret } from "../../provider";
import { baseUrlField } from "../../provider.http";
import { legacyFields } from "../../provider.legacy";

export const config = z.object({
  domain: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/i, "is the part before .freshdesk.com")
    .meta({ description: "Your account's name: the part before .freshdesk.com in the address of your help desk." }),
  apiKey: secret("The API key of the agent in whose name Baton works (Profile settings, Your API key)."),
  webhookSecret: secret(
    "A long random text of your own; the automation rule sends it along as the header X-Handover-Secret.",
  ).min(16),
  groupId: z
    .int()
    .positive()
    .optional()
    .meta({ description: "The id of the group that gets handovers; without it your own rules assign them." }),
  agentId: z.int().positive().optional().meta({ description: "The id of the agent that gets handovers." }),
  priority: z.int().min(1).max(4).default(2).meta({ description: "1 low, 2 medium, 3 high, 4 urgent." }),
  source: z
    .int()
    .min(1)
    .max(1000)
    .default(7)
    .meta({ description: "What the tickets' source is: 7 is chat, 2 the portal, 1 e-mail." }),
  ticketType: z
    .string()
    .max(100)
    .optional()
    .meta({ description: "The tickets' type, one of those that your account has." }),
  closedStatuses: z
    .array(z.int())
    .min(1)
    .default([4, 5])
    .meta({ description: "Statuses that end a handover; the first is the one Baton sets: 4 resolved, 5 closed." }),
  searchDelaySeconds: z.number().min(0).max(25).default(15).meta({
    description:
      "How long a new ticket may take until it can be searched; after a lost answer Baton waits for so long.",
  }),
  ...legacyFields,
  baseUrl: baseUrlField("Where the API is, when not at https://<domain>.freshdesk.com.").optional(),
});
export type Config = z.infer<typeof config>;

/** Where the account's pages and its API are. */
export const addressOf = ({ domain, baseUrl }: Config): string => baseUrl ?? `https://${domain}.freshdesk.com`;
