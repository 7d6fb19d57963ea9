import { z } from "zod";
import { type DeskAccount, defineProvider, ProviderFailure } from "../../provider";
import { apiOf } from "./api";
import { type Config, config } from "./config";
import { close, forwardMessage, steps } from "./steps";
import { webhook } from "./webhook";

const appAnswer = z.object({
  app: z.object({ settings: z.object({ multiConvoEnabled: z.boolean().optional() }).nullish() }),
});
const switchboardsAnswer = z.object({ switchboards: z.array(z.object({ id: z.string(), enabled: z.boolean() })) });
const integrationsAnswer = z.object({
  switchboardIntegrations: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      integrationId: z.string().nullish(),
      integrationType: z.string(),
      deliverStandbyEvents: z.boolean().default(false),
    }),
  ),
});
const webhooksAnswer = z.object({
  webhooks: z.array(z.object({ triggers: z.array(z.string()), secret: z.string().nullish() })),
});

/** Without these nothing comes back from the agents. */
const neededTriggers = ["conversation:message", "switchboard:passControl", "switchboard:releaseControl"];

/** Zendesk's messaging: a handover is a conversation that agents answer in the Agent Workspace. */
export const zendeskMessaging = defineProvider<Config>({
  name: "ZENDESK_MESSAGING",
  title: "Zendesk (Messaging)",
  mode: "DESK",
  capabilities: { handover: true, email: true, summary: "AUTOMATED", tags: true, handBack: true },
  config,
  steps,
  forwardMessage,
  close,
  webhook,

  async testConnection(settings, signal, account) {
    try {
      const problem = await problemOf(settings, signal, account);
      const to = settings.groupId ? `group ${settings.groupId}` : settings.agentIntegration;
      return problem
        ? { ok: false, message: problem }
        : { ok: true, message: `Zendesk answers, and handovers go to ${to}.` };
    } catch (error) {
      if (!(error instanceof ProviderFailure) || !error.message.includes("ENOTFOUND")) throw error;
      return { ok: false, message: `There is no Zendesk account named ${settings.subdomain}.` };
    }
  },
});

/** What is wrong with a connection, in words; null: nothing. */
async function problemOf(settings: Config, signal: AbortSignal, account: DeskAccount): Promise<string | null> {
  const { appId, subdomain, integrationName, agentIntegration, webhookSecret } = settings;
  const api = apiOf(settings, account);
  const get = (path: string) =>
    api.request({ method: "GET", path, allow: [301, 302, 307, 308, 401, 403, 404], signal });
  const app = await get("");
  if (app.status === 401) return "Zendesk does not know this Conversations API key.";
  if (app.status === 403) return "This key may not see the app: make one in Admin Center, Conversations API.";
  if (app.status === 404) return `Zendesk has no app ${appId} for this key.`;
  if (app.status >= 300) return `There is no Zendesk account named ${subdomain}.`;
  if (appAnswer.safeParse(app.body).data?.app.settings?.multiConvoEnabled === false)
    return "Customers can have one conversation only: turn on multi-conversations for messaging, so that each handover gets its own.";

  const boards = await get("/switchboards");
  if (boards.status >= 300) return "This key may not see the switchboard: it needs the scope of the whole app.";
  const board = switchboardsAnswer.safeParse(boards.body).data?.switchboards.find(({ enabled }) => enabled);
  if (!board) return "The app has no switchboard that is turned on, so control cannot be passed to agents.";
  const listed = await get(`/switchboards/${encodeURIComponent(board.id)}/switchboardIntegrations`);
  const there = integrationsAnswer.safeParse(listed.body).data?.switchboardIntegrations ?? [];
  const named = (wanted: string) =>
    there.find(({ id, name, integrationType }) => [id, name, integrationType].includes(wanted));
  const names = there.map(({ name }) => name).join(", ") || "none";
  if (!named(agentIntegration)) return `The switchboard has no integration ${agentIntegration}; it has ${names}.`;
  const own = named(integrationName);
  if (!own) return `The switchboard has no integration ${integrationName} for Baton; it has ${names}.`;
  if (!own.deliverStandbyEvents)
    return `The switchboard integration ${integrationName} is told nothing while agents have control: set its deliverStandbyEvents.`;
  if (!own.integrationId) return null;

  const hooks = await get(`/integrations/${encodeURIComponent(own.integrationId)}/webhooks`);
  const webhooks = webhooksAnswer.safeParse(hooks.body).data?.webhooks;
  // A key that may not see webhooks can still do the rest.
  if (!webhooks) return null;
  if (webhooks.length === 0) return `The integration ${integrationName} has no webhook, so nothing comes back.`;
  const secrets = webhooks.flatMap(({ secret }) => secret ?? []);
  if (secrets.length > 0 && !secrets.includes(webhookSecret))
    return `webhookSecret is not the secret of the webhook of ${integrationName}.`;
  const missing = neededTriggers.filter((trigger) => !webhooks.some(({ triggers }) => triggers.includes(trigger)));
  return missing.length > 0 ? `The webhook of ${integrationName} is not told of ${missing.join(", ")}.` : null;
}
