import { createHmac } from "node:crypto";
import { z } from "zod";
import { type DeskEvent, ProviderFailure, type Receipts, type Webhook, type WebhookInput } from "../../provider";
import { givesBack, stopsAssistant } from "../../provider.legacy";
import { isFresh, sameSecret } from "../../provider.proof";
import { apiOf, commentOf, commentsOfOurs, userAnswer } from "./api";
import type { Config } from "./config";

const id = z.coerce.string().regex(/^\d{1,18}$/);
const callShape = z.object({
  id: z.string().min(1).max(200),
  type: z.string(),
  detail: z.object({ id, assignee_id: z.coerce.string().nullish() }),
  event: z
    .object({
      comment: z
        .object({
          id,
          body: z.string().nullish(),
          is_public: z.boolean().default(false),
          author: z
            .object({
              id: z.coerce.string().nullish(),
              is_staff: z.boolean().default(false),
              name: z.string().nullish(),
            })
            .nullish(),
          attachment: z.object({ id, content_url: z.string().nullish(), filename: z.string().nullish() }).optional(),
        })
        .optional(),
      current: z.unknown().optional(),
      previous: z.unknown().optional(),
    })
    .default({}),
});
type Call = z.infer<typeof callShape>;

const prefix = "zen:event-type:ticket.";
const over = new Set(["SOLVED", "CLOSED"]);
const gone = new Set(["soft_deleted", "permanently_deleted", "marked_as_spam"]);

/** Ticket events, signed over time and body. All tickets of the account arrive here; only Baton's are looked at. */
export const webhook: Webhook<Config> = {
  proof: "BODY_AND_TIME",
  authentic({ headers, body, receivedAt }, { webhookSecret }) {
    const time = headers["x-zendesk-webhook-signature-timestamp"] ?? "";
    const signed = createHmac("sha256", webhookSecret).update(time).update(body).digest("base64");
    return sameSecret(headers["x-zendesk-webhook-signature"], signed) && isFresh(Date.parse(time), receivedAt);
  },
  callId: ({ body }) => callOf(body)?.id ?? null,

  async parse(input) {
    const call = callOf(input.body);
    if (!call?.type.startsWith(prefix)) return [];
    const carried = await input.carried(call.detail.id);
    return carried ? eventsOf(call, carried.receipts, input) : [];
  },
};

async function eventsOf(call: Call, receipts: Receipts, input: WebhookInput<Config>): Promise<DeskEvent[]> {
  const { config } = input;
  const told = { externalId: call.detail.id, eventId: `event/${call.id}` };
  const assignee = idOf(call.detail.assignee_id);
  const kind = call.type.slice(prefix.length);
  if (gone.has(kind)) return [{ ...told, kind: "LEFT", left: "CLOSED", agent: null }];
  if (kind === "comment_added") return commentEvents(call, receipts, input);
  if (kind === "attachment_linked_to_comment") return attachmentEvents(call, input);
  if (kind === "agent_assignment_changed") {
    const agentId = idOf(call.event.current) ?? assignee;
    if (!agentId || agentId === String(config.assigneeId)) return [];
    return [{ ...told, kind: "JOINED", agent: await agentOf(agentId, input) }];
  }
  if (kind === "status_changed") {
    const agent = assignee ? { id: assignee, name: "" } : null;
    if (over.has(statusOf(call.event.current))) return [{ ...told, kind: "LEFT", left: "CLOSED", agent }];
    // Somebody opened it again.
    if (over.has(statusOf(call.event.previous)) && assignee)
      return [{ ...told, kind: "JOINED", agent: await agentOf(assignee, input) }];
  }
  return [];
}

async function commentEvents(call: Call, receipts: Receipts, input: WebhookInput<Config>): Promise<DeskEvent[]> {
  const { comment } = call.event;
  const text = comment?.body?.trim() ?? "";
  // What the customer writes, here or by e-mail to Zendesk, is no agent's word.
  if (!comment?.author?.is_staff || text === "") return [];
  const { config } = input;
  const back = givesBack(text, config);
  const stop = !comment.is_public && stopsAssistant(text, config);
  if (!comment.is_public && !back && !stop) return [];
  // A transcript may well quote an agent's phrase.
  if (!comment.is_public && (await isOurs(call.detail.id, comment.id, receipts, input))) return [];
  const eventId = `comment/${comment.id}`;
  const { author } = comment;
  const told = { externalId: call.detail.id, agent: { id: author.id ?? null, name: author.name ?? "" } };
  return [
    ...(comment.is_public ? [{ ...told, kind: "REPLIED" as const, text, eventId, messageId: comment.id }] : []),
    ...(stop ? [{ ...told, kind: "JOINED" as const, eventId }] : []),
    ...(back ? [{ ...told, kind: "LEFT" as const, left: "RETURNED" as const, eventId: `${eventId}/back` }] : []),
  ];
}

/** A file of an agent's arrives as its address. The call does not tell whose it is, nor whether the customer may see it. */
async function attachmentEvents({ detail, event }: Call, input: WebhookInput<Config>): Promise<DeskEvent[]> {
  const { comment } = event;
  if (!comment?.attachment?.content_url) return [];
  const { id: attachmentId, content_url, filename } = comment.attachment;
  const written = await commentOf(apiOf(input.config, input.account), detail.id, comment.id, input.signal);
  if (!written?.isPublic) return [];
  const { id: agentId, name, isStaff } = await personOf(written.authorId, input);
  if (!isStaff) return [];
  const key = `attachment/${attachmentId}`;
  const text = [filename, content_url].filter(Boolean).join("\n");
  const agent = { id: agentId, name };
  return [{ kind: "REPLIED", externalId: detail.id, eventId: key, messageId: key, text, agent }];
}

async function isOurs(
  ticketId: string,
  commentId: string,
  receipts: Receipts,
  { config, account, signal }: WebhookInput<Config>,
): Promise<boolean> {
  const kept = Object.values({ ...receipts.transcript?.ids, ...receipts.summary?.ids });
  if (kept.includes(commentId)) return true;
  const ours = await commentsOfOurs(apiOf(config, account), ticketId, signal);
  return [...ours.values()].includes(commentId);
}

/** An assignment tells an id; the customer reads a name. */
async function agentOf(agentId: string, input: WebhookInput<Config>) {
  const { id: known, name } = await personOf(agentId, input);
  return { id: known, name };
}

async function personOf(userId: string, { config, account, signal }: WebhookInput<Config>) {
  const asked = { method: "GET" as const, path: `/api/v2/users/${encodeURIComponent(userId)}`, signal };
  const { body } = await apiOf(config, account)
    .request({ ...asked, allow: [404] })
    .catch((error: unknown) => {
      // Not allowed to see people: the handover is taken all the same.
      if (error instanceof ProviderFailure && !error.retry) return { body: null };
      throw error;
    });
  const user = userAnswer.safeParse(body).data?.user;
  return { id: userId, name: user?.name ?? "", isStaff: user?.role === "agent" || user?.role === "admin" };
}

function callOf(body: Buffer): Call | null {
  try {
    return callShape.safeParse(JSON.parse(body.toString("utf8"))).data ?? null;
  } catch {
    return null;
  }
}

/** Ids are text; nobody is null, empty or 0. */
function idOf(value: unknown): string | null {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value : "";
  return /^[1-9]\d{0,17}$/.test(text) ? text : null;
}

const statusOf = (value: unknown): string => (typeof value === "string" ? value.toUpperCase() : "");
