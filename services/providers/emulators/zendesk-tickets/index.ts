import { createHash, randomUUID } from "node:crypto";
import type { Request, Response } from "express";
import { z } from "zod";
import type { EmulatorDefinition } from "../emulator";
import { apiUser, commentsOf, createAccount, groups, type Ticket, webhookSecret } from "./account";
import { newTicket, tagChange, ticketChange } from "./shapes";
import { createTokens } from "./tokens";

/** Of one ticket, in ten minutes. */
const mostUpdates = 30;

/** Zendesk Support's tickets as its API shows them, with OAuth, and webhooks for ticket events. */
export const zendeskTicketsEmulator: EmulatorDefinition = {
  name: "ZENDESK_TICKETS",
  title: "Zendesk (Tickets)",
  specs: "zendesk-support",
  expires: true,
  open({ app, url, send, nextId }) {
    const { tickets, users, requesterId, agentId, addAudit, change } = createAccount({ nextId, send });
    const made = new Map<string, { body: string; ticketId: number }>();
    const tokens = createTokens();

    app.use((_request, response, next) => {
      response.set({ "x-request-id": randomUUID(), "x-rate-limit": "700", "x-rate-limit-remaining": "699" });
      response.set({ "ratelimit-limit": "700", "ratelimit-remaining": "699", "ratelimit-reset": "42" });
      next();
    });
    // In a browser an administrator is asked first.
    app.get("/oauth/authorizations/new", (request, response) => {
      const { client_id, redirect_uri, response_type } = request.query;
      if (client_id !== tokens.clientId || response_type !== "code" || !URL.canParse(String(redirect_uri)))
        return void response
          .status(400)
          .json({ error: "invalid_request", error_description: "Invalid authorization request" });
      const back = new URL(String(redirect_uri));
      back.searchParams.set("code", tokens.consent());
      response.redirect(back.href);
    });
    app.post("/oauth/tokens", (request, response) => {
      const { status, body } = tokens.grant(request.body);
      response.status(status).json(body);
    });
    app.use("/api/v2", (request, response, next) => {
      const refusal = tokens.refusal(request.headers.authorization);
      if (refusal) return void response.status(401).json(refusal);
      next();
    });

    app.get("/api/v2/users/me", (_request, response) => void response.json({ user: users.get(apiUser) }));
    app.get("/api/v2/users/:id", (request, response) => {
      const user = users.get(Number(request.params.id));
      if (!user) return notFound(response);
      response.json({ user });
    });
    app.get("/api/v2/groups", (request, response) => paged(request, response, "groups", groups));
    app.get("/api/v2/groups/:id", (request, response) => {
      const group = groups.find(({ id }) => id === Number(request.params.id));
      if (!group) return notFound(response);
      response.json({ group });
    });

    app.get("/api/v2/tags", (request, response) => {
      const counts = new Map([
        ["returns", 1012],
        ["delivery", 1007],
        ["lamps", 1003],
      ]);
      for (const tag of [...tickets.values()].flatMap((ticket) => ticket.tags))
        counts.set(tag, (counts.get(tag) ?? 0) + 1);
      const all = [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => ({ name, count }));
      paged(request, response, "tags", all);
    });

    app.get("/api/v2/tickets", (request, response) => {
      const wanted = request.query.external_id;
      const found = [...tickets.values()].filter(({ external_id }) => wanted === undefined || external_id === wanted);
      paged(request, response, "tickets", found.map(shown));
    });

    app.post("/api/v2/tickets", (request, response) => {
      const key = request.get("idempotency-key");
      const digest = createHash("sha256").update(JSON.stringify(request.body)).digest("hex");
      const former = key === undefined ? undefined : made.get(key);
      if (former && former.body !== digest)
        return void response.status(400).json({
          error: "IdempotentRequestError",
          description: "The parameters are others than those of the original request",
        });
      const known = former && tickets.get(former.ticketId);
      if (known) return created(response, known, "hit");
      const body = checked(newTicket, request, response);
      if (!body) return;
      const { requester, requester_id, comment, metadata: custom, ...facts } = body.ticket;
      if (requester?.email !== undefined && !z.email().safeParse(requester.email).success)
        return invalid(response, "requester", `Requester: Email: ${requester.email} is not properly formatted`);
      if (!isGroup(facts.group_id)) return invalid(response, "group", "Group is invalid");
      const now = new Date().toISOString();
      const ticket: Ticket = {
        id: nextId(),
        subject: facts.subject ?? null,
        status: facts.status ?? "new",
        priority: facts.priority ?? null,
        requester_id: requester ? requesterId(requester) : (requester_id ?? apiUser),
        assignee_id: facts.assignee_id ?? null,
        group_id: facts.group_id ?? null,
        external_id: facts.external_id ?? null,
        tags: [...new Set(facts.tags?.map((tag) => tag.toLowerCase()))],
        created_at: now,
        updated_at: now,
        audits: [],
        updates: [],
      };
      tickets.set(ticket.id, ticket);
      if (key !== undefined) made.set(key, { body: digest, ticketId: ticket.id });
      addAudit(ticket, { ...comment, author_id: ticket.requester_id }, { custom });
      created(response, ticket, "miss");
    });

    app.get("/api/v2/tickets/:id", (request, response) => {
      const ticket = ticketFor(request, response);
      if (ticket) response.json({ ticket: shown(ticket) });
    });

    app.put("/api/v2/tickets/:id", (request, response) => {
      const ticket = ticketFor(request, response);
      const body = ticket && checked(ticketChange, request, response);
      if (!body || !mayUpdate(ticket, response)) return;
      const { comment, metadata: custom, ...facts } = body.ticket;
      if (ticket.status === "closed") return invalid(response, "status", "Status: closed prevents ticket update");
      if (!isGroup(facts.group_id)) return invalid(response, "group", "Group is invalid");
      if (facts.assignee_id !== undefined && (users.get(facts.assignee_id)?.role ?? "end-user") === "end-user")
        return invalid(response, "assignee", "Assignee is invalid");
      if (facts.status === "solved" && (facts.assignee_id ?? ticket.assignee_id) === null)
        return invalid(response, "base", "Assignee: is required when solving a ticket");
      const { audit } = addAudit(ticket, comment, { custom });
      void change(ticket, facts as Partial<Ticket>);
      response.json({ ticket: shown(ticket), audit });
    });

    app.get("/api/v2/tickets/:id/audits", (request, response) => {
      const ticket = ticketFor(request, response);
      if (ticket) paged(request, response, "audits", ticket.audits);
    });

    app.put("/api/v2/tickets/:id/tags", (request, response) => {
      const ticket = ticketFor(request, response);
      const body = ticket && checked(tagChange, request, response);
      if (!body || !mayUpdate(ticket, response)) return;
      ticket.tags = [...new Set([...ticket.tags, ...body.tags.map((tag) => tag.toLowerCase())])];
      response.json({ tags: ticket.tags });
    });

    function ticketFor(request: Request, response: Response): Ticket | null {
      const ticket = tickets.get(Number(request.params.id));
      if (!ticket) notFound(response);
      return ticket ?? null;
    }

    function created(response: Response, ticket: Ticket, lookup: "hit" | "miss"): void {
      response.status(201).set("x-idempotency-lookup", lookup).location(`${url()}/api/v2/tickets/${ticket.id}.json`);
      response.json({ ticket: shown(ticket), audit: ticket.audits[0] });
    }

    function agentAt(externalId: string, name: string) {
      const ticket = tickets.get(Number(externalId));
      if (!ticket) throw new Error(`The emulator has no ticket ${externalId}`);
      const by = agentId(name);
      return {
        ticket,
        give: (facts: Partial<Ticket>) => change(ticket, { assignee_id: ticket.assignee_id ?? by, ...facts }, by),
        write: (body: string, isPublic: boolean) => addAudit(ticket, { body, public: isPublic }, { by }).told,
        by,
      };
    }

    return {
      config: () => ({
        subdomain: "emulated",
        baseUrl: url(),
        clientId: tokens.clientId,
        clientSecret: tokens.clientSecret,
        webhookSecret,
        groupId: groups[0]?.id,
        requestsPerMinute: 10_000,
      }),
      items: () =>
        [...tickets.values()].map((ticket) => {
          const [, ...later] = commentsOf(ticket);
          const openly = later.filter((one) => one.public);
          const bodies = (comments: typeof later) => comments.map(({ body }) => body);
          return {
            externalId: String(ticket.id),
            marks: [ticket.external_id ?? ""],
            notes: bodies(later.filter((one) => !one.public)),
            customerMessages: bodies(openly.filter(({ author_id }) => author_id === ticket.requester_id)),
            replies: bodies(openly.filter(({ author_id }) => author_id !== ticket.requester_id)),
            tags: ticket.tags,
            assigned: ticket.group_id !== null || ticket.assignee_id !== null,
            closed: ticket.status === "solved" || ticket.status === "closed",
            email: users.get(ticket.requester_id)?.email ?? null,
          };
        }),
      agent: {
        async take(externalId, name) {
          const { give, by } = agentAt(externalId, name);
          await give({ assignee_id: by });
        },
        async reply(externalId, name, text) {
          const { ticket, give, write } = agentAt(externalId, name);
          if (ticket.assignee_id === null) await give({});
          await write(text, true);
        },
        note: (externalId, name, text) => agentAt(externalId, name).write(text, false),
        giveBack: (externalId, name) => agentAt(externalId, name).write("Back to our AI assistant, please.", false),
        close: (externalId, name) => agentAt(externalId, name).give({ status: "solved" }),
      },
      rateLimited(response) {
        response.status(429).set("retry-after", "1").json({
          error: "APIRateLimitExceeded",
          description: "Number of allowed API requests per minute exceeded",
        });
      },
      error(response) {
        response.status(500).json({ error: "InternalError", description: "Something went wrong" });
      },
      expireTokens: tokens.expire,
    };
  },
};

