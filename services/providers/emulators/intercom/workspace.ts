import { createHmac, randomUUID } from "node:crypto";
import type { EmulatorTools } from "../emulator";

export interface Author {
  type: "admin" | "user" | "bot";
  id: string;
  name: string | null;
  email: string | null;
}

export interface Part {
  id: string;
  part_type: "comment" | "note" | "assignment" | "close" | "open";
  /** Plain text, as webhooks of version 2.15 and `display_as=plaintext` show it. */
  body: string | null;
  created_at: number;
  assigned_to: { type: "admin" | "team"; id: string } | null;
  author: Author;
}

export interface Conversation {
  id: string;
  created_at: number;
  updated_at: number;
  state: "open" | "closed" | "snoozed";
  contactId: string;
  body: string;
  admin_assignee_id: number | null;
  team_assignee_id: number | null;
  tags: Tag[];
  custom_attributes: Record<string, unknown>;
  parts: Part[];
}

export interface Contact {
  id: string;
  role: "user" | "lead";
  external_id: string | null;
  email: string | null;
  name: string | null;
  created_at: number;
  archived: boolean;
}

export interface Tag {
  type: "tag";
  id: string;
  name: string;
}

export const clientSecret = "emulated-intercom-client-secret";
export const workspaceId = "emulated";
/** Whose token the API is called with. */
export const own = { id: "7001", name: "Baton" };
export const teams = [
  { id: "8001", name: "Support" },
  { id: "8002", name: "Assistant" },
];
export const replied = "conversation.admin.replied";
export const noted = "conversation.admin.noted";
export const seconds = () => Math.floor(Date.now() / 1000);

export type Workspace = ReturnType<typeof createWorkspace>;

/** What a workspace holds, and how it changes; every change is told to the app's webhook, whoever made it. */
export function createWorkspace({ send, nextId }: Pick<EmulatorTools, "send" | "nextId">) {
  const contacts = new Map<string, Contact>();
  const conversations = new Map<string, Conversation>();
  const tags: Tag[] = [];
  const admins = new Map<string, string>([[own.name, own.id]]);

  function add(conversation: Conversation, part: Pick<Part, "part_type" | "author"> & Partial<Part>): Part {
    const added = { body: null, assigned_to: null, ...part, id: String(nextId()), created_at: seconds() };
    conversation.parts.push(added);
    conversation.updated_at = added.created_at;
    return added;
  }

  function assign(conversation: Conversation, author: Author, type: "admin" | "team", id: string): Promise<void> {
    const assignee = id === "0" ? null : Number(id);
    if (type === "team") conversation.team_assignee_id = assignee;
    else conversation.admin_assignee_id = assignee;
    const assigned_to = assignee === null ? null : { type, id };
    return notify("conversation.admin.assigned", conversation, [
      add(conversation, { part_type: "assignment", author, assigned_to }),
    ]);
  }

  function close(conversation: Conversation, author: Author, body: string | null): Promise<void> {
    conversation.state = "closed";
    const part = add(conversation, { part_type: "close", author, body });
    return notify("conversation.admin.closed", conversation, [part]);
  }

  /** Tells the app's webhook, signed; only the parts that led to it are in the conversation. */
  function notify(topic: string, conversation: Conversation, parts: Part[]): Promise<void> {
    const call = {
      type: "notification_event",
      app_id: workspaceId,
      data: { type: "notification_event_data", item: shown(conversation, parts, false) },
      links: {},
      id: `notif_${randomUUID()}`,
      topic,
      delivery_status: "pending",
      delivery_attempts: 1,
      delivered_at: 0,
      first_sent_at: seconds(),
      created_at: seconds(),
      self: null,
    };
    return send(call, (raw) => ({
      "x-hub-signature": `sha1=${createHmac("sha1", clientSecret).update(raw).digest("hex")}`,
    }));
  }

  function shown(conversation: Conversation, parts: Part[], html: boolean) {
    const { contactId, body, parts: _parts, tags: tagged, ...facts } = conversation;
    const contact = contacts.get(contactId);
    const { id = "", name = null, email = null } = contact ?? {};
    const text = (plain: string | null) => (plain === null || !html ? plain : asParagraphs(plain));
    return {
      type: "conversation",
      ...facts,
      open: conversation.state === "open",
      title: null,
      source: {
        type: "conversation",
        id: `${conversation.id}0`,
        delivered_as: "customer_initiated",
        subject: "",
        body: text(body),
        author: { type: contact?.role ?? "user", id, name, email },
        attachments: [],
        url: null,
        redacted: false,
      },
      contacts: {
        type: "contact.list",
        contacts: [{ type: "contact", id, external_id: contact?.external_id ?? null }],
      },
      tags: { type: "tag.list", tags: tagged },
      priority: "not_priority",
      conversation_parts: {
        type: "conversation_part.list",
        conversation_parts: parts.map((part) => ({
          type: "conversation_part",
          ...part,
          body: text(part.body),
          attachments: [],
          redacted: false,
        })),
        total_count: parts.length,
      },
    };
  }

  const isAdmin = (id: string) => [...admins.values()].includes(id);

  function authorOf(id: string): Author | null {
    const found = [...admins].find(([, adminId]) => adminId === id);
    return found ? { type: "admin", id, name: found[0], email: emailOf(found[0]) } : null;
  }

  function teammate(name: string): Author {
    const id = admins.get(name) ?? String(nextId());
    admins.set(name, id);
    return { type: "admin", id, name, email: emailOf(name) };
  }

  function conversationOf(externalId: string): Conversation {
    const conversation = conversations.get(externalId);
    if (!conversation) throw new Error(`The emulator has no conversation ${externalId}`);
    return conversation;
  }

  return {
    contacts,
    conversations,
    tags,
    admins,
    add,
    assign,
    close,
    notify,
    shown,
    isAdmin,
    authorOf,
    teammate,
    conversationOf,
  };
}

export function shownAdmin(name: string, id: string) {
  return {
    type: "admin",
    id,
    name,
    email: emailOf(name),
    away_mode_enabled: false,
    away_mode_reassign: false,
    has_inbox_seat: true,
    team_ids: [],
  };
}

const emailOf = (name: string) => `${name.toLowerCase().replace(/[^a-z]+/g, ".")}@agents.example`;

const asParagraphs = (text: string) =>
  text
    .split("\n\n")
    .map((lines) => `<p>${lines.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "<br>")}</p>`)
    .join("\n");
