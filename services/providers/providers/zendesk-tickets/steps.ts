import type { z } from "zod";
import {
  type CloseInput,
  type FindInput,
  type ForwardInput,
  ProviderFailure,
  type Receipt,
  type Receipts,
  type Step,
  type StepInput,
  type StepName,
} from "../../provider";
import type { DeskHttp } from "../../provider.http";
import { legacyTagsOf } from "../../provider.legacy";
import { asHtml, lastWords, markOf, partsOf, refOf, subjectOf, transcriptEntries } from "../../provider.text";
import {
  addComment,
  apiOf,
  commentIdOf,
  commentsOfOurs,
  madeAnswer,
  problemOf,
  ticketPath,
  ticketShape,
  ticketsAnswer,
  update,
  userAnswer,
} from "./api";
import { addressOf, type Config } from "./config";

/** Zendesk cuts a comment at 64 kB and says nothing. */
const mostCommentBytes = 60_000;

/**
 * The ticket, found by its mark in `external_id` or made, with the customer's last words. Zendesk makes it once for one
 * `Idempotency-Key` besides, for two hours.
 */
const conversation: Step<Config> = async ({ config, account, handing, idempotencyKey, signal }) => {
  const api = apiOf(config, account);
  const mark = markOf(idempotencyKey);
  const found = await findTicket(api, mark, signal);
  if (found) return ticketReceipt(config, found);

  const { customer, reason } = handing;
  const { brandId, ticketFormId, priority, publicFirstComment } = config;
  const make = (email: string | null) =>
    api.request({
      method: "POST",
      path: "/api/v2/tickets",
      // Another body under the same key is refused.
      headers: { "idempotency-key": email === customer.email ? idempotencyKey : `${idempotencyKey}-2` },
      json: {
        ticket: {
          subject: subjectOf(handing, 150),
          comment: { html_body: commentParts([lastWords(handing)])[0] ?? "", public: publicFirstComment },
          requester: { name: customer.name || "Customer", ...(email ? { email } : {}) },
          external_id: mark,
          priority,
          tags: legacyTagsOf(reason, config, handing.transcript),
          ...(brandId === undefined ? {} : { brand_id: brandId }),
          ...(ticketFormId === undefined ? {} : { ticket_form_id: ticketFormId }),
        },
      },
      allow: [400, 422],
      signal,
    });
  let answer = await make(customer.email);
  // An address that Zendesk does not take must not keep the customer from a person; the summary names it.
  if (answer.status === 422 && customer.email && problemOf(answer.body)?.includes("requester"))
    answer = await make(null);
  if (answer.status >= 400) {
    const problem = problemOf(answer.body);
    const { requestId } = answer;
    throw new ProviderFailure(`POST /api/v2/tickets answered ${answer.status}${problem ? `: ${problem}` : ""}`, {
      // It was made a moment ago, with other words (the summary came meanwhile): the next search finds it.
      retry: problem?.includes("IdempotentRequestError") ?? false,
      ...(requestId ? { requestId } : {}),
    });
  }
  const made = madeAnswer.safeParse(answer.body).data;
  if (!made) throw new ProviderFailure("POST /api/v2/tickets answered without a ticket", { retry: true });
  return ticketReceipt(config, made.ticket, made.audit ? commentIdOf(made.audit) : null);
};

async function findTicket(api: DeskHttp, mark: string, signal: AbortSignal) {
  const { tickets } = await api.ask(ticketsAnswer, {
    method: "GET",
    path: "/api/v2/tickets",
    query: { external_id: mark },
    signal,
  });
  return tickets.sort((a, b) => a.id - b.id)[0];
}

/** The ticket that was made, although its answer was lost. */
export async function find({ config, account, idempotencyKey, signal }: FindInput<Config>): Promise<Receipt | null> {
  const found = await findTicket(apiOf(config, account), markOf(idempotencyKey), signal);
  return found ? ticketReceipt(config, found) : null;
}

/** What was said, as internal notes. */
const transcript: Step<Config> = (input) => {
  const parts = commentParts(transcriptEntries(input.handing.transcript));
  return addNotes(
    input,
    parts.map((html, index) => ({
      name: `transcript${index + 1}`,
      html: `<b>Conversation with the assistant${parts.length > 1 ? ` (${index + 1} of ${parts.length})` : ""}</b><br>${html}`,
    })),
  );
};

const summary: Step<Config> = (input) =>
  addNotes(input, [
    { name: "summary", html: `<b>Summary</b><br>${commentParts([input.handing.summary?.text ?? ""])[0] ?? ""}` },
  ]);

/** Adds to those that are there. */
const tags: Step<Config> = async ({ config, account, handing, receipts, signal }) => {
  const wanted = [...new Set(handing.tags.map(asTag).filter(Boolean))];
  if (wanted.length === 0) return {};
  const path = `${ticketPath(ticketIdOf(receipts))}/tags`;
  await update(apiOf(config, account), { path, json: { tags: wanted }, signal });
  return {};
};

