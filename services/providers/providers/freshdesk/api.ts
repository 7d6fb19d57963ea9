import { z } from "zod";
import type { DeskAccount } from "../../provider";
import { createDeskHttp, type DeskHttp } from "../../provider.http";
import { addressOf, type Config } from "./config";

export const ticketShape = z.object({
  id: z.int(),
  status: z.int(),
  requester_id: z.int().optional(),
  responder_id: z.int().nullish(),
  tags: z.array(z.string()).default([]),
});

export const noteShape = z.object({
  id: z.int(),
  body_text: z.string().nullish(),
  incoming: z.boolean().default(false),
  private: z.boolean().default(false),
  user_id: z.int().nullish(),
  attachments: z.array(z.object({ name: z.string().nullish(), attachment_url: z.string().nullish() })).nullish(),
});
export type Note = z.infer<typeof noteShape>;

export const searchShape = z.object({ results: z.array(ticketShape) });
export const groupsShape = z.array(z.object({ id: z.int(), name: z.string().nullish() }));

const faultShape = z.object({
  code: z.string().optional(),
  errors: z.array(z.object({ field: z.string().optional(), code: z.string().optional() })).optional(),
});

/** The account's API, version 2. */
export function apiOf(config: Config, account: DeskAccount): DeskHttp {
  return createDeskHttp({
    baseUrl: `${addressOf(config)}/api/v2`,
    account,
    headers: { authorization: `Basic ${Buffer.from(`${config.apiKey}:X`).toString("base64")}` },
    secrets: [config.apiKey, config.webhookSecret],
    requestIdHeader: "x-request-id",
    // Refused calls count as well: better none until the minute has moved on.
    pauseMs: (headers) => (headers.get("x-ratelimit-remaining") === "0" ? 5_000 : null),
    // Names and codes only: the sentences beside them repeat what was sent.
    problem(body) {
      const fault = faultShape.safeParse(body).data;
      const fields = fault?.errors?.map(({ field, code }) => [field, code].filter(Boolean).join(" ")) ?? [];
      return [fault?.code, ...fields].filter(Boolean).join(", ") || null;
    },
  });
}

/** All notes and replies of a ticket, in order; `most` pages of 100 at most. */
export async function notesOf(api: DeskHttp, ticketId: string, signal: AbortSignal, most = 10): Promise<Note[]> {
  const notes: Note[] = [];
  for (let page = 1; page <= most; page += 1) {
    const found = await api.ask(z.array(noteShape), {
      method: "GET",
      path: `/tickets/${encodeURIComponent(ticketId)}/conversations`,
      query: { page, per_page: 100 },
      signal,
    });
    notes.push(...found);
    if (found.length < 100) break;
  }
  return notes;
}
