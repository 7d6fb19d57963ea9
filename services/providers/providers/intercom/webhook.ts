import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { DeskEvent, Webhook, WebhookInput } from "../../provider";
import { givesBack, stopsAssistant } from "../../provider.legacy";
import { apiOf, conversationShape, meShape, namedShape, type Part, partsIn } from "./api";
import type { Config } from "./config";

const callShape = z.object({
  id: z.string().nullish(),
  topic: z.string(),
  data: z.object({ item: conversationShape }),
});

const opened = "conversation.admin.opened";
/** With these topics come the words that agents write to customers. */
const replyTopics = ["conversation.admin.replied", "conversation.admin.closed", opened];
const replyTypes = ["comment", "close", "open"];
const assignTopics = ["conversation.admin.assigned", "conversation.admin.open.assigned"];

export const webhook: Webhook<Config> = {
  proof: "BODY",

  authentic({ headers, body }, { clientSecret }) {
    const given = /^sha1=([0-9a-f]{40})$/.exec(headers["x-hub-signature"] ?? "")?.[1];
    if (!given) return false;
    return timingSafeEqual(Buffer.from(given, "hex"), createHmac("sha1", clientSecret).update(body).digest());
  },

  callId: ({ body }) => callShape.safeParse(json(body)).data?.id ?? null,

  async parse(input) {
    const call = callShape.safeParse(json(input.body)).data;
    if (!call?.topic.startsWith("conversation.admin.")) return [];
    const { item } = call.data;
    const carried = await input.carried(item.id);
    if (!carried) return [];
    const events: DeskEvent[] = [];
    for (const part of partsIn(item))
      events.push(...(await told(call.topic, item.id, part, carried.receipts.contact?.ids?.admin, input)));
    return events;
  },
};

async function told(
  topic: string,
  externalId: string,
  part: Part,
  ownAdmin: string | undefined,
  input: WebhookInput<Config>,
): Promise<DeskEvent[]> {
  const { config } = input;
  const text = plain(part.body ?? "");
  // Baton's notes carry a reference; a transcript may well quote an agent's phrase.
  if (part.author?.type !== "admin" || / ?ref [0-9a-f]{10}$/.test(text)) return [];
  const agent = { id: part.author.id ?? null, name: part.author.name ?? "" };
  const eventId = `part/${part.id}`;
  const about = { externalId, agent };
  const back: DeskEvent[] = givesBack(text, config)
    ? [{ ...about, kind: "LEFT", left: "RETURNED", eventId: `${eventId}/back` }]
    : [];

  if (topic === "conversation.admin.noted")
    return [...(stopsAssistant(text, config) ? [{ ...about, kind: "JOINED" as const, eventId }] : []), ...back];
  if (assignTopics.includes(topic) || (topic === opened && part.assigned_to))
    return assigned(part, about, eventId, ownAdmin, input);
  if (!replyTopics.includes(topic) || !replyTypes.includes(part.part_type)) return [];
  const words = [text, ...attachedTo(part)].filter(Boolean).join("\n");
  const replied: DeskEvent[] =
    words === "" ? [] : [{ ...about, kind: "REPLIED", text: words, eventId, messageId: part.id }, ...back];
  if (topic === "conversation.admin.replied" || (await isOurs(part, ownAdmin, input))) return replied;
  if (topic === "conversation.admin.closed")
    return [...replied, { ...about, kind: "LEFT", left: "CLOSED", eventId: `${eventId}/closed` }];
  return [{ ...about, kind: "JOINED", eventId: `${eventId}/opened` }, ...replied];
}

/** Somebody got the conversation: an agent takes it with that, and what stands for the assistant gives it back. */
async function assigned(
  part: Part,
  about: { externalId: string; agent: { id: string | null; name: string } },
  eventId: string,
  ownAdmin: string | undefined,
  input: WebhookInput<Config>,
): Promise<DeskEvent[]> {
  const { type, id, name: known } = part.assigned_to ?? {};
  if (!id || (await isOurs(part, ownAdmin, input))) return [];
  if (id === input.config.handBackTo) return [{ ...about, kind: "LEFT", left: "RETURNED", eventId }];
  if (type !== "admin") return [];
  const name = known || (id === about.agent.id ? about.agent.name : await nameOf(id, input));
  return [{ kind: "JOINED", externalId: about.externalId, eventId, agent: { id, name } }];
}

/** Assigning and closing is what Baton does as well, with the token's own teammate. */
async function isOurs(
  { author }: Part,
  ownAdmin: string | undefined,
  { config, account, signal }: WebhookInput<Config>,
): Promise<boolean> {
  const own = ownAdmin ?? (await apiOf(config, account).ask(meShape, { method: "GET", path: "/me", signal })).id;
  return author?.id === own;
}

async function nameOf(adminId: string, { config, account, signal }: WebhookInput<Config>): Promise<string> {
  const path = `/admins/${encodeURIComponent(adminId)}`;
  const { body } = await apiOf(config, account).request({ method: "GET", path, allow: [403, 404], signal });
  return namedShape.safeParse(body).data?.name ?? "";
}

/** A file that an agent sends arrives as its address. */
function attachedTo({ attachments }: Part): string[] {
  return (attachments ?? []).flatMap(({ name, url }) => (url ? [name ? `${name}: ${url}` : url] : []));
}

/** Bodies are plain text since version 2.15 of the webhooks, and HTML in an app that was left at an older one. */
function plain(body: string): string {
  const text = body.trim();
  if (!/^<(p|div|h[1-6]|ul|ol|pre|img|a|b|i)\b.*>$/is.test(text)) return text;
  return text
    .replace(/<br\s*\/?>|<\/(p|div|li|h[1-6])>(?=.)/gi, "\n")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .trim();
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