const isGroup = (wanted: number | undefined) => wanted === undefined || groups.some(({ id }) => id === wanted);

/** Counts a change of a ticket; too many in ten minutes are refused. */
function mayUpdate(ticket: Ticket, response: Response): boolean {
  const now = Date.now();
  ticket.updates = ticket.updates.filter((at) => at > now - 600_000);
  const [first] = ticket.updates;
  ticket.updates.push(now);
  if (first === undefined || ticket.updates.length <= mostUpdates) return true;
  response.status(429).set("retry-after", String(Math.ceil((first + 600_000 - now) / 1000)));
  response.json({ error: "TooManyRequests", description: "Rate limit for updates of this ticket exceeded" });
  return false;
}

function shown({ audits: _audits, updates: _updates, ...ticket }: Ticket) {
  return ticket;
}

/** Pages of 100, as lists come when no size is asked for. */
function paged(request: Request, response: Response, name: string, all: unknown[]): void {
  const page = Number(request.query.page ?? 1);
  const next_page =
    page * 100 >= all.length ? null : `https://emulated.zendesk.com${request.path}.json?page=${page + 1}`;
  response.json({
    [name]: all.slice((page - 1) * 100, page * 100),
    count: all.length,
    next_page,
    previous_page: page > 1 ? `https://emulated.zendesk.com${request.path}.json?page=${page - 1}` : null,
  });
}

function checked<Body>(shape: z.ZodType<Body>, request: Request, response: Response): Body | null {
  const result = shape.safeParse(request.body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.code === "unrecognized_keys" ? issue.keys.join(",") : issue?.path.join(".");
  response.status(400).json({
    error: { title: "Invalid attribute", message: `You passed an invalid value for the ${field} attribute.` },
  });
  return null;
}

function invalid(response: Response, field: string, description: string): void {
  response.status(422).json({
    error: "RecordInvalid",
    description: "Record validation errors",
    details: { [field]: [{ description, error: "InvalidValue" }] },
  });
}

function notFound(response: Response): void {
  response.status(404).json({ error: "RecordNotFound", description: "Not found" });
}
