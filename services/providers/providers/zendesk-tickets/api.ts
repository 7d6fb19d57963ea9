import { z } from "zod";
import { type DeskAccount, ProviderFailure } from "../../provider";
import { createDeskHttp, type DeskAnswer, type DeskHttp, type DeskRequest } from "../../provider.http";
import { addressOf, type Config } from "./config";
import { authorizationOf } from "./tokens";

export const ticketShape = z.object({
  id: z.int(),
  status: z.string().default("open"),
  requester_id: z.int().nullish(),
  assignee_id: z.int().nullish(),
});
export const ticketsAnswer = z.object({ tickets: z.array(ticketShape) });
export const userAnswer = z.object({
  user: z.object({ id: z.int().nullish(), name: z.string().nullish(), role: z.string().nullish() }),
});

const auditShape = z.object({
  metadata: z.object({ custom: z.object({ baton: z.string().optional() }).nullish() }).nullish(),
  events: z
    .array(
      z.object({
        id: z.int().optional(),
        type: z.string().optional(),
        author_id: z.int().nullish(),
        public: z.boolean().optional(),
        body: z.string().nullish(),
        attachments: z
          .array(z.object({ id: z.int(), content_url: z.string().nullish(), file_name: z.string().nullish() }))
          .nullish(),
      }),
    )
    .default([]),
});
type Audit = z.infer<typeof auditShape>;
const auditsAnswer = z.object({ audits: z.array(auditShape), next_page: z.string().nullish() });
const updateAnswer = z.object({ audit: auditShape.nullish() });
export const madeAnswer = updateAnswer.extend({ ticket: ticketShape });

const faultShape = z.object({ error: z.unknown(), details: z.record(z.string(), z.unknown()).nullish() });

/** Codes and names of fields only: the sentences beside them repeat what was sent. */
export function problemOf(body: unknown): string | null {
  const fault = faultShape.safeParse(body).data;
  const code = typeof fault?.error === "string" && /^\w{1,60}$/.test(fault.error) ? fault.error : null;
  return (
    [code, ...Object.keys(fault?.details ?? {}).map((field) => field.slice(0, 40))].filter(Boolean).join(", ") || null
  );
}

/** The account's API. */
export function apiOf(config: Config, account: DeskAccount): DeskHttp {
  return createDeskHttp({
    baseUrl: addressOf(config),
    account,
    headers: authorizationOf(config, account),
    secrets: [config.clientSecret, config.apiToken, config.refreshToken, config.webhookSecret].filter(
      (text) => text !== undefined,
    ),
    perMinute: config.requestsPerMinute,
    requestIdHeader: "x-request-id",
    pauseMs(headers) {
      if (headers.get("ratelimit-remaining") !== "0") return null;
      return Number(headers.get("ratelimit-reset") ?? 1) * 1000 || null;
    },
    problem: problemOf,
  });
}

/** Changes a ticket; two changes at once make Zendesk refuse one, which is then to be tried again. */
export async function update(api: DeskHttp, request: Omit<DeskRequest, "method">): Promise<DeskAnswer> {
  const allow = [409, ...(request.allow ?? [])];
  // 30 changes of a ticket in ten minutes: other tickets need not wait for this one.
  const answer = await api.request({ ...request, method: "PUT", allow, limitOfItem: true });
  if (answer.status === 409)
    throw new ProviderFailure("the ticket was being changed at the same moment", { retry: true });
  return answer;
}

/** Adds a comment that carries our mark where people do not see it; gives the comment's id, null when it is not told. */
export async function addComment(
  api: DeskHttp,
  ticketId: string,
  comment: { html_body: string; public: boolean; author_id?: number },
  mark: string,
  signal: AbortSignal,
): Promise<string | null> {
  const path = ticketPath(ticketId);
  const json = { ticket: { comment, metadata: { baton: mark } } };
  const { body } = await update(api, { path, json, signal });
  const made = updateAnswer.safeParse(body).data?.audit;
  return made ? commentIdOf(made) : null;
}

/** What Baton wrote into a ticket: the comments' ids by their marks. */
export async function commentsOfOurs(
  api: DeskHttp,
  ticketId: string,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const ours = new Map<string, string>();
  for (const audit of await auditsOf(api, ticketId, signal)) {
    const mark = audit.metadata?.custom?.baton;
    if (mark !== undefined) ours.set(mark, commentIdOf(audit) ?? "");
  }
  return ours;
}

/** The changes of a ticket, in order; 1,000 of them are looked at. */
export async function auditsOf(api: DeskHttp, ticketId: string, signal: AbortSignal): Promise<Audit[]> {
  const all: Audit[] = [];
  for (let page = 1; page <= 10; page += 1) {
    const { audits, next_page } = await api.ask(auditsAnswer, {
      method: "GET",
      path: `${ticketPath(ticketId)}/audits`,
      ...(page > 1 ? { query: { page } } : {}),
      signal,
    });
    all.push(...audits);
    if (!next_page) break;
  }
  return all;
}

export const ticketPath = (id: string) => `/api/v2/tickets/${encodeURIComponent(id)}`;

/** The comment that a change came with. */
export function commentIdOf({ events }: Audit): string | null {
  const id = events.find(({ type }) => type === "Comment")?.id;
  return id === undefined ? null : String(id);
}
