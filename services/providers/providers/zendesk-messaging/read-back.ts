import { type DeskEvent, ProviderFailure, type Receipts, type WebhookInput } from "../../provider";
import type { DeskHttp } from "../../provider.http";
import { givesBack } from "../../provider.legacy";
import { apiOf, conversationAnswer, conversationPath, isMeant, type Message, messagesBack } from "./api";
import type { Config } from "./config";

/** What a call says may have happened in a conversation. */
export interface Hint {
  conversationId: string;
  joined?: { agent: { id: string | null; name: string }; eventId: string };
  messageId?: string;
  left?: "RETURNED" | "CLOSED";
  /** Nobody called: whatever there is. */
  everything?: true;
}

/** Pages of 100 messages that are read for what a call tells of. */
const mostPages = 3;

/** What of the hints about one conversation is true, in order. */
export async function readBack(
  conversationId: string,
  hints: Hint[],
  receipts: Receipts,
  { config, account, signal }: WebhookInput<Config>,
): Promise<DeskEvent[]> {
  const api = apiOf(config, account);
  const everything = hints.some((hint) => hint.everything);
  const wanted = hints.flatMap(({ messageId }) => messageId ?? []);
  const left = hints.findLast((hint) => hint.left)?.left ?? null;
  return [
    ...hints.flatMap(({ joined }): DeskEvent[] =>
      joined ? [{ kind: "JOINED", externalId: conversationId, ...joined }] : [],
    ),
    ...(everything || wanted.length > 0
      ? (await messagesOf(api, conversationId, everything ? null : wanted, signal)).flatMap((message) =>
          meaningOf(message, conversationId, config),
        )
      : []),
    ...(everything || left ? await departure(api, conversationId, left, receipts, config, signal) : []),
  ];
}

/** The messages of these ids, or all that can be read. */
async function messagesOf(
  api: DeskHttp,
  conversationId: string,
  ids: string[] | null,
  signal: AbortSignal,
): Promise<Message[]> {
  const pages: Message[][] = [];
  const missing = new Set(ids);
  for await (const page of messagesBack(api, conversationId, mostPages, signal)) {
    pages.unshift(page);
    for (const { id } of page) missing.delete(id);
    if (ids && missing.size === 0) break;
  }
  if (missing.size > 0) throw new ProviderFailure("a message that was told of cannot be read yet", { retry: true });
  return pages.flat().filter(({ id }) => !ids || ids.includes(id));
}

/** Did the agents lose control? One answer for each conversation: it is carried once. */
async function departure(
  api: DeskHttp,
  conversationId: string,
  told: "RETURNED" | "CLOSED" | null,
  receipts: Receipts,
  config: Config,
  signal: AbortSignal,
): Promise<DeskEvent[]> {
  const path = conversationPath(conversationId);
  const { status, body } = await api.request({ method: "GET", path, allow: [404], signal });
  const there = conversationAnswer.safeParse(body).data?.conversation;
  const active = there?.activeSwitchboardIntegration;
  const event = { kind: "LEFT" as const, externalId: conversationId, eventId: `left/${conversationId}`, agent: null };
  if (status === 404) return [{ ...event, left: "CLOSED" }];
  if (isMeant(active, config.agentIntegration)) return [];
  // Agents never had it so far: it is being filled.
  if (!receipts.assign && (told === null || isMeant(active, config.integrationName))) return [];
  return [{ ...event, left: told ?? (active ? "RETURNED" : "CLOSED") }];
}

function meaningOf(message: Message, conversationId: string, config: Config): DeskEvent[] {
  const { author, content, metadata, deleted } = message;
  if (author?.type !== "business" || metadata?.baton !== undefined || deleted) return [];
  const agentId = agentOf(message);
  if (agentId === undefined && !config.anyBusinessMessage) return [];
  const words = (content?.text || content?.markdownText || content?.altText || "").trim();
  // A file arrives as its address.
  const text = [words, content?.mediaUrl].filter(Boolean).join("\n");
  if (text === "") return [];
  const eventId = `message/${message.id}`;
  const told = { externalId: conversationId, agent: { id: agentId ?? null, name: author.displayName ?? "" } };
  return [
    { ...told, kind: "REPLIED", text, eventId, messageId: message.id },
    ...(givesBack(words, config)
      ? [{ ...told, kind: "LEFT" as const, left: "RETURNED" as const, eventId: `${eventId}/back` }]
      : []),
  ];
}

/** The agent who wrote it; null: one without a name; undefined: none (a trigger's automatic text, a bot, the system). */
function agentOf({ author, metadata }: Message): string | null | undefined {
  const id = metadata?.["__zendesk_msg.agent.id"];
  if (typeof id === "string" || typeof id === "number") {
    const known = String(id);
    return known === "" || known.startsWith("__") ? undefined : known;
  }
  return author?.subtypes?.includes("agent") ? null : undefined;
}
