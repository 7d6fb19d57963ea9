import { createHmac, randomUUID } from "node:crypto";
import type { Request, Response } from "express";
import type { z } from "zod";
import type { EmulatorDefinition } from "../emulator";
import * as shapes from "./shapes";

interface Author {
  type: "admin" | "user" | "bot";
  id: string;
  name: string | null;
  email: string | null;
}

interface Part {
  id: string;
  part_type: "comment" | "note" | "assignment" | "close" | "open";
  /** Plain text, as webhooks of version 2.15 and `display_as=plaintext` show it. */
  body: string | null;
  created_at: number;
  assigned_to: { type: "admin" | "team"; id: string } | null;
  author: Author;
}

interface Conversation {
  id: string;
  created_at: number;
  updated_at: number;
  state: "open" | "closed" | "snoozed";
  contactId: string;
  body: string;
  admin_assignee_id: number | null;
  team_assignee_id: number | null;
  tags: { type: "tag"; id: string; name: string }[];
  custom_attributes: Record<string, unknown>;
  parts: Part[];
}

interface Contact {
  id: string;
  role: "user" | "lead";
  external_id: string | null;
  email: string | null;
  name: string | null;
  created_at: number;
  archived: boolean;
}

const accessToken = "emulated-intercom-token";
/** Of an app that was given no permissions. */
const narrowToken = "emulated-intercom-token-of-a-narrow-app";
const clientSecret = "emulated-intercom-client-secret";
const workspace = "emulated";
/** Whose token the API is called with. */
const own = { id: "7001", name: "Baton" };
const teams = [
  { id: "8001", name: "Support" },
  { id: "8002", name: "Assistant" },
];
const attributes = [{ name: "Baton handover", archived: false, api_writable: true }];

