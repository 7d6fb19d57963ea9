import { z } from "zod";
import { type DeskAccount, ProviderFailure } from "../../provider";
import { createDeskHttp, type DeskHttp } from "../../provider.http";
import { addressOf, type Config } from "./config";
import { authorizationOf } from "./tokens";

/** HubSpot versions each family of paths by itself. */
const paths = {
  channels: "/conversations/custom-channels/2026-03",
  conversations: "/conversations/v3/conversations",
  objects: "/crm/objects/2026-03",
  properties: "/crm/v3/properties",
} as const;

export const channelPath = ({ channelId }: Config): string => `${paths.channels}/${channelId}`;
export const threadPath = (threadId: string): string =>
  `${paths.conversations}/threads/${encodeURIComponent(threadId)}`;
export const threadsPath = `${paths.conversations}/threads`;
export const actorPath = (actorId: string): string => `${paths.conversations}/actors/${encodeURIComponent(actorId)}`;
export const inboxesPath = `${paths.conversations}/inboxes`;
export const objectPath = (rest: string): string => `${paths.objects}/${rest}`;
export const propertyPath = (name: string): string => `${paths.properties}/tickets/${name}`;
/** Of the family that is in beta, and of the one before it. */
export const assigneePaths = (threadId: string): string[] =>
  ["v3", "2026-09-beta"].map((version) => `/conversations/conversations/${version}/threads/${threadId}/assignee`);

/** HubSpot writes some ids as numbers in one place and as text in another. */
export const idShape = z.union([z.string(), z.int()]).transform(String);

const senderShape = z.object({ actorId: z.string().nullish(), name: z.string().nullish() });
export const messageShape = z.object({
  id: idShape,
  type: z.string().nullish(),
  conversationsThreadId: idShape.nullish(),
  direction: z.string().nullish(),
  text: z.string().nullish(),
  richText: z.string().nullish(),
  createdAt: z.string().nullish(),
  createdBy: z.string().nullish(),
  senders: z.array(senderShape).nullish(),
  attachments: z
    .array(z.object({ type: z.string().nullish(), url: z.string().nullish(), name: z.string().nullish() }))
    .nullish(),
});
export type Message = z.infer<typeof messageShape>;

const messagesShape = z.object({
  results: z.array(messageShape),
  paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
});
export const threadShape = z.object({
  id: idShape,
  status: z.string(),
  assignedTo: z.string().nullish(),
  threadAssociations: z.object({ associatedTicketId: idShape.nullish() }).nullish(),
});
export const threadsShape = z.object({
  results: z.array(
    z.object({ id: idShape, createdAt: z.string().nullish(), originalChannelAccountId: idShape.nullish() }),
  ),
});
export const actorShape = z.object({ id: idShape, name: z.string().nullish() });
export const channelAccountsShape = z.object({
  results: z.array(
    z.object({ id: idShape, inboxId: idShape, name: z.string().nullish(), authorized: z.boolean().nullish() }),
  ),
});
export const inboxesShape = z.object({ results: z.array(z.object({ id: idShape, name: z.string().nullish() })) });
export const upsertedShape = z.object({
  results: z.array(z.object({ id: idShape, new: z.boolean().nullish() })).default([]),
});

const faultShape = z.object({
  category: z.string().nullish(),
  subCategory: z.string().nullish(),
  policyName: z.string().nullish(),
  errors: z
    .array(
      z.object({
        code: z.string().nullish(),
        context: z.object({ propertyName: z.array(z.string()).nullish() }).nullish(),
      }),
    )
    .nullish(),
});

/** The account's API. */
export function apiOf(config: Config, account: DeskAccount): DeskHttp {
  return createDeskHttp({
    baseUrl: addressOf(config),
    account,
    headers: authorizationOf(config, account),
    secrets: [config.clientSecret, config.refreshToken, config.accessToken, config.webhookSecret].filter(
      (text) => text !== undefined,
    ),
    requestIdHeader: "x-hubspot-correlation-id",
    // When nothing is left, a whole interval is waited for: where in it we are is not told.
    pauseMs(headers) {
      const left = headers.get("x-hubspot-ratelimit-remaining");
      const interval = Number(headers.get("x-hubspot-ratelimit-interval-milliseconds"));
      return left === "0" && interval > 0 ? interval : null;
    },
    // Categories, codes and names of properties only: the sentences beside them repeat what was sent.
    problem(body) {
      const fault = faultShape.safeParse(body).data;
      const errors = (fault?.errors ?? []).map(({ code, context }) =>
        [code, ...(context?.propertyName ?? [])].filter(Boolean).join(" "),
      );
      return [fault?.category, fault?.subCategory, fault?.policyName, ...errors].filter(Boolean).join(", ") || null;
    },
  });
}

/** Everything in a thread, comments included; `most` pages at most. */
export async function messagesOf(api: DeskHttp, threadId: string, signal: AbortSignal, most = 20): Promise<Message[]> {
  const messages: Message[] = [];
  let after: string | undefined;
  for (let page = 0; page < most; page += 1) {
    const path = `${threadPath(threadId)}/messages`;
    const { results, paging } = await api.ask(messagesShape, { method: "GET", path, query: { after }, signal });
    messages.push(...results);
    after = paging?.next?.after;
    if (after === undefined) break;
  }
  return messages;
}

/** An answer that was asked for with `request`, because other statuses are answers too. */
export function shaped<Body>(shape: z.ZodType<Body>, body: unknown): Body {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ProviderFailure("HubSpot answered in a shape that is not known", { retry: false });
}