/** Last: agents are told of the ticket when everything is in it. */
const assign: Step<Config> = async ({ config, account, receipts, signal }) => {
  const { groupId, assigneeId } = config;
  if (groupId === undefined && assigneeId === undefined) return {};
  const ticket = {
    ...(groupId === undefined ? {} : { group_id: groupId }),
    ...(assigneeId === undefined ? {} : { assignee_id: assigneeId }),
  };
  await update(apiOf(config, account), { path: ticketPath(ticketIdOf(receipts)), json: { ticket }, signal });
  return {};
};

export const steps: Partial<Record<StepName, Step<Config>>> = { conversation, transcript, summary, tags, assign };

/** As a public comment of the requester's. */
export async function forwardMessage({
  config,
  account,
  receipts,
  message,
  idempotencyKey,
  signal,
}: ForwardInput<Config>): Promise<void> {
  const api = apiOf(config, account);
  const ticketId = ticketIdOf(receipts);
  const there = await commentsOfOurs(api, ticketId, signal);
  const requester = receipts.conversation?.ids?.requester;
  const parts = commentParts([message.text]);
  for (const [index, html] of parts.entries()) {
    const mark = refOf(parts.length > 1 ? `${idempotencyKey}/${index}` : idempotencyKey);
    if (there.has(mark)) continue;
    const author = requester ? { author_id: Number(requester) } : {};
    await addComment(api, ticketId, { html_body: html, public: true, ...author }, mark, signal);
  }
}

/** Solves the ticket, unless it is over already. */
export async function close({ config, account, receipts, signal }: CloseInput<Config>): Promise<void> {
  if (!receipts.conversation?.externalId) return;
  const api = apiOf(config, account);
  const path = ticketPath(ticketIdOf(receipts));
  const { status, body } = await api.request({ method: "GET", path, allow: [404], signal });
  // Deleted: nothing waits there for anybody.
  if (status === 404) return;
  const ticket = ticketShape.safeParse((body as { ticket?: unknown } | null)?.ticket).data;
  if (ticket && ["solved", "closed", "deleted"].includes(ticket.status)) return;
  const solve = (more: Record<string, unknown>) =>
    update(api, { path, json: { ticket: { status: "solved", ...more } }, allow: [422], signal });
  let answer = await solve({});
  // A ticket that is nobody's may have to be somebody's to be solved: it is Baton's then.
  if (answer.status === 422 && !ticket?.assignee_id) {
    const { user } = await api.ask(userAnswer, { method: "GET", path: "/api/v2/users/me", signal });
    if (user.id) answer = await solve({ assignee_id: user.id });
  }
  if (answer.status === 422)
    throw new ProviderFailure(`PUT ${path} answered 422: ${problemOf(answer.body) ?? "no reason"}`, { retry: false });
}

/** Writes internal notes that are not there yet; their ids tell later that they are ours. */
async function addNotes(
  { config, account, handing, receipts, signal }: StepInput<Config>,
  notes: { name: string; html: string }[],
): Promise<Receipt> {
  const api = apiOf(config, account);
  const ticketId = ticketIdOf(receipts);
  const there = await commentsOfOurs(api, ticketId, signal);
  const ids: Record<string, string> = {};
  for (const { name, html } of notes) {
    const mark = refOf(`${handing.handoverId}/${name}`);
    const id = there.get(mark) ?? (await addComment(api, ticketId, { html_body: html, public: false }, mark, signal));
    if (id) ids[name] = id;
  }
  return { ids };
}

/** Texts as HTML, put together to as few comments as they fit into. */
export function commentParts(texts: string[]): string[] {
  const parts: string[] = [];
  // No character takes more than six bytes as HTML.
  for (const piece of partsOf(texts, mostCommentBytes / 6)) {
    const html = asHtml(piece);
    const together = `${parts.at(-1)}<br>${html}`;
    if (parts.length > 0 && Buffer.byteLength(together) <= mostCommentBytes) parts[parts.length - 1] = together;
    else parts.push(html);
  }
  return parts;
}

/** A topic as Zendesk takes tags: one word, in lower case. */
export function asTag(topic: string): string {
  return topic
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_/.:-]+/gu, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 100);
}

function ticketReceipt(
  config: Config,
  ticket: z.infer<typeof ticketShape>,
  firstComment: string | null = null,
): Receipt {
  const { id, requester_id: requester } = ticket;
  return {
    externalId: String(id),
    url: `${addressOf(config)}/agent/tickets/${id}`,
    ids: { ...(requester ? { requester: String(requester) } : {}), ...(firstComment ? { firstComment } : {}) },
  };
}

function ticketIdOf(receipts: Receipts): string {
  const id = receipts.conversation?.externalId;
  if (id && /^\d+$/.test(id)) return id;
  throw new ProviderFailure("there is no ticket yet", { retry: false });
}