/** Intercom's conversations as its API shows them; what happens in one is told to the app's webhook, whoever did it. */
export const intercomEmulator: EmulatorDefinition = {
  name: "INTERCOM",
  title: "Intercom",
  open({ app, url, send, nextId }) {
    const contacts = new Map<string, Contact>();
    const conversations = new Map<string, Conversation>();
    const tags: { type: "tag"; id: string; name: string }[] = [];
    const admins = new Map<string, string>([[own.name, own.id]]);

    app.use((request, response, next) => {
      response.set("x-request-id", randomUUID()).set({
        "x-ratelimit-limit": "1666",
        "x-ratelimit-remaining": "1665",
        "x-ratelimit-reset": String(seconds() + 10),
      });
      const asked = request.headers["intercom-version"];
      const given = request.headers.authorization;
      if (given !== `Bearer ${accessToken}` && given !== `Bearer ${narrowToken}`)
        return refuse(response, 401, "unauthorized", "Access Token Invalid");
      if (given === `Bearer ${narrowToken}` && request.path !== "/me")
        return refuse(response, 403, "token_unauthorized", "The access token is not authorized for this resource");
      if (asked !== undefined && asked !== "2.15")
        return refuse(response, 400, "intercom_version_invalid", "The requested version could not be found");
      next();
    });

    app.get("/me", (_request, response) => {
      response.json({
        ...shownAdmin(own.name, own.id),
        email_verified: true,
        app: { type: "app", id_code: workspace, name: "Emulated", created_at: 1, region: "US", timezone: "UTC" },
      });
    });
    app.get("/admins", (_request, response) => {
      response.json({ type: "admin.list", admins: [...admins].map(([name, id]) => shownAdmin(name, id)) });
    });
    app.get("/admins/:id", (request, response) => {
      const found = [...admins].find(([, id]) => id === request.params.id);
      if (!found) return refuse(response, 404, "admin_not_found", "Admin not found");
      response.json(shownAdmin(...found));
    });
    app.get("/teams", (_request, response) => {
      response.json({ type: "team.list", teams: teams.map((team) => ({ type: "team", ...team, admin_ids: [] })) });
    });
    app.get("/data_attributes", (request, response) => {
      const data = request.query.model === "conversation" ? attributes : [];
      response.json({ type: "list", data: data.map((one) => ({ type: "data_attribute", ...one })) });
    });
    app.get("/tags", (_request, response) => void response.json({ type: "list", data: tags }));
    app.post("/tags", (request, response) => {
      const body = checked(shapes.newTag, request, response);
      if (!body) return;
      const known = tags.find(({ name }) => name.toLowerCase() === body.name.toLowerCase());
      const tag = known ?? { type: "tag" as const, id: String(nextId()), name: body.name };
      if (!known) tags.push(tag);
      response.json(tag);
    });

    app.post("/contacts/search", (request, response) => {
      const body = checked(shapes.search, request, response);
      if (!body) return;
      const found = [...contacts.values()].filter(
        (contact) =>
          !contact.archived &&
          matches(body.query, (field) => (field in contact ? [contact[field as keyof Contact]] : null)),
      );
      response.json({
        type: "list",
        data: found.map(shownContact),
        total_count: found.length,
        pages: pages(found.length),
      });
    });
    app.get("/contacts/find_by_external_id/:externalId", (request, response) => {
      const found = [...contacts.values()].find(
        ({ role, external_id, archived }) => role === "user" && !archived && external_id === request.params.externalId,
      );
      if (!found) return refuse(response, 404, "not_found", "User Not Found");
      response.json(shownContact(found));
    });
    app.get("/contacts/:id", (request, response) => {
      const found = contacts.get(request.params.id);
      if (!found) return refuse(response, 404, "not_found", "User Not Found");
      response.json(shownContact(found));
    });
    app.post("/contacts", (request, response) => {
      const body = checked(shapes.newContact, request, response);
      if (!body) return;
      const role = body.role ?? "user";
      const { external_id = null, email = null, name = null } = body;
      // Leads share what users may not.
      const other =
        role === "user" &&
        [...contacts.values()].find(
          (one) =>
            one.role === "user" &&
            (external_id ? one.external_id === external_id : email !== null && sameEmail(one.email, email)),
        );
      if (other)
        return refuse(
          response,
          409,
          "conflict",
          `${other.archived ? "An archived contact" : "A contact"} matching those details already exists with id=${other.id}`,
        );
      const id = (0x62f0dd1bb69f9n * 0x100000000n + BigInt(nextId())).toString(16).padStart(24, "6");
      const contact = { id, role, external_id, email, name, created_at: seconds(), archived: false };
      contacts.set(id, contact);
      response.json(shownContact(contact));
    });
    app.post("/contacts/:id/archive", (request, response) => {
      const contact = contacts.get(request.params.id);
      if (!contact) return refuse(response, 404, "not_found", "User Not Found");
      contact.archived = true;
      const { id, external_id } = contact;
      response.json({ type: "contact", id, external_id, archived: true });
    });
    app.put("/contacts/:id", (request, response) => {
      const contact = contacts.get(request.params.id);
      if (!contact) return refuse(response, 404, "not_found", "User Not Found");
      const body = checked(shapes.contactChange, request, response);
      if (!body) return;
      Object.assign(contact, body);
      response.json(shownContact(contact));
    });

    app.post("/conversations/search", (request, response) => {
      const body = checked(shapes.search, request, response);
      if (!body) return;
      const found = [...conversations.values()].filter((conversation) =>
        matches(body.query, (field) => {
          if (field === "contact_ids") return [conversation.contactId];
          if (field === "created_at") return [conversation.created_at];
          return field === "state" ? [conversation.state] : null;
        }),
      );
      const { per_page: size = 20 } = body.pagination ?? {};
      response.json({
        type: "conversation.list",
        conversations: found.slice(0, size).map((one) => {
          const { conversation_parts: _parts, ...listed } = shown(one, one.parts, true);
          return listed;
        }),
        total_count: found.length,
        pages: pages(found.length),
      });
    });
    app.post("/conversations", (request, response) => {
      const body = checked(shapes.newConversation, request, response);
      if (!body) return;
      const contact = contacts.get(body.from.id);
      if (!contact) return refuse(response, 404, "not_found", "User Not Found");
      const now = seconds();
      const conversation: Conversation = {
        id: String(nextId()),
        created_at: now,
        updated_at: now,
        state: "open",
        contactId: contact.id,
        body: body.body,
        admin_assignee_id: null,
        team_assignee_id: null,
        tags: [],
        custom_attributes: {},
        parts: [],
      };
      conversations.set(conversation.id, conversation);
      void notify("conversation.user.created", conversation, []);
      response.json({
        type: "user_message",
        id: String(nextId()),
        created_at: now,
        body: body.body,
        message_type: "inapp",
        conversation_id: conversation.id,
      });
    });
    app.get("/conversations/:id", (request, response) => {
      const conversation = conversations.get(request.params.id);
      if (!conversation) return refuse(response, 404, "not_found", "Resource Not Found");
      response.json(shown(conversation, conversation.parts.slice(-500), request.query.display_as !== "plaintext"));
    });
    app.put("/conversations/:id", (request, response) => {
      const conversation = conversations.get(request.params.id);
      if (!conversation) return refuse(response, 404, "not_found", "Resource Not Found");
      const body = checked(shapes.conversationChange, request, response);
      if (!body) return;
      const unknown = Object.keys(body.custom_attributes ?? {}).find(
        (name) => !attributes.some((attribute) => attribute.name === name),
      );
      if (unknown)
        return refuse(response, 400, "parameter_invalid", `Custom attribute '${unknown}' does not exist`, unknown);
      Object.assign(conversation.custom_attributes, body.custom_attributes);
      response.json(shown(conversation, conversation.parts, true));
    });
    app.post("/conversations/:id/tags", (request, response) => {
      const conversation = conversations.get(request.params.id);
      if (!conversation) return refuse(response, 404, "not_found", "Conversation not found");
      const body = checked(shapes.tagging, request, response);
      if (!body) return;
      const tag = tags.find(({ id }) => id === body.id);
      if (!tag) return refuse(response, 404, "not_found", "Tag not found");
      if (!isAdmin(body.admin_id)) return refuse(response, 404, "admin_not_found", "Admin not found");
      if (!conversation.tags.includes(tag)) conversation.tags.push(tag);
      response.json({ ...tag, applied_at: seconds(), applied_by: { type: "admin", id: body.admin_id } });
    });
    app.post("/conversations/:id/reply", (request, response) => {
      const conversation = conversations.get(request.params.id);
      if (!conversation) return refuse(response, 404, "not_found", "Resource Not Found");
      const body = checked(shapes.reply, request, response);
      if (!body) return;
      if (body.type === "user") {
        const contact = contacts.get(body.intercom_user_id);
        if (contact?.id !== conversation.contactId) return refuse(response, 404, "not_found", "User Not Found");
        const { id, name, email } = contact;
        const reopens = conversation.state !== "open";
        conversation.state = "open";
        const author = { type: "user" as const, id, name, email };
        const part = add(conversation, { part_type: reopens ? "open" : "comment", body: body.body, author });
        void notify("conversation.user.replied", conversation, [part]);
      } else {
        const author = authorOf(body.admin_id);
        if (!author) return refuse(response, 404, "admin_not_found", "Admin not found");
        const part = add(conversation, { part_type: body.message_type, body: asText(body.body), author });
        void notify(body.message_type === "note" ? noted : replied, conversation, [part]);
      }
      response.json(shown(conversation, conversation.parts, true));
    });
    app.post("/conversations/:id/parts", (request, response) => {
      const conversation = conversations.get(request.params.id);
      if (!conversation) return refuse(response, 404, "not_found", "Resource Not Found");
      const body = checked(shapes.management, request, response);
      if (!body) return;
      const author = authorOf(body.admin_id);
      if (!author) return refuse(response, 404, "admin_not_found", "Admin not found");
      if (body.message_type === "assignment") {
        const known =
          body.type === "team" ? teams.some(({ id }) => id === body.assignee_id) : isAdmin(body.assignee_id);
        if (body.assignee_id !== "0" && !known)
          return refuse(response, 404, "assignee_not_found", "Assignee not found", "assignee_id");
        void assign(conversation, author, body.type, body.assignee_id);
      } else if (body.message_type === "close") void close(conversation, author, body.body ?? null);
      else if (body.message_type === "open") {
        conversation.state = "open";
        void notify("conversation.admin.opened", conversation, [add(conversation, { part_type: "open", author })]);
      } else conversation.state = "snoozed";
      response.json(shown(conversation, conversation.parts, true));
    });

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
        app_id: workspace,
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
      config: () => ({
        baseUrl: url(),
        accessToken,
        clientSecret,
        teamId: "8001",
        handBackTo: "8002",
        handoverAttribute: "Baton handover",
        searchDelaySeconds: 0,
      }),
      items: () =>
        [...conversations.values()].map((conversation) => {
          const of = (type: Author["type"], types: Part["part_type"][]) =>
            conversation.parts
              .filter((part) => part.author.type === type && types.includes(part.part_type))
              .flatMap(({ body }) => (body ? [body] : []));
          return {
            externalId: conversation.id,
            marks: [conversation.body, ...Object.values(conversation.custom_attributes).map(String)],
            notes: of("admin", ["note"]),
            customerMessages: [conversation.body, ...of("user", ["comment", "open"])].map((body) =>
              body.replace(/\s*ref [0-9a-f]{10}$/, ""),
            ),
            replies: of("admin", ["comment", "close"]),
            tags: conversation.tags.map(({ name }) => name),
            assigned: conversation.team_assignee_id !== null || conversation.admin_assignee_id !== null,
            closed: conversation.state === "closed",
            email: contacts.get(conversation.contactId)?.email ?? null,
          };
        }),
      agent: {
        async take(externalId, name) {
          const author = teammate(name);
          await assign(conversationOf(externalId), author, "admin", author.id);
        },
        async reply(externalId, name, text) {
          const conversation = conversationOf(externalId);
          const part = add(conversation, { part_type: "comment", body: text, author: teammate(name) });
          await notify(replied, conversation, [part]);
        },
        async note(externalId, name, text) {
          const conversation = conversationOf(externalId);
          const part = add(conversation, { part_type: "note", body: text, author: teammate(name) });
          await notify(noted, conversation, [part]);
        },
        async giveBack(externalId, name) {
          await assign(conversationOf(externalId), teammate(name), "team", "8002");
        },
        async close(externalId, name) {
          await close(conversationOf(externalId), teammate(name), null);
        },
      },
      rateLimited(response) {
        response.set({ "x-ratelimit-limit": "1666", "x-ratelimit-remaining": "0" });
        response.set("x-ratelimit-reset", String(Math.ceil(Date.now() / 1000) + 1));
        refuse(response, 429, "rate_limit_exceeded", "You have exceeded the maximum number of requests");
      },
      error(response) {
        refuse(response, 500, "server_error", "Something went wrong on our end");
      },
    };
  },
};

