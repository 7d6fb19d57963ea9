import { createHmac } from "node:crypto";
import { z } from "zod";
import type { DeskEvent, Receipts, Webhook, WebhookInput } from "../../provider";
import { isFresh, sameSecret } from "../../provider.proof";
import { apiOf, auditsOf, commentsOfOurs } from "./api";
import type { Config } from "./config";
import { assigned, commented, ended, fileSent, mattersInNote } from "./happenings";
import { lookAt } from "./look-at";
import { personOf } from "./people";

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
/** Of Baton's own making. */
const reminderType = "baton:reminder";
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
  reminder: (externalId) =>
    Buffer.from(JSON.stringify({ id: `reminder/${externalId}`, type: reminderType, detail: { id: externalId } })),

  async parse(input) {
    const call = callOf(input.body);
    if (!call || !(call.type === reminderType || call.type.startsWith(prefix))) return [];
    const carried = await input.carried(call.detail.id);
    if (!carried) return [];
    if (call.type === reminderType) return lookAt(call.detail.id, input);
    return eventsOf(call, carried.receipts, input);
  },
};

async function eventsOf(call: Call, receipts: Receipts, input: WebhookInput<Config>): Promise<DeskEvent[]> {
  const { detail, event } = call;
  const assignee = idOf(detail.assignee_id);
  const kind = call.type.slice(prefix.length);
  if (gone.has(kind)) return [ended(detail.id, null)];
  if (kind === "comment_added") return commentEvents(call, receipts, input);
  if (kind === "attachment_linked_to_comment") return attachmentEvents(call, input);
  if (kind === "agent_assignment_changed") {
    const agentId = idOf(event.current) ?? assignee;
    if (!agentId || agentId === String(input.config.assigneeId)) return [];
    return [assigned(detail.id, await personOf(agentId, input))];
  }
  if (kind === "status_changed") {
    if (over.has(statusOf(event.current))) return [ended(detail.id, assignee)];
    // Somebody opened it again.
    if (over.has(statusOf(event.previous)) && assignee)
      return [{ ...assigned(detail.id, await personOf(assignee, input)), eventId: `event/${call.id}` }];
  }
  return [];
}

async function commentEvents(call: Call, receipts: Receipts, input: WebhookInput<Config>): Promise<DeskEvent[]> {
  const { comment } = call.event;
  // What the customer writes, here or by e-mail to Zendesk, is no agent's word.
  if (!comment?.author?.is_staff) return [];
  // Nor is it when the customer's address is an agent's own, as when a team tries Baton out.
  if (comment.author.id && comment.author.id === receipts.conversation?.ids?.requester) return [];
  // The customer's last words, should Zendesk take them for those of whoever made the ticket.
  if (comment.id === receipts.conversation?.ids?.firstComment) return [];
  const { author, is_public: isPublic } = comment;
  const text = comment.body ?? "";
  // A transcript may well quote an agent's phrase.
  if (!isPublic && (!mattersInNote(text, input.config) || (await isOurs(call.detail.id, comment.id, receipts, input))))
    return [];
  const agent = { id: author.id ?? null, name: author.name ?? "" };
  return commented(call.detail.id, { id: comment.id, text, isPublic, agent }, input.config);
}

/** A file of an agent's arrives as its address. The call does not tell whose it is, nor whether the customer may see it. */
async function attachmentEvents({ detail, event }: Call, input: WebhookInput<Config>): Promise<DeskEvent[]> {
  const { comment } = event;
  if (!comment?.attachment?.content_url) return [];
  const { id: fileId, content_url: url, filename: name } = comment.attachment;
  const audits = await auditsOf(apiOf(input.config, input.account), detail.id, input.signal);
  const written = audits.flatMap(({ events }) => events).find((one) => String(one.id) === comment.id);
  if (!written?.public || !written.author_id) return [];
  const { isStaff, ...agent } = await personOf(String(written.author_id), input);
  return isStaff ? [fileSent(detail.id, { id: fileId, url, name: name ?? "", agent })] : [];
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
