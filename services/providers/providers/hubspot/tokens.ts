import { z } from "zod";
import { type DeskAccount, type OAuthTokens, ProviderFailure } from "../../provider";
import { createDeskHttp } from "../../provider.http";
import { addressOf, type Config } from "./config";

const grantedShape = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().nullish(),
  expires_in: z.number().nullish(),
});

/** A token that ends this soon is renewed before it is used. */
const marginMs = 60_000;

/** The header that proves who asks: the app's own token, or one that OAuth gives for about half an hour. */
export function authorizationOf(config: Config, account: DeskAccount) {
  let used: string | null = null;
  return async (refused: boolean): Promise<Record<string, string>> => {
    if (config.refreshToken === undefined) return { authorization: `Bearer ${ownToken(config)}` };
    const kept = await account.tokens.read();
    const stale = refused ? used : kept && endsSoon(kept) ? kept.accessToken : null;
    const tokens =
      kept && kept.accessToken !== stale
        ? kept
        : await account.tokens.renew(stale, (former) => grant(config, account, former));
    used = tokens.accessToken;
    return { authorization: `Bearer ${used}` };
  };
}

function ownToken({ accessToken }: Config): string {
  if (accessToken !== undefined) return accessToken;
  throw new ProviderFailure("neither refreshToken nor accessToken is set", { retry: false });
}

async function grant(config: Config, account: DeskAccount, former: OAuthTokens | null): Promise<OAuthTokens> {
  const refreshToken = former?.refreshToken ?? config.refreshToken ?? "";
  const { clientId, clientSecret } = config;
  if (clientId === undefined)
    throw new ProviderFailure("clientId is not set, and refreshToken needs it", { retry: false });
  const http = createDeskHttp({
    baseUrl: addressOf(config),
    account,
    headers: {},
    secrets: [clientSecret, refreshToken],
  });
  const { status, body } = await http.request({
    method: "POST",
    path: "/oauth/v1/token",
    form: {
      grant_type: "refresh_token",
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
    },
    allow: [400, 401, 403],
    // Not the caller's: what is granted must be kept, also when nobody waits for it any longer.
    signal: new AbortController().signal,
  });
  const granted = status < 300 ? grantedShape.safeParse(body).data : null;
  if (!granted)
    throw new ProviderFailure(
      "HubSpot gives no access token: clientId, clientSecret or refreshToken is wrong, or the app was removed",
      { retry: false, access: true },
    );
  const { access_token, refresh_token, expires_in } = granted;
  return {
    accessToken: access_token,
    refreshToken: refresh_token ?? refreshToken,
    expiresAt: expires_in ? new Date(Date.now() + expires_in * 1000).toISOString() : null,
  };
}

const endsSoon = ({ expiresAt }: OAuthTokens): boolean =>
  expiresAt !== null && Date.parse(expiresAt) - Date.now() < marginMs;