const replied = "conversation.admin.replied";
const noted = "conversation.admin.noted";
const seconds = () => Math.floor(Date.now() / 1000);
const emailOf = (name: string) => `${name.toLowerCase().replace(/[^a-z]+/g, ".")}@agents.example`;
const sameEmail = (one: string | null, other: string) => one?.toLowerCase() === other.toLowerCase();

function shownAdmin(name: string, id: string) {
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

function shownContact({ archived: _archived, ...contact }: Contact) {
  return { type: "contact", workspace_id: workspace, phone: null, ...contact, updated_at: contact.created_at };
}

const pages = (count: number) => ({ type: "pages", page: 1, per_page: 50, total_pages: Math.ceil(count / 50) });

/** Does something match a search? `valuesOf` gives null for a field that cannot be searched. */
function matches(
  query: z.infer<typeof shapes.search>["query"],
  valuesOf: (field: string) => (string | number | boolean | null)[] | null,
): boolean {
  if (!("field" in query)) {
    const one = (filter: shapes.Filter) => matches(filter, valuesOf);
    return query.operator === "AND" ? query.value.every(one) : query.value.some(one);
  }
  const { field, operator, value } = query;
  const values = valuesOf(field) ?? [];
  const plain = (of: unknown) => String(of).toLowerCase();
  if (operator === "=") return values.some((own) => own !== null && plain(own) === plain(value));
  if (operator === ">") return values.some((own) => own !== null && Number(own) > Number(value));
  return false;
}

function checked<Body>(shape: z.ZodType<Body>, request: Request, response: Response): Body | null {
  const result = shape.safeParse(request.body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.code === "unrecognized_keys" ? issue.keys.join(",") : issue?.path.join(".");
  refuse(response, 400, "parameter_invalid", `${field}: ${issue?.message}`, field);
  return null;
}

function refuse(response: Response, status: number, code: string, message: string, field?: string): void {
  const error = { code, message, ...(field ? { field } : {}) };
  response.status(status).json({ type: "error.list", request_id: randomUUID(), errors: [error] });
}

const asParagraphs = (text: string) =>
  text
    .split("\n\n")
    .map((lines) => `<p>${lines.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "<br>")}</p>`)
    .join("\n");

const asText = (html: string) =>
  html
    .replace(/<br\s*\/?>|<\/p>(?=.)/gi, "\n")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .trim();
