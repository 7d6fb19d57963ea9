import { z } from "zod";
import { type DeskAccount, ProviderFailure } from "../../provider";
import { createDeskHttp, type DeskHttp } from "../../provider.http";
import { apiAddressOf, type Config } from "./config";

/** Requests and answers are of this version; the webhooks' is set in the Developer Hub. */
const version = "2.15";

/** Intercom writes some ids as numbers in one place and as text in another. */
export const idShape = z.union([z.string(), z.int()]).transform(String);

export const meShape = z.object({
  id: idShape,
  app: z.object({ id_code: z.string(), region: z.string().nullish() }).nullish(),
});

export const contactShape = z.object({
  id: z.string(),
  role: z.string().nullish(),
  email: z.string().nullish(),
  created_at: z.number().nullish(),
});
export type Contact = z.infer<typeof contactShape>;
export const contactsShape = z.object({ data: z.array(contactShape) });

const partShape = z.object({
  id: idShape,
  part_type: z.string(),
  body: z.string().nullish(),
  assigned_to: z.object({ type: z.string().nullish(), id: idShape.nullish(), name: z.string().nullish() }).nullish(),
  author: z.object({ type: z.string(), id: idShape.nullish(), name: z.string().nullish() }).nullish(),
  attachments: z.array(z.object({ name: z.string().nullish(), url: z.string().nullish() })).nullish(),
});
export type Part = z.infer<typeof partShape>;

export const conversationShape = z.object({
  id: idShape,
  state: z.string().nullish(),
  source: z.object({ body: z.string().nullish() }).nullish(),
  admin_assignee_id: idShape.nullish(),
  team_assignee_id: idShape.nullish(),
  conversation_parts: z.object({ conversation_parts: z.array(partShape) }).nullish(),
});
export type Conversation = z.infer<typeof conversationShape>;

export const foundShape = z.object({ conversations: z.array(conversationShape) });
export const namedShape = z.object({ id: idShape, name: z.string().nullish() });
export const tagsShape = z.object({ data: z.array(namedShape) });
export const teamsShape = z.object({ teams: z.array(namedShape) });
export const adminsShape = z.object({ admins: z.array(namedShape) });
export const attributesShape = z.object({
  data: z.array(z.object({ name: z.string(), archived: z.boolean().nullish(), api_writable: z.boolean().nullish() })),
});

const faultShape = z.object({
  errors: z.array(z.object({ code: z.string().optional(), field: z.string().nullish() })).optional(),
});

/** The workspace's API. */
export function apiOf(config: Config, account: DeskAccount): DeskHttp {
  return createDeskHttp({
    baseUrl: apiAddressOf(config),
    account,
    headers: { authorization: `Bearer ${config.accessToken}`, "intercom-version": version },
    secrets: [config.accessToken, config.clientSecret],
    requestIdHeader: "x-request-id",
    // It names no Retry-After: when nothing is left of a window, its end is told.
    pauseMs(headers) {
      const left = headers.get("x-ratelimit-remaining");
      const reset = Number(headers.get("x-ratelimit-reset"));
      return left === null || Number(left) > 0 || !reset
        ? null
        : Math.min(60_000, Math.max(0, reset * 1000 - Date.now()));
    },
    // Codes and fields only: the sentences beside them may name the customer.
    problem(body) {
      const faults = faultShape.safeParse(body).data?.errors ?? [];
      return faults.map(({ code, field }) => [field, code].filter(Boolean).join(" ")).join(", ") || null;
    },
  });
}

/** A conversation with its parts as plain text: the 500 newest, Intercom tells no more. */
export function conversationOf(api: DeskHttp, conversationId: string, signal: AbortSignal): Promise<Conversation> {
  return api.ask(conversationShape, {
    method: "GET",
    path: `/conversations/${encodeURIComponent(conversationId)}`,
    query: { display_as: "plaintext" },
    signal,
  });
}

export const partsIn = (conversation: Conversation): Part[] =>
  conversation.conversation_parts?.conversation_parts ?? [];

/** An answer that was asked for with `request`, because other statuses are answers too. */
export function shaped<Body>(shape: z.ZodType<Body>, body: unknown): Body {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ProviderFailure("Intercom answered in a shape that is not known", { retry: false });
}
