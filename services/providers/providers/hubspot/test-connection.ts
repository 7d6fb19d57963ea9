import { type DeskAccount, ProviderFailure } from "../../provider";
import type { DeskHttp } from "../../provider.http";
import {
  actorPath,
  actorShape,
  apiOf,
  channelAccountsShape,
  channelPath,
  inboxesPath,
  inboxesShape,
  propertyPath,
} from "./api";
import type { Config } from "./config";

type Outcome = { ok: boolean; message: string };
const wrong = (message: string): Outcome => ({ ok: false, message });

/** Asks what can be asked without leaving anything in HubSpot. */
export async function testConnection(config: Config, signal: AbortSignal, account: DeskAccount): Promise<Outcome> {
  const { refreshToken, accessToken, clientId } = config;
  if (refreshToken === undefined && accessToken === undefined)
    return wrong("Give refreshToken (OAuth) or accessToken: without one of them HubSpot answers nobody.");
  if (refreshToken !== undefined && clientId === undefined) return wrong("Give clientId as well: OAuth needs it.");
  const api = apiOf(config, account);
  try {
    return await look(api, config, signal);
  } catch (error) {
    if (error instanceof ProviderFailure && error.message.includes("no access token"))
      return wrong(`${error.message}.`);
    throw error;
  }
}

async function look(api: DeskHttp, config: Config, signal: AbortSignal): Promise<Outcome> {
  const { channelId, channelAccountId } = config;
  const asked = await api.request({
    method: "GET",
    path: `${channelPath(config)}/channel-accounts`,
    allow: [401, 403, 404],
    signal,
  });
  if (asked.status === 401) return wrong("HubSpot does not know this access token.");
  if (asked.status === 403)
    return wrong(
      "The app may not use custom channels: it needs the scopes conversations.custom_channels.read and .write.",
    );
  if (asked.status === 404) return wrong(`The app has no custom channel ${channelId} in this account.`);
  const accounts = channelAccountsShape.safeParse(asked.body).data?.results ?? [];
  const own = accounts.find(({ id }) => id === channelAccountId);
  if (!own)
    return wrong(
      `The channel has no account ${channelAccountId}; it has ${accounts.map(({ id }) => id).join(", ") || "none"}.`,
    );
  if (own.authorized === false) return wrong(`The channel account ${channelAccountId} is not authorized.`);
  const inboxes = await api.request({ method: "GET", path: inboxesPath, allow: [403], signal });
  if (inboxes.status === 403)
    return wrong("The app may not read conversations: it needs the scope conversations.read.");
  const inbox = inboxesShape.safeParse(inboxes.body).data?.results.find(({ id }) => id === own.inboxId);
  if (!inbox) return wrong(`The inbox ${own.inboxId} of the channel account is not there any longer.`);
  const missing = (await unknownAgent(api, config, signal)) ?? (await unknownProperty(api, config, signal));
  return missing ?? { ok: true, message: `HubSpot answers, and handovers go to the inbox ${inbox.name ?? inbox.id}.` };
}

async function unknownAgent(api: DeskHttp, { agentId }: Config, signal: AbortSignal): Promise<Outcome | null> {
  if (agentId === undefined) return null;
  const path = actorPath(`A-${agentId}`);
  const { status, body } = await api.request({ method: "GET", path, allow: [400, 404], signal });
  return status < 300 && actorShape.safeParse(body).success ? null : wrong(`HubSpot has no user ${agentId}.`);
}

async function unknownProperty(api: DeskHttp, { tagsProperty }: Config, signal: AbortSignal): Promise<Outcome | null> {
  if (tagsProperty === undefined) return null;
  const path = propertyPath(tagsProperty);
  const { status } = await api.request({ method: "GET", path, allow: [403, 404], signal });
  if (status === 404) return wrong(`Tickets have no property named ${tagsProperty}: make it first.`);
  if (status === 403) return wrong("The app may not see the properties of tickets: it needs the scope tickets.");
  return null;
}
