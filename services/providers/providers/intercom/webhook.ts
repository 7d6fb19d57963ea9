import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { DeskEvent, Webhook, WebhookInput } from "../../provider";
import { givesBack, stopsAssistant } from "../../provider.legacy";
import { fromHtml } from "../../provider.text";
import { apiOf, conversationOf, conversationShape, meShape, namedShape, type Part, partsIn } from "./api";
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

/** Baton's own call, for what Intercom's may have missed. */
const reminderShape = z.object({ lookAt: z.string() });
/** The topic that tells of a part, as far as the part itself shows it. */
const topicOf: Record<string, string> = {
  comment: "conversation.admin.replied",
  note: "conversation.admin.noted",
  assignment: "conversation.admin.assigned",
  assign_and_reopen: opened,
  close: "conversation.admin.closed",
  open: opened,
};

export const webhook: Webhook<Config> = {
  proof: "BODY",

  authentic({ headers, body }, { clientSecret }) {
    const given = /^sha1=([0-9a-f]{40})$/.exec(headers["x-hub-signature"] ?? "")?.[1];
    if (!given) return false;
    return timingSafeEqual(Buffer.from(given, "hex"), createHmac("sha1", clientSecret).update(body).digest());
  },

  callId: ({ body }) => callShape.safeParse(json(body)).data?.id ?? null,

  reminder: (externalId) => Buffer.from(JSON.stringify({ lookAt: externalId })),

  async parse(input) {
    const body = json(input.body);
    const { lookAt } = reminderShape.safeParse(body).data ?? {};
    const call = callShape.safeParse(body).data;
    const id = lookAt ?? (call?.topic.startsWith("conversation.admin.") ? call.data.item.id : undefined);
    const carried = id === undefined ? null : await input.carried(id);
    if (id === undefined || !carried) return [];
    const item = lookAt ? await conversationOf(apiOf(input.config, input.account), id, input.signal) : call?.data.item;
    const events: DeskEvent[] = [];
    for (const part of item ? partsIn(item) : []) {
      const topic = lookAt ? topicOf[part.part_type] : call?.topic;
      if (topic) events.push(...(await told(topic, id, part, carried.receipts.contact?.ids?.admin, input)));
    }
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
  const { author, part_type } = part;
  // What customers and their replies do is told by others.
  if (author?.type !== "admin" && author?.type !== "bot") return [];
  const text = plain(part.body ?? "");
  const agent = { id: author.id ?? null, name: author.name ?? "" };
  const about = { externalId, agent };
  const eventId = `part/${part.id}`;
  const back: DeskEvent[] = givesBack(text, config)
    ? [{ ...about, kind: "LEFT", left: "RETURNED", eventId: `${eventId}/back` }]
    : [];
  const isOwn = () => isOurs(part, ownAdmin, input);

  if (topic === "conversation.admin.noted") {
    // A transcript of Baton's may well quote an agent's phrase.
    if (author.type !== "admin" || (/ref [0-9a-f]{10}$/.test(text) && (await isOwn()))) return [];
    return [...(stopsAssistant(text, config) ? [{ ...about, kind: "JOINED" as const, eventId }] : []), ...back];
  }
  if (assignTopics.includes(topic) || (topic === opened && part.assigned_to))
    return (await isOwn()) ? [] : assigned(part, about, eventId, input);
  if (!replyTopics.includes(topic)) return [];
  const words = [text, ...attachedTo(part)].filter(Boolean).join("\n");
  const replied: DeskEvent[] =
    author.type === "admin" && replyTypes.includes(part_type) && words !== ""
      ? [{ ...about, kind: "REPLIED", text: words, eventId, messageId: part.id }, ...back]
      : [];
  if (topic === "conversation.admin.replied" || (await isOwn())) return replied;
  if (topic === "conversation.admin.closed") {
    const by = author.type === "admin" ? agent : null;
    return [...replied, { kind: "LEFT", left: "CLOSED", externalId, eventId: `${eventId}/closed`, agent: by }];
  }
  if (author.type === "bot") return [];
  return [{ ...about, kind: "JOINED", eventId: `${eventId}/opened` }, ...replied];
}

/**
 * Somebody got the conversation: an agent takes it with that, and what stands for the assistant gives it back. Whom a
 * rule assigns has not looked at it yet: they join when they answer.
 */
async function assigned(
  { assigned_to, author }: Part,
  about: { externalId: string; agent: { id: string | null; name: string } },
  eventId: string,
  input: WebhookInput<Config>,
): Promise<DeskEvent[]> {
  const { type, id, name: known } = assigned_to ?? {};
  if (!id) return [];
  const byAgent = author?.type === "admin";
  if (id === input.config.handBackTo)
    return [{ ...about, agent: byAgent ? about.agent : null, kind: "LEFT", left: "RETURNED", eventId }];
  if (type !== "admin" || !byAgent) return [];
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
  return fromHtml(text);
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
