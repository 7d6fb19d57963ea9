import { z } from "zod";
import { type DeskEvent, ProviderFailure, type Webhook, type WebhookInput } from "../../provider";
import type { DeskHttp } from "../../provider.http";
import { givesBack, stopsAssistant } from "../../provider.legacy";
import { actorPath, actorShape, apiOf, channelPath, idShape, type Message, messageShape, messagesOf } from "./api";
import type { Config } from "./config";
import { isAuthentic } from "./signature";

/** What a custom channel calls: an agent wrote to the customer. */
const channelCall = z.object({ type: z.literal("OUTGOING_CHANNEL_MESSAGE_CREATED"), message: messageShape });
/** What the app subscribed to; up to a hundred in one call, repeated and in no order. */
const subscribed = z.object({
  subscriptionType: z.string(),
  objectId: idShape,
  occurredAt: z.number().default(0),
  propertyName: z.string().nullish(),
  propertyValue: z.string().nullish(),
  messageId: idShape.nullish(),
  messageType: z.string().nullish(),
});
type Subscribed = z.infer<typeof subscribed>;

/** How long a reply waits until its sender knows that it is on its way. */
const markMs = 1_500;

export const webhook: Webhook<Config> = {
  proof: "BODY_AND_TIME",
  authentic: isAuthentic,

  callId({ body }) {
    const call = channelCall.safeParse(json(body)).data;
    return call ? `message/${call.message.id}` : null;
  },

  async parse(input) {
    const body = json(input.body);
    const calls = Array.isArray(body) ? body : [body];
    const events: DeskEvent[] = [];
    for (const call of calls) {
      const told = channelCall.safeParse(call).data;
      if (told) events.push(...(await replied(told.message, input)));
    }
    const changes = calls
      .flatMap((call) => subscribed.safeParse(call).data ?? [])
      .sort((one, other) => one.occurredAt - other.occurredAt);
    for (const change of changes) events.push(...(await changed(change, input)));
    return events;
  },
};

async function replied(told: Message, input: WebhookInput<Config>): Promise<DeskEvent[]> {
  const { config, account, carried, signal } = input;
  const externalId = told.conversationsThreadId;
  if (!externalId || !(await carried(externalId))) return [];
  const api = apiOf(config, account);
  // With a secret of ours the call may have come without a signature.
  const message = config.webhookSecret === undefined ? told : await readBack(api, externalId, told.id, signal);
  const sender = message.senders?.[0];
  const actorId = sender?.actorId ?? message.createdBy ?? null;
  // Bots and other apps write through the same channel.
  if (message.direction === "INCOMING" || (actorId && !actorId.startsWith("A-"))) return [];
  const words = [wordsOf(message), ...attachedTo(message)].filter(Boolean).join("\n");
  if (words === "") return [];
  const name = sender?.name || (actorId ? await nameOf(api, actorId, signal) : "");
  const about = { externalId, agent: { id: actorId, name } };
  const eventId = `message/${message.id}`;
  await markSent(api, config, message.id, signal);
  return [
    { ...about, kind: "REPLIED", text: words, eventId, messageId: message.id },
    ...(givesBack(words, config)
      ? [{ ...about, kind: "LEFT" as const, left: "RETURNED" as const, eventId: `${eventId}/back` }]
      : []),
  ];
}

async function changed(change: Subscribed, input: WebhookInput<Config>): Promise<DeskEvent[]> {
  const { subscriptionType, objectId: externalId, propertyName, propertyValue, occurredAt } = change;
  const isNote = subscriptionType === "conversation.newMessage" && change.messageType === "COMMENT";
  const isChange = subscriptionType === "conversation.propertyChange" && propertyValue;
  if (!isNote && !isChange) return [];
  if (!(await input.carried(externalId))) return [];
  const api = apiOf(input.config, input.account);
  if (isNote) return change.messageId ? noted(change.messageId, externalId, input) : [];
  if (propertyName === "assignedTo" && propertyValue?.startsWith("A-")) {
    if (!joins(propertyValue, input.config)) return [];
    const agent = { id: propertyValue, name: await nameOf(api, propertyValue, input.signal) };
    return [{ kind: "JOINED", externalId, eventId: `assigned/${externalId}/${propertyValue}/${occurredAt}`, agent }];
  }
  if (propertyName === "status" && propertyValue === "CLOSED")
    return [{ kind: "LEFT", left: "CLOSED", externalId, eventId: `closed/${externalId}/${occurredAt}`, agent: null }];
  return [];
}

/** Whom Baton or a rule of the inbox assigns has not looked at it yet: they join when they answer. */
function joins(actorId: string, { agentId, assigningTakes }: Config): boolean {
  return assigningTakes && actorId !== `A-${agentId}`;
}

/** A comment that an agent wrote for colleagues; it may hold one of the agreed phrases. */
async function noted(messageId: string, externalId: string, input: WebhookInput<Config>): Promise<DeskEvent[]> {
  const { config, account, signal } = input;
  const api = apiOf(config, account);
  const comment = await readBack(api, externalId, messageId, signal);
  const text = wordsOf(comment);
  // Ours carry a reference; a transcript may well quote an agent's phrase.
  if (comment.type !== "COMMENT" || /^[^\n]*\(ref [0-9a-f]{10}\)/.test(text)) return [];
  const takes = stopsAssistant(text, config);
  const returns = givesBack(text, config);
  if (!takes && !returns) return [];
  const sender = comment.senders?.[0];
  const actorId = sender?.actorId ?? comment.createdBy ?? null;
  const name = sender?.name || (actorId ? await nameOf(api, actorId, signal) : "");
  const about = { externalId, agent: { id: actorId, name } };
  const eventId = `message/${messageId}`;
  return [
    ...(takes ? [{ ...about, kind: "JOINED" as const, eventId }] : []),
    ...(returns ? [{ ...about, kind: "LEFT" as const, left: "RETURNED" as const, eventId: `${eventId}/back` }] : []),
  ];
}

async function readBack(api: DeskHttp, threadId: string, messageId: string, signal: AbortSignal): Promise<Message> {
  const found = (await messagesOf(api, threadId, signal)).find(({ id }) => id === messageId);
  if (found) return found;
  throw new ProviderFailure("the thread does not have the message that HubSpot tells of", { retry: true });
}

async function nameOf(api: DeskHttp, actorId: string, signal: AbortSignal): Promise<string> {
  const answer = await api.request({ method: "GET", path: actorPath(actorId), allow: [400, 403, 404], signal });
  return actorShape.safeParse(answer.body).data?.name ?? "";
}

/** Tells the agent that the reply is on its way; the reply itself does not wait long for it. */
async function markSent(api: DeskHttp, config: Config, messageId: string, signal: AbortSignal): Promise<void> {
  const path = `${channelPath(config)}/messages/${encodeURIComponent(messageId)}`;
  const brief = AbortSignal.any([signal, AbortSignal.timeout(markMs)]);
  await api.request({ method: "PATCH", path, json: { statusType: "SENT" }, signal: brief }).catch((error: unknown) => {
    if (!(error instanceof ProviderFailure)) throw error;
  });
}

function wordsOf({ text, richText }: Message): string {
  const words = text?.trim() ?? "";
  if (words !== "" || !richText) return words;
  return richText
    .replace(/<br\s*\/?>|<\/(p|div|li)>(?=.)/gi, "\n")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .trim();
}

/** A file that an agent sends arrives as its address. */
function attachedTo({ attachments }: Message): string[] {
  return (attachments ?? []).flatMap(({ name, url }) => (url ? [name ? `${name}: ${url}` : url] : []));
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
