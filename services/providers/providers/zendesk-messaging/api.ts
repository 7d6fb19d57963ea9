import { z } from "zod";
import type { DeskAccount } from "../../provider";
import { createDeskHttp, type DeskHttp } from "../../provider.http";
import { apiAddressOf, type Config } from "./config";

export const activeShape = z
  .object({ id: z.string().optional(), name: z.string().optional(), integrationType: z.string().optional() })
  .nullish();
const conversationShape = z.object({
  id: z.string(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  activeSwitchboardIntegration: activeShape,
});
type Conversation = z.infer<typeof conversationShape>;
export const conversationAnswer = z.object({ conversation: conversationShape });
export const userAnswer = z.object({ user: z.object({ id: z.string() }) });
const metaShape = z
  .object({
    hasMore: z.boolean().default(false),
    afterCursor: z.string().nullish(),
    beforeCursor: z.string().nullish(),
  })
  .nullish();
const conversationsAnswer = z.object({ conversations: z.array(conversationShape), meta: metaShape });
const text = z.string().nullish();
const messageShape = z.object({
  id: z.string(),
  author: z.object({ type: z.string(), displayName: text, subtypes: z.array(z.string()).nullish() }).optional(),
  content: z.object({ text, markdownText: text, mediaUrl: text, altText: text }).nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  deleted: z.boolean().nullish(),
});
export type Message = z.infer<typeof messageShape>;
const messagesAnswer = z.object({ messages: z.array(messageShape), meta: metaShape });
const postedAnswer = z.object({ messages: z.array(messageShape).min(1) });

const faultShape = z.object({ errors: z.array(z.object({ code: z.string().optional() })) });

/** What a message may hold, in characters. */
export const messageLimit = 4_096;

/** The app's part of the Conversations API, version 2. */
export function apiOf(config: Config, account: DeskAccount): DeskHttp {
  const { appId, keyId, keySecret, webhookSecret } = config;
  return createDeskHttp({
    baseUrl: `${apiAddressOf(config)}/v2/apps/${appId}`,
    account,
    headers: { authorization: `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString("base64")}` },
    secrets: [keySecret, webhookSecret],
    requestIdHeader: "x-request-id",
    // Codes only: the sentences beside them repeat what was sent.
    problem(body) {
      const codes = faultShape.safeParse(body).data?.errors.map(({ code }) => code?.slice(0, 60)) ?? [];
      return codes.filter(Boolean).join(", ") || null;
    },
  });
}

/** A conversation of a user's that carries the mark; the last 1,000 are looked at. */
export async function findConversation(
  api: DeskHttp,
  userId: string,
  mark: string,
  signal: AbortSignal,
): Promise<Conversation | null> {
  let after: string | undefined;
  for (let page = 0; page < 10; page += 1) {
    const { conversations, meta } = await api.ask(conversationsAnswer, {
      method: "GET",
      path: "/conversations",
      query: { "filter[userId]": userId, "page[size]": 100, "page[after]": after },
      signal,
    });
    const found = conversations.find(({ metadata }) => metadata?.baton === mark);
    if (found) return found;
    after = meta?.afterCursor ?? undefined;
    if (!meta?.hasMore || after === undefined) break;
  }
  return null;
}

/** A conversation's messages in pages of 100, from the newest page backwards. */
export async function* messagesBack(
  api: DeskHttp,
  conversationId: string,
  pages: number,
  signal: AbortSignal,
): AsyncGenerator<Message[]> {
  let before: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const { messages, meta } = await api.ask(messagesAnswer, {
      method: "GET",
      path: `${conversationPath(conversationId)}/messages`,
      query: { "page[before]": before },
      signal,
    });
    yield messages;
    before = meta?.beforeCursor ?? undefined;
    if (!meta?.hasMore || before === undefined) return;
  }
}

/** What Baton wrote into a conversation: the messages' ids by their marks. */
export async function messagesOfOurs(
  api: DeskHttp,
  conversationId: string,
  signal: AbortSignal,
  pages = 10,
): Promise<Map<string, string>> {
  const ours = new Map<string, string>();
  for await (const page of messagesBack(api, conversationId, pages, signal))
    for (const { id, metadata } of page) if (typeof metadata?.baton === "string") ours.set(metadata.baton, id);
  return ours;
}

export type Author = { type: "user"; userId: string } | { type: "business"; displayName: string };

/** Writes a message that carries our mark; gives its id. */
export async function postMessage(
  api: DeskHttp,
  conversationId: string,
  { author, text, mark }: { author: Author; text: string; mark: string },
  signal: AbortSignal,
): Promise<string> {
  const { messages } = await api.ask(postedAnswer, {
    method: "POST",
    path: `${conversationPath(conversationId)}/messages`,
    json: { author, content: { type: "text", text }, metadata: { baton: mark } },
    signal,
  });
  return messages[0]?.id ?? "";
}

export const conversationPath = (id: string) => `/conversations/${encodeURIComponent(id)}`;

/** Is an integration meant by this id, name or type? */
export function isMeant(active: z.infer<typeof activeShape>, wanted: string): boolean {
  return active?.id === wanted || active?.name === wanted || active?.integrationType === wanted;
}
