import type { Request, Response } from "express";
import { z } from "zod";
import type { EmulatorDefinition } from "../emulator";

interface Note {
  id: number;
  body: string;
  body_text: string;
  incoming: boolean;
  private: boolean;
  user_id: number;
  source: number;
  created_at: string;
}

interface Ticket {
  id: number;
  subject: string;
  description: string;
  status: number;
  priority: number;
  source: number;
  requester_id: number;
  responder_id: number | null;
  group_id: number | null;
  tags: string[];
  created_at: string;
  updated_at: string;
  /** Not part of an answer. */
  email: string | null;
  notes: Note[];
}

const apiKey = "emulated-freshdesk-key";
const webhookSecret = "emulated-freshdesk-webhook-secret";
const groups = [
  { id: 11, name: "Support" },
  { id: 12, name: "Billing" },
];
/** Whose key the API is called with. */
const apiUser = 501;
const status = z.union([z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);

const newTicket = z
  .strictObject({
    subject: z.string().min(1).max(255),
    description: z.string().min(1),
    name: z.string(),
    email: z.email(),
    requester_id: z.int(),
    phone: z.string(),
    unique_external_id: z.string(),
    status,
    priority: z.int().min(1).max(4),
    source: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(7), z.literal(9), z.literal(10)]),
    type: z.string(),
    group_id: z.int(),
    responder_id: z.int(),
    tags: z.array(z.string().max(32)),
    custom_fields: z.record(z.string(), z.unknown()),
  })
  .partial()
  .required({ subject: true, description: true, status: true, priority: true });
const newNote = z.strictObject({
  body: z.string().min(1),
  private: z.boolean().default(true),
  incoming: z.boolean().default(false),
  user_id: z.int().optional(),
});
const ticketChange = z.strictObject({
  group_id: z.int().nullable().optional(),
  responder_id: z.int().nullable().optional(),
  status: status.optional(),
  priority: z.int().min(1).max(4).optional(),
  tags: z.array(z.string().max(32)).optional(),
});

