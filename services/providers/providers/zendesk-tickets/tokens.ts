import { z } from "zod";
import { type DeskAccount, type OAuthTokens, ProviderFailure } from "../../provider";
import { createDeskHttp } from "../../provider.http";
import { addressOf, type Config } from "./config";

const grantedShape = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().nullish(),
  expires_in: z.number().nullish(),
  scope: z.string().nullish(),
});

/** A token that ends this soon is renewed before it is used. */
const marginMs = 60_000;
/** Just below what Zendesk allows, so that a desk without handovers for weeks stays connected. */
const refreshTokenSeconds = 7_775_000;

/**
 * The header that proves who asks, for `createDeskHttp`: a fresh access token, or the API token. Zendesk's refresh
 * tokens are good once: `account.tokens` gets one new pair for all who ask, and keeps it before anybody uses it.
 */
export function authorizationOf(config: Config, account: DeskAccount) {
  let used: string | null = null;
  return async (refused: boolean): Promise<Record<string, string>> => {
    if (config.apiToken)
      return { authorization: `Basic ${Buffer.from(`${config.email}/token:${config.apiToken}`).toString("base64")}` };
    const kept = await account.tokens.read();
    const stale = refused ? used : kept && endsSoon(kept) ? kept.accessToken : null;
    const good = kept && kept.accessToken !== stale;
    const tokens = good ? kept : await account.tokens.renew(stale, (former) => grant(config, account, former));
    used = tokens.accessToken;
    return { authorization: `Bearer ${tokens.accessToken}` };
  };
}

/** Gets an access token: with the refresh token where somebody consented, else in the client's own name. */
async function grant(config: Config, account: DeskAccount, former: OAuthTokens | null): Promise<OAuthTokens> {
  const { clientId, clientSecret, authorizationCode, redirectUri, refreshToken, scope, tokenSeconds } = config;
  const refresh = former?.refreshToken ?? refreshToken;
  const consented = authorizationCode !== undefined || refreshToken !== undefined;
  const means =
    consented && refresh
      ? { grant_type: "refresh_token", refresh_token: refresh, refresh_token_expires_in: refreshTokenSeconds }
      : consented
        ? {
            grant_type: "authorization_code",
            code: authorizationCode,
            redirect_uri: redirectUri,
            refresh_token_expires_in: refreshTokenSeconds,
          }
        : { grant_type: "client_credentials" };
  const http = createDeskHttp({
    baseUrl: addressOf(config),
    account,
    headers: {},
    secrets: [clientSecret, authorizationCode, refresh].filter((text) => text !== undefined),
  });
  const { status, body } = await http.request({
    method: "POST",
    path: "/oauth/tokens",
    json: { ...means, client_id: clientId, client_secret: clientSecret, scope, expires_in: tokenSeconds },
    allow: [400, 401, 403, 404],
    // Not the caller's: an answer that nobody waits for any longer holds the only refresh token that is good.
    signal: new AbortController().signal,
  });
  if (status === 404)
    throw new ProviderFailure(`there is no Zendesk account named ${config.subdomain}`, { retry: false });
  if (status >= 400) throw new ProviderFailure(refusalOf(body, means.grant_type), { retry: false, access: true });
  const granted = grantedShape.safeParse(body).data;
  if (!granted)
    throw new ProviderFailure("Zendesk gave an access token in a shape that is not known", { retry: false });
  const missing = granted.scope ? missingScope(granted.scope) : null;
  if (missing)
    throw new ProviderFailure(`the OAuth client may not ${missing}: allow it the scopes read and write`, {
      retry: false,
    });
  return {
    accessToken: granted.access_token,
    refreshToken: granted.refresh_token ?? null,
    expiresAt: granted.expires_in ? new Date(Date.now() + granted.expires_in * 1000).toISOString() : null,
  };
}

function endsSoon({ expiresAt }: OAuthTokens): boolean {
  return expiresAt !== null && Date.parse(expiresAt) - Date.now() < marginMs;
}

function refusalOf(body: unknown, means: string): string {
  const code = z.object({ error: z.string().regex(/^\w{1,60}$/) }).safeParse(body).data?.error ?? "no reason given";
  if (code === "invalid_client") return "Zendesk does not know this OAuth client, or its secret is another";
  if (code === "invalid_scope") return "the OAuth client may not have the scope that is asked for";
  if (code === "invalid_grant" && means !== "client_credentials")
    return "Zendesk does not take the consent any longer: connect again with a new authorization code or refresh token";
  return `Zendesk gives no access token: ${code}`;
}

/** Reading audits needs the whole of read; writing, tickets at least. */
function missingScope(scope: string): string | null {
  const words = scope.split(/[\s,]+/);
  if (!words.includes("read")) return "read";
  return words.includes("write") || words.includes("tickets:write") ? null : "write";
}
