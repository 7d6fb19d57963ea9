import { createHmac, randomUUID } from "node:crypto";
import { asTextOf, htmlOf } from "./html";

export interface Comment {
  id: number;
  type: "Comment";
  author_id: number;
  public: boolean;
  body: string;
  html_body: string;
  plain_body: string;
}

interface Audit {
  id: number;
  ticket_id: number;
  author_id: number;
  created_at: string;
  metadata: { system: Record<string, unknown>; custom: Record<string, unknown> };
  events: Comment[];
}

export interface Ticket {
  id: number;
  subject: string | null;
  status: "new" | "open" | "pending" | "hold" | "solved" | "closed";
  priority: "low" | "normal" | "high" | "urgent" | null;
  requester_id: number;
  assignee_id: number | null;
  group_id: number | null;
  external_id: string | null;
  tags: string[];
  created_at: string;
  updated_at: string;
  /** These two are not part of an answer. */
  audits: Audit[];
  /** When it was changed, in milliseconds. */
  updates: number[];
}

interface User {
  id: number;
  name: string;
  email: string | null;
  role: "end-user" | "agent" | "admin";
}

export interface GivenComment {
  body?: string | undefined;
  html_body?: string | undefined;
  public?: boolean | undefined;
  author_id?: number | undefined;
}

type Send = (body: unknown, headersFor: (raw: string) => Record<string, string>) => Promise<void>;

export const webhookSecret = "emulated-zendesk-signing-secret";
export const groups = [
  { id: 360001, name: "Support" },
  { id: 360002, name: "Billing" },
];
/** In whose name the API is called. */
export const apiUser = 501;
/** Zendesk cuts what is longer, and says nothing. */
const mostCommentBytes = 65_536;

/** The account behind the API: its tickets and people. What changes in a ticket is told to the webhook. */
export function createAccount({ nextId, send }: { nextId: () => number; send: Send }) {
  const tickets = new Map<number, Ticket>();
  const users = new Map<number, User>([
    [apiUser, { id: apiUser, name: "Baton", email: "baton@example.com", role: "admin" }],
  ]);

  function requesterId({ name, email }: { name: string; email?: string | undefined }): number {
    const known = email && [...users.values()].find((user) => user.email === email);
    if (known) return known.id;
    const user: User = { id: nextId(), name, email: email ?? null, role: "end-user" };
    users.set(user.id, user);
    return user.id;
  }

  function agentId(name: string): number {
    const known = [...users.values()].find((user) => user.role === "agent" && user.name === name);
    const id = known?.id ?? nextId();
    users.set(id, { id, name, email: null, role: "agent" });
    return id;
  }

  /** One change of a ticket with the comment that came with it; `told` once the webhook was. */
  function addAudit(
    ticket: Ticket,
    given: GivenComment | undefined,
    { by = apiUser, custom = {} }: { by?: number; custom?: Record<string, unknown> | undefined },
  ): { audit: Audit; told: Promise<void> } {
    const authorId = given?.author_id ?? by;
    const first = ticket.audits.length === 0;
    const added: Comment[] = [];
    if (given) {
      const html = cut(given.html_body ?? htmlOf(given.body ?? ""));
      const isPublic = given.public ?? commentsOf(ticket)[0]?.public ?? true;
      const text = asTextOf(html);
      const body = { body: text, plain_body: text, html_body: html };
      added.push({ id: nextId(), type: "Comment", author_id: authorId, public: isPublic, ...body });
    }
    const audit: Audit = {
      id: nextId(),
      ticket_id: ticket.id,
      author_id: authorId,
      created_at: new Date().toISOString(),
      metadata: { system: {}, custom },
      events: added,
    };
    ticket.audits.push(audit);
    ticket.updated_at = audit.created_at;
    const [comment] = added;
    if (!comment) return { audit, told: Promise.resolve() };
    const user = users.get(authorId);
    const author = { id: String(authorId), is_staff: user?.role !== "end-user", name: user?.name ?? "" };
    const { id, body, public: is_public } = comment;
    const event = { comment: { id: String(id), body, is_public, author } };
    return { audit, told: tell(first ? "created" : "comment_added", ticket, first ? {} : event, by) };
  }

  /** Changes fields and tells of each; a ticket that somebody is given opens. */
  async function change(ticket: Ticket, facts: Partial<Ticket>, by = apiUser): Promise<void> {
    const before = { ...ticket };
    Object.assign(ticket, facts);
    if (ticket.assignee_id !== null) ticket.group_id ??= groups[0]?.id ?? null;
    if (ticket.assignee_id !== null && ticket.status === "new") ticket.status = "open";
    const changes = [
      ["agent_assignment_changed", text(before.assignee_id), text(ticket.assignee_id)],
      ["group_assignment_changed", text(before.group_id), text(ticket.group_id)],
      ["status_changed", before.status.toUpperCase(), ticket.status.toUpperCase()],
    ] as const;
    for (const [kind, previous, current] of changes)
      if (previous !== current) await tell(kind, ticket, { current, previous }, by);
  }

  /** As a webhook that is subscribed to ticket events gets it: ids are text, statuses upper case. */
  function tell(kind: string, ticket: Ticket, event: Record<string, unknown>, by: number): Promise<void> {
    const time = new Date().toISOString();
    const { id, assignee_id, group_id, requester_id, external_id, status, priority, subject, tags } = ticket;
    const body = {
      type: `zen:event-type:ticket.${kind}`,
      account_id: 12514403,
      id: randomUUID(),
      time,
      zendesk_event_version: "2022-11-06",
      subject: `zen:ticket:${id}`,
      detail: {
        id: String(id),
        actor_id: String(by),
        assignee_id: text(assignee_id),
        group_id: text(group_id),
        requester_id: String(requester_id),
        external_id,
        status: status.toUpperCase(),
        priority: priority?.toUpperCase() ?? null,
        subject,
        tags,
        created_at: ticket.created_at,
        updated_at: ticket.updated_at,
        via: { channel: by === apiUser ? "api" : "web_service" },
      },
      event: { ...event, meta: { sequence: { id: randomUUID(), position: 1, total: 1 } } },
    };
    return send(body, (raw) => ({
      "x-zendesk-account-id": "12514403",
      "x-zendesk-webhook-id": "01EMULATED",
      "x-zendesk-webhook-invocation-id": randomUUID(),
      "x-zendesk-webhook-signature-timestamp": time,
      "x-zendesk-webhook-signature": createHmac("sha256", webhookSecret).update(`${time}${raw}`).digest("base64"),
    }));
  }

  return { tickets, users, requesterId, agentId, addAudit, change };
}

export const commentsOf = ({ audits }: Ticket): Comment[] => audits.flatMap(({ events }) => events);

const text = (value: number | null) => (value === null ? null : String(value));

const cut = (html: string): string => Buffer.from(html, "utf8").subarray(0, mostCommentBytes).toString("utf8");
