import { createHmac } from "node:crypto";
import type { WebhookRequest } from "../../provider";
import { isFresh, sameSecret } from "../../provider.proof";
import type { Config } from "./config";

/** HubSpot signs its address with these read back; others stay as they are. */
const readBack = /%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/**
 * Version 3 signs method, address, body and time. A custom channel's calls are not promised to be signed: with a
 * secret of our own in the address they are taken as a hint, which is then read back.
 */
export function isAuthentic(request: WebhookRequest, { clientSecret, webhookSecret, webhookUrl }: Config): boolean {
  const { headers, url } = request;
  const given = headers["x-hubspot-signature-v3"];
  if (given === undefined) return webhookSecret !== undefined && sameSecret(secretIn(url), webhookSecret);
  const signedAt = headers["x-hubspot-request-timestamp"] ?? "";
  if (!/^\d+$/.test(signedAt) || !isFresh(Number(signedAt), request.receivedAt)) return false;
  return [url, ...(webhookUrl === undefined ? [] : [webhookUrl])].some((address) =>
    sameSecret(given, signatureOf(request, address, signedAt, clientSecret)),
  );
}

function signatureOf({ method, body }: WebhookRequest, address: string, signedAt: string, secret: string): string {
  const uri = address.replace(readBack, (escaped) => decodeURIComponent(escaped));
  return createHmac("sha256", secret).update(`${method}${uri}`).update(body).update(signedAt).digest("base64");
}

function secretIn(url: string): string | undefined {
  return (URL.canParse(url) && new URL(url).searchParams.get("secret")) || undefined;
}
