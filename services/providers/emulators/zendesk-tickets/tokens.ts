import { randomBytes } from "node:crypto";
import { z } from "zod";

const asked = z.discriminatedUnion("grant_type", [
  z.strictObject({ grant_type: z.literal("client_credentials"), ...client() }),
  z.strictObject({
    grant_type: z.literal("authorization_code"),
    code: z.string(),
    redirect_uri: z.string(),
    refresh_token_expires_in: z.int().min(604_800).max(7_776_000).optional(),
    ...client(),
  }),
  z.strictObject({
    grant_type: z.literal("refresh_token"),
    refresh_token: z.string(),
    refresh_token_expires_in: z.int().min(604_800).max(7_776_000).optional(),
    ...client(),
  }),
]);

/** What Zendesk's token endpoint gives, and which access tokens are good. */
export function createTokens() {
  const clientId = "baton_emulated";
  const clientSecret = "emulated-zendesk-client-secret";
  const apiToken = { email: "baton@example.com", token: "emulated-zendesk-api-token" };
  const access = new Map<string, { endsAt: number }>();
  /** Each with the access token that it came with. */
  const refresh = new Map<string, string>();
  const codes = new Set<string>();
  const newToken = () => randomBytes(24).toString("hex");

  return {
    clientId,
    clientSecret,
    apiToken,

    /** A new consent, as the code that the browser carries back. */
    consent(): string {
      const code = newToken();
      codes.add(code);
      return code;
    },

    grant(body: unknown): { status: number; body: Record<string, unknown> } {
      const request = asked.safeParse(body).data;
      if (!request) return refused("invalid_request", "The request is missing a required parameter.");
      if (request.client_id !== clientId || request.client_secret !== clientSecret)
        return { ...refused("invalid_client", "Client authentication failed."), status: 401 };
      if (request.grant_type === "authorization_code" && !codes.delete(request.code))
        return refused("invalid_grant", "The provided authorization grant is invalid, expired or revoked.");
      if (request.grant_type === "refresh_token") {
        const former = refresh.get(request.refresh_token);
        if (former === undefined)
          return refused("invalid_grant", "The provided refresh token is invalid, expired or revoked.");
        // Good once: both of the pair are gone.
        refresh.delete(request.refresh_token);
        access.delete(former);
      }
      const access_token = newToken();
      access.set(access_token, { endsAt: Date.now() + (request.expires_in ?? 86_400) * 1000 });
      const given = {
        access_token,
        token_type: "bearer",
        scope: request.scope,
        expires_in: request.expires_in ?? null,
      };
      if (request.grant_type === "client_credentials") return { status: 200, body: given };
      const refresh_token = newToken();
      refresh.set(refresh_token, access_token);
      const lasts = request.refresh_token_expires_in ?? 2_592_000;
      return { status: 200, body: { ...given, refresh_token, refresh_token_expires_in: lasts } };
    },

    /** What is wrong with the proof of who asks; null: nothing. */
    refusal(authorization: string | undefined): Record<string, unknown> | null {
      const [kind, given = ""] = (authorization ?? "").split(" ");
      if (kind === "Bearer") {
        const token = access.get(given);
        if (token && token.endsAt > Date.now()) return null;
        return {
          error: "invalid_token",
          error_description: "The access token provided is expired, revoked, malformed or invalid for other reasons.",
        };
      }
      const basic = Buffer.from(given, "base64").toString("utf8");
      if (kind === "Basic" && basic === `${apiToken.email}/token:${apiToken.token}`) return null;
      return { error: "Couldn't authenticate you" };
    },

    expire: () => access.clear(),
  };
}

function client() {
  return {
    client_id: z.string(),
    client_secret: z.string(),
    scope: z.string().optional(),
    expires_in: z.int().min(300).max(172_800).optional(),
  };
}

const refused = (error: string, error_description: string) => ({ status: 400, body: { error, error_description } });
