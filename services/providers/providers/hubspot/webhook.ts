import { z } from "zod";
import { type DeskEvent, ProviderFailure, type Webhook, type WebhookInput } from "../../provider";
import type { DeskHttp } from "../../provider.http";
import { givesBack, stopsAssistant } from "../../provider.legacy";
import { fromHtml } from "../../provider.text";
import {
  actorPath,
  actorShape,
  apiOf,
  channelPath,
  idShape,
  type Message,
  messageShape,
  messagesOf,
  threadPath,
  threadShape,
} from "./api";
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
/** Baton's own call, for what HubSpot's may have missed. */
const reminderShape = z.object({ lookAt: z.string() });
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

  reminder: (externalId) => Buffer.from(JSON.stringify({ lookAt: externalId })),

  async parse(input) {
    const body = json(input.body);
    const { lookAt } = reminderShape.safeParse(body).data ?? {};
    if (lookAt !== undefined) return looked(lookAt, [], input);
    const calls = Array.isArray(body) ? body : [body];
    const messages = calls.flatMap((call) => {
      const message = channelCall.safeParse(call).data?.message;
      // What the channel calls is what agents wrote, whether it says so or not.
      return message
        ? [{ ...message, type: message.type ?? "MESSAGE", direction: message.direction ?? "OUTGOING" }]
        : [];
    });
    const changes = calls
      .flatMap((call) => subscribed.safeParse(call).data ?? [])
      .sort((one, other) => one.occurredAt - other.occurredAt);
    const events: DeskEvent[] = [];
    // With a secret of ours a call may have come without a signature: it is a hint, and what counts is read.
    if (input.config.webhookSecret !== undefined) {
      const threads = [...messages.map((one) => one.conversationsThreadId), ...changes.map((one) => one.objectId)];
      for (const id of new Set(threads)) if (id) events.push(...(await looked(id, messages, input)));
      return events;
    }
    for (const message of messages) {
      const { conversationsThreadId: id } = message;
      if (id && (await input.carried(id))) events.push(...(await replied(message, id, true, input)));
    }
    for (const change of changes) events.push(...(await changed(change, input)));
    return events;
  },
};

/** Everything that happened in a thread so far; `told` must be in it. */
async function looked(externalId: string, told: Message[], input: WebhookInput<Config>): Promise<DeskEvent[]> {
  if (!(await input.carried(externalId))) return [];
  const { config, account, signal } = input;
  const api = apiOf(config, account);
  const thread = await api.ask(threadShape, { method: "GET", path: threadPath(externalId), signal });
  const messages = await messagesOf(api, externalId, signal);
  const news = told.filter(({ conversationsThreadId: id }) => id === externalId).map(({ id }) => id);
  if (news.some((id) => !messages.some((message) => message.id === id))) throw notThere();
  const events = thread.assignedTo ? await assigned(thread.assignedTo, externalId, input) : [];
  const time = ({ createdAt }: Message) => Date.parse(createdAt ?? "") || 0;
  for (const message of messages.sort((one, other) => time(one) - time(other)))
    events.push(
      ...(message.type === "COMMENT"
        ? await noted(message, externalId, input)
        : await replied(message, externalId, news.includes(message.id), input)),
    );
  return thread.status === "CLOSED" ? [...events, closed(externalId)] : events;
}

async function replied(
  message: Message,
  externalId: string,
  isNew: boolean,
  { config, account, signal }: WebhookInput<Config>,
): Promise<DeskEvent[]> {
  const api = apiOf(config, account);
  const sender = message.senders?.[0];
  const actorId = sender?.actorId ?? message.createdBy ?? null;
  if (message.direction !== "OUTGOING" || message.type !== "MESSAGE") return [];
  // Bots and other apps write through the same channel.
  if (actorId && !actorId.startsWith("A-")) return [];
  const words = [wordsOf(message), ...attachedTo(message)].filter(Boolean).join("\n");
  if (words === "") return [];
  const name = sender?.name || (actorId ? await nameOf(api, actorId, signal) : "");
  const about = { externalId, agent: { id: actorId, name } };
  const eventId = `message/${message.id}`;
  if (isNew) await markSent(api, config, message.id, signal);
  return [
    { ...about, kind: "REPLIED", text: words, eventId, messageId: message.id },
    ...(givesBack(words, config)
      ? [{ ...about, kind: "LEFT" as const, left: "RETURNED" as const, eventId: `${eventId}/back` }]
      : []),
  ];
}

async function changed(change: Subscribed, input: WebhookInput<Config>): Promise<DeskEvent[]> {
  const { subscriptionType, objectId: externalId, propertyName, propertyValue, messageId } = change;
  const isNote = subscriptionType === "conversation.newMessage" && change.messageType === "COMMENT";
  const isChange = subscriptionType === "conversation.propertyChange" && propertyValue;
  if ((!isNote && !isChange) || !(await input.carried(externalId))) return [];
  if (isNote) {
    const comments = await messagesOf(apiOf(input.config, input.account), externalId, input.signal);
    const comment = comments.find(({ id }) => id === messageId);
    if (!comment) throw notThere();
    return noted(comment, externalId, input);
  }
  if (propertyName === "assignedTo" && propertyValue) return assigned(propertyValue, externalId, input);
  return propertyName === "status" && propertyValue === "CLOSED" ? [closed(externalId)] : [];
}

const closed = (externalId: string): DeskEvent => ({
  kind: "LEFT",
  left: "CLOSED",
  externalId,
  eventId: `closed/${externalId}`,
  agent: null,
});

const notThere = () =>
  new ProviderFailure("the thread does not have the message that HubSpot tells of", { retry: true });

/** Whom Baton or a rule of the inbox assigns has not looked at it yet: they join when they answer. */
async function assigned(
  actorId: string,
  externalId: string,
  { config, account, signal }: WebhookInput<Config>,
): Promise<DeskEvent[]> {
  if (!config.assigningTakes || !actorId.startsWith("A-") || actorId === `A-${config.agentId}`) return [];
  const agent = { id: actorId, name: await nameOf(apiOf(config, account), actorId, signal) };
  return [{ kind: "JOINED", externalId, eventId: `assigned/${externalId}/${actorId}`, agent }];
}

/** A comment that an agent wrote for colleagues; it may hold one of the agreed phrases. */
async function noted(
  comment: Message,
  externalId: string,
  { config, account, signal }: WebhookInput<Config>,
): Promise<DeskEvent[]> {
  const text = wordsOf(comment);
  // Ours carry a reference; a transcript may well quote an agent's phrase.
  if (comment.type !== "COMMENT" || /^[^\n]*\(ref [0-9a-f]{10}\)/.test(text)) return [];
  const takes = stopsAssistant(text, config);
  const returns = givesBack(text, config);
  if (!takes && !returns) return [];
  const sender = comment.senders?.[0];
  const actorId = sender?.actorId ?? comment.createdBy ?? null;
  const name = sender?.name || (actorId ? await nameOf(apiOf(config, account), actorId, signal) : "");
  const about = { externalId, agent: { id: actorId, name } };
  const eventId = `message/${comment.id}`;
  return [
    ...(takes ? [{ ...about, kind: "JOINED" as const, eventId }] : []),
    ...(returns ? [{ ...about, kind: "LEFT" as const, left: "RETURNED" as const, eventId: `${eventId}/back` }] : []),
  ];
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
  return fromHtml(richText);
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
