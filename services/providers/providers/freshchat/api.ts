import { z } from "zod";
import type { DeskAccount } from "../../provider";
import { createDeskHttp, type DeskHttp } from "../../provider.http";
import { addressOf, type Config } from "./config";

export const userShape = z.object({ id: z.string(), reference_id: z.string().nullish(), email: z.string().nullish() });
export const usersShape = z.object({ users: z.array(userShape).default([]) });

export const conversationShape = z.object({
  conversation_id: z.string(),
  app_id: z.string().nullish(),
  channel_id: z.string().nullish(),
  status: z.string().nullish(),
  properties: z.record(z.string(), z.unknown()).nullish(),
});

const partShape = z.object({
  text: z.object({ content: z.string().nullish() }).nullish(),
  email: z.object({ content: z.string().nullish() }).nullish(),
  image: z.object({ url: z.string().nullish() }).nullish(),
  video: z.object({ url: z.string().nullish() }).nullish(),
  file: z.object({ url: z.string().nullish(), name: z.string().nullish() }).nullish(),
});
export type Part = z.infer<typeof partShape>;

export const messageShape = z.object({
  id: z.string(),
  message_parts: z.array(partShape).nullish(),
  actor_type: z.string().nullish(),
  created_time: z.string().nullish(),
});
export type Message = z.infer<typeof messageShape>;

const faultShape = z.object({ status: z.string().regex(/^[A-Z0-9_]{1,60}$/) });

/** The account's API, version 2. */
export function apiOf(config: Config, account: DeskAccount): DeskHttp {
  return createDeskHttp({
    baseUrl: `${addressOf(config)}/v2`,
    account,
    headers: { authorization: `Bearer ${config.apiToken}` },
    secrets: [config.apiToken],
    requestIdHeader: "x-request-id",
    // The code only: the sentence beside it repeats what was sent.
    problem: (body) => faultShape.safeParse(body).data?.status ?? null,
  });
}

/** The messages of a conversation, the newest first: 500 at most. */
export async function messagesOf(api: DeskHttp, id: string, signal: AbortSignal): Promise<Message[]> {
  const path = `/conversations/${encodeURIComponent(id)}/messages`;
  return (await pagesOf(api, messageShape, { path, key: "messages" }, signal)).items;
}

const agentShape = z.object({ id: z.string(), first_name: z.string().nullish(), last_name: z.string().nullish() });
const namedShape = z.object({ id: z.string(), name: z.string().nullish() });

const pageSize = 50;
const mostPages = 10;

/** What the account has of a kind; `all` is false when there is more than was read. */
export const channelsOf = (api: DeskHttp, signal: AbortSignal) =>
  pagesOf(api, namedShape, { path: "/channels", key: "channels" }, signal);
export const groupsOf = (api: DeskHttp, signal: AbortSignal) =>
  pagesOf(api, namedShape, { path: "/groups", key: "groups" }, signal);
export const agentsOf = (api: DeskHttp, signal: AbortSignal) =>
  pagesOf(api, agentShape, { path: "/agents", key: "agents" }, signal);

async function pagesOf<Item>(
  api: DeskHttp,
  item: z.ZodType<Item>,
  { path, key }: { path: string; key: string },
  signal: AbortSignal,
): Promise<{ items: Item[]; all: boolean }> {
  const shape = z.object({ [key]: z.array(item).default([]) });
  const items: Item[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const query = { page, items_per_page: pageSize };
    const found = (await api.ask(shape, { method: "GET", path, query, signal }))[key] ?? [];
    items.push(...found);
    if (found.length < pageSize) return { items, all: true };
  }
  return { items, all: false };
}
