import { z } from "zod";
import { secret } from "../../provider";
import { baseUrlField } from "../../provider.http";
import { legacyFields } from "../../provider.legacy";

const id = (description: string) => z.int().positive().optional().meta({ description });

export const config = z
  .object({
    subdomain: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/i, "is the part before .zendesk.com")
      .meta({ description: "Your account's name: the part before .zendesk.com in the address of your help desk." }),
    clientId: z
      .string()
      .max(200)
      .optional()
      .meta({ description: "The unique identifier of the OAuth client (Admin Center, Apps and integrations, APIs)." }),
    clientSecret: secret("The secret of the OAuth client.").optional(),
    authorizationCode: secret(
      "Only to connect in an agent's name: the code that Zendesk gave after the consent; it is good once, for two minutes.",
    ).optional(),
    redirectUri: z
      .url()
      .max(500)
      .optional()
      .meta({ description: "Only with an authorization code: the redirect address that the consent was asked with." }),
    refreshToken: secret(
      "Only when another programme got the consent: the refresh token it was given; Baton uses it from now on.",
    ).optional(),
    scope: z
      .string()
      .max(500)
      .default("read write")
      .meta({ description: "What the OAuth client may do, in Zendesk's words; Baton reads and writes tickets." }),
    tokenSeconds: z
      .int()
      .min(300)
      .max(172_799)
      .default(86_400)
      .meta({ description: "For how many seconds an access token is asked for; then Baton gets the next." }),
    email: z
      .email()
      .optional()
      .meta({ description: "With an API token: the e-mail address of the agent in whose name Baton works." }),
    apiToken: secret(
      "In place of OAuth, where you still have one: an API token. Zendesk makes no new ones and stops taking them on 30 April 2027.",
    ).optional(),
    webhookSecret: secret(
      "The signing secret of the webhook that calls Baton (Admin Center, Webhooks, Reveal secret).",
    ),
    groupId: id("The id of the group that gets handovers; without it your own triggers assign them."),
    assigneeId: id("The id of the agent that gets handovers."),
    brandId: id("The id of the brand that the tickets are of."),
    ticketFormId: id("The id of the tickets' form."),
    priority: z
      .enum(["low", "normal", "high", "urgent"])
      .default("normal")
      .meta({ description: "low, normal, high or urgent." }),
    publicFirstComment: z.boolean().default(true).meta({
      description:
        "The customer's last words open the ticket as a public comment; with your default triggers Zendesk then confirms it by e-mail. false: as an internal note, and agents begin with an internal note too.",
    }),
    requestsPerMinute: z
      .int()
      .min(10)
      .max(10_000)
      .default(200)
      .meta({ description: "How many requests a minute your plan takes; 200 is the smallest plan's." }),
    ...legacyFields,
    baseUrl: baseUrlField("Where the API is, when not at https://<subdomain>.zendesk.com.").optional(),
  })
  .superRefine((given, context) => {
    const missing = (field: string, message: string) => context.addIssue({ code: "custom", path: [field], message });
    if (given.apiToken) {
      if (!given.email) missing("email", "is needed with an API token");
      return;
    }
    if (!given.clientId) missing("clientId", "is needed: connect with an OAuth client");
    if (!given.clientSecret) missing("clientSecret", "is needed: connect with an OAuth client");
    if (given.authorizationCode && !given.redirectUri) missing("redirectUri", "is needed with an authorization code");
  });
export type Config = z.infer<typeof config>;

/** Where the account's pages and its API are. */
export const addressOf = ({ subdomain, baseUrl }: Pick<Config, "subdomain" | "baseUrl">): string =>
  baseUrl ?? `https://${subdomain}.zendesk.com`;

/** What is to be said of an API token at that time: Zendesk's way out of them ends on 30 April 2027. */
export function apiTokenNotice(now: Date): { works: boolean; words: string } {
  const works = now < new Date("2027-04-30T00:00:00Z");
  return {
    works,
    words: works
      ? "Zendesk stops taking API tokens on 30 April 2027: change to an OAuth client before."
      : "Zendesk takes no API tokens any longer: connect with an OAuth client.",
  };
}