/** Freshdesk's tickets as its API shows them; agents' acts fire the automation rule that the provider's README describes. */
export const freshdeskEmulator: EmulatorDefinition = {
  name: "FRESHDESK",
  title: "Freshdesk",
  open({ app, url, send, nextId }) {
    const tickets = new Map<number, Ticket>();
    const contacts = new Map<string, number>();
    const agents = new Map<string, number>();

    app.use("/api/v2", (request, response, next) => {
      response.set("x-request-id", `fd-${nextId()}`);
      response.set({
        "x-ratelimit-total": "200",
        "x-ratelimit-remaining": "199",
        "x-ratelimit-used-currentrequest": "1",
      });
      const given = Buffer.from(/^Basic (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "", "base64");
      if (given.toString("utf8").split(":")[0] === apiKey) return next();
      response
        .status(401)
        .json({ code: "invalid_credentials", message: "You have to be logged in to perform this action." });
    });

    app.get("/api/v2/groups", (_request, response) => void response.json(groups));

    app.get("/api/v2/search/tickets", (request, response) => {
      const tag = /^"tag:'([^']+)'"$/.exec(String(request.query.query))?.[1];
      if (!tag) return invalid(response, [{ field: "query", message: "is not valid", code: "invalid_value" }]);
      const results = [...tickets.values()].filter(({ tags }) => tags.includes(tag)).map(shown);
      response.json({ total: results.length, results });
    });

    app.post("/api/v2/tickets", (request, response) => {
      const body = checked(newTicket, request, response);
      if (!body) return;
      if (!body.email && !body.requester_id && !body.unique_external_id && !(body.phone && body.name))
        return invalid(response, [{ field: "email", message: "It should be a valid email", code: "missing_field" }]);
      if (body.group_id && !groups.some(({ id }) => id === body.group_id))
        return invalid(response, [{ field: "group_id", message: "There is no such group", code: "invalid_value" }]);
      const known = body.email ?? body.unique_external_id ?? body.phone ?? String(body.requester_id);
      const requester = contacts.get(known) ?? nextId();
      contacts.set(known, requester);
      const now = new Date().toISOString();
      const ticket: Ticket = {
        id: nextId(),
        subject: body.subject,
        description: body.description,
        status: body.status,
        priority: body.priority,
        source: body.source ?? 2,
        requester_id: requester,
        responder_id: body.responder_id ?? null,
        group_id: body.group_id ?? null,
        tags: body.tags ?? [],
        created_at: now,
        updated_at: now,
        email: body.email ?? null,
        notes: [],
      };
      tickets.set(ticket.id, ticket);
      response.status(201).location(`${url()}/api/v2/tickets/${ticket.id}`).json(shown(ticket));
    });

    app.get("/api/v2/tickets/:id", (request, response) => {
      const ticket = tickets.get(Number(request.params.id));
      if (!ticket) return void response.status(404).end();
      response.json(shown(ticket));
    });

    app.put("/api/v2/tickets/:id", (request, response) => {
      const ticket = tickets.get(Number(request.params.id));
      if (!ticket) return void response.status(404).end();
      const body = checked(ticketChange, request, response);
      if (!body) return;
      if (body.group_id && !groups.some(({ id }) => id === body.group_id))
        return invalid(response, [{ field: "group_id", message: "There is no such group", code: "invalid_value" }]);
      Object.assign(ticket, body, { updated_at: new Date().toISOString() });
      response.json(shown(ticket));
    });

    app.post("/api/v2/tickets/:id/notes", (request, response) => {
      const ticket = tickets.get(Number(request.params.id));
      if (!ticket) return void response.status(404).end();
      const body = checked(newNote, request, response);
      if (!body) return;
      response.status(201).json({
        ...addNote(ticket, { ...body, user_id: body.user_id ?? apiUser, source: 2 }),
        ticket_id: ticket.id,
      });
    });

    app.get("/api/v2/tickets/:id/conversations", (request, response) => {
      const ticket = tickets.get(Number(request.params.id));
      if (!ticket) return void response.status(404).end();
      const size = Number(request.query.per_page ?? 30);
      const from = (Number(request.query.page ?? 1) - 1) * size;
      response.json(ticket.notes.slice(from, from + size).map((note) => ({ ...note, ticket_id: ticket.id })));
    });

    function addNote(ticket: Ticket, note: Omit<Note, "id" | "body_text" | "created_at">): Note {
      const added = { ...note, id: nextId(), body_text: asText(note.body), created_at: new Date().toISOString() };
      ticket.notes.push(added);
      return added;
    }

    function ticketOf(externalId: string): Ticket {
      const ticket = tickets.get(Number(externalId));
      if (!ticket) throw new Error(`The emulator has no ticket ${externalId}`);
      return ticket;
    }

    function agentId(name: string): number {
      const id = agents.get(name) ?? nextId();
      agents.set(name, id);
      return id;
    }

    /** The administrator's automation rule: values of a template are strings. */
    function rule(event: string, ticket: Ticket, name: string): Promise<void> {
      const { id, status: state, responder_id, group_id } = ticket;
      return send(
        {
          event,
          ticket: {
            id: String(id),
            status: String(state),
            responder_id: String(responder_id ?? ""),
            responder_name: responder_id ? name : "",
            group_id: String(group_id ?? ""),
          },
        },
        () => ({ "x-handover-secret": webhookSecret }),
      );
    }

    return {
      config: () => ({
        domain: "emulated",
        baseUrl: url(),
        apiKey,
        webhookSecret,
        groupId: 11,
        searchDelaySeconds: 0,
      }),
      items: () =>
        [...tickets.values()].map((ticket) => ({
          externalId: String(ticket.id),
          marks: ticket.tags,
          notes: ticket.notes.filter((note) => note.private).map(({ body_text }) => body_text),
          customerMessages: ticket.notes
            .filter((note) => note.incoming && !note.private)
            .map(({ body_text }) => body_text.replace(/\n?ref [0-9a-f]{10}$/, "")),
          replies: ticket.notes.filter((note) => !note.incoming && !note.private).map(({ body_text }) => body_text),
          tags: ticket.tags,
          assigned: ticket.group_id !== null || ticket.responder_id !== null,
          closed: ticket.status >= 4,
          email: ticket.email,
        })),
      agent: {
        async take(externalId, name) {
          const ticket = ticketOf(externalId);
          ticket.responder_id = agentId(name);
          await rule("assigned", ticket, name);
        },
        async reply(externalId, name, text) {
          const ticket = ticketOf(externalId);
          ticket.responder_id ??= agentId(name);
          addNote(ticket, { body: html(text), incoming: false, private: false, user_id: agentId(name), source: 0 });
          await rule("agent_replied", ticket, name);
        },
        async note(externalId, name, text) {
          const ticket = ticketOf(externalId);
          addNote(ticket, { body: html(text), incoming: false, private: true, user_id: agentId(name), source: 2 });
          await rule("note_added", ticket, name);
        },
        async giveBack(externalId, name) {
          const ticket = ticketOf(externalId);
          const body = "Back to our AI assistant, please.";
          addNote(ticket, { body, incoming: false, private: true, user_id: agentId(name), source: 2 });
          await rule("note_added", ticket, name);
        },
        async close(externalId, name) {
          const ticket = ticketOf(externalId);
          ticket.status = 5;
          await rule("status_changed", ticket, name);
        },
      },
      rateLimited(response) {
        response
          .status(429)
          .set("retry-after", "1")
          .json({ message: "You have exceeded the limit of requests per minute" });
      },
      error(response) {
        response.status(500).json({ code: "internal_error", message: "We are sorry, but something went wrong." });
      },
    };
  },
};

function shown({ email: _email, notes: _notes, ...ticket }: Ticket) {
  return ticket;
}

function checked<Body>(shape: z.ZodType<Body>, request: Request, response: Response): Body | null {
  const result = shape.safeParse(request.body);
  if (result.success) return result.data;
  invalid(
    response,
    result.error.issues.map((issue) => ({
      field: issue.code === "unrecognized_keys" ? issue.keys.join(",") : issue.path.join("."),
      message: issue.message,
      code: issue.code === "unrecognized_keys" ? "invalid_field" : "invalid_value",
    })),
  );
  return null;
}

function invalid(response: Response, errors: { field: string; message: string; code: string }[]): void {
  response.status(400).json({ description: "Validation failed", errors });
}

const html = (text: string) =>
  `<div>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "<br>")}</div>`;

const asText = (body: string) =>
  body
    .replace(/<br\s*\/?>|<\/p>|<\/div>(?=.)/gi, "\n")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .trim();
