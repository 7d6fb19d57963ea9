import { z } from "zod";
import type { DeskAccount } from "../../provider";
import { createDeskHttp, type DeskHttp } from "../../provider.http";
import { addressOf, type Config } from "./config";

const personShape = z.object({
  id: z.int(),
  name: z.string().nullish(),
  firstname: z.string().nullish(),
  lastname: z.string().nullish(),
});
export type Person = z.infer<typeof personShape>;

export const customerShape = z.object({
  id: z.int(),
  email: z.string().nullish(),
  external_id: z.string().nullish(),
  channels: z.array(z.object({ type: z.string().nullish(), address: z.string().nullish() })).nullish(),
});

export const messageShape = z.object({
  id: z.int(),
  external_id: z.string().nullish(),
  channel: z.string().nullish(),
  from_agent: z.boolean().nullish(),
  public: z.boolean().nullish(),
  via: z.string().nullish(),
  rule_id: z.int().nullish(),
  sender: personShape.nullish(),
  body_text: z.string().nullish(),
  body_html: z.string().nullish(),
  attachments: z.array(z.object({ url: z.string().nullish(), name: z.string().nullish() })).nullish(),
});
export type Message = z.infer<typeof messageShape>;

export const ticketShape = z.object({
  id: z.int(),
  external_id: z.string().nullish(),
  status: z.string(),
  customer: z.object({ id: z.int() }).nullish(),
  assignee_user: personShape.nullish(),
  tags: z.array(z.object({ name: z.string() })).nullish(),
  messages: z.array(messageShape).nullish(),
  trashed_datetime: z.string().nullish(),
});

export const listOf = <Item>(item: z.ZodType<Item>) =>
  z.object({ data: z.array(item), meta: z.object({ next_cursor: z.string().nullish() }).nullish() });

const faultShape = z.object({ error: z.object({ data: z.record(z.string(), z.unknown()).nullish() }) });

/** The account's API. 40 calls in 20 seconds, which drain evenly. */
export function apiOf(config: Config, account: DeskAccount): DeskHttp {
  const { email, apiKey, webhookSecret } = config;
  return createDeskHttp({
    baseUrl: `${addressOf(config)}/api`,
    account,
    headers: { authorization: `Basic ${Buffer.from(`${email}:${apiKey}`).toString("base64")}` },
    secrets: [apiKey, webhookSecret, email],
    perMinute: 120,
    requestIdHeader: "x-request-id",
    pauseMs(headers) {
      const [used, limit] = (headers.get("x-gorgias-account-api-call-limit") ?? "").split("/").map(Number);
      return used && limit && used >= limit ? 1_000 : null;
    },
    // Names of fields only: the sentences beside them repeat what was sent.
    problem: (body) => Object.keys(faultShape.safeParse(body).data?.error.data ?? {}).join(", ") || null,
  });
}
