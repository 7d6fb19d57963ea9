import type { Request, Response } from "express";
import type { z } from "zod";
import type { EmulatorDefinition } from "../emulator";
import { asked, checked, page, refused } from "./answers";
import {
  type Customer,
  type customerRef,
  type Message,
  newCustomer,
  newMessage,
  newTags,
  newTicket,
  queries,
  type Ticket,
  ticketChange,
} from "./shapes";

const email = "baton@emulated.example.com";
const apiKey = "emulated-gorgias-key";
const webhookSecret = "emulated-gorgias-webhook-secret";
const teams = [
  { id: 21, name: "Support" },
  { id: 22, name: "Billing" },
];
/** Whose key the API is called with. */
const apiUser = { id: 501, email, name: "Baton" };

/** Gorgias' tickets as its API shows them; whatever happens to them fires the HTTP integrations of the provider's README. */
export const gorgiasEmulator: EmulatorDefinition = {
  name: "GORGIAS",
  title: "Gorgias",
  open({ app, url, send, nextId }) {
    const tickets = new Map<number, Ticket>();
    const customers = new Map<number, Customer>();
    const agents = new Map<string, { id: number; name: string; email: string }>();
    const tags = new Map<string, number>();

    app.use("/api", (request, response, next) => {
      response.set({ "x-request-id": `gorgias-${nextId()}`, "x-gorgias-account-api-call-limit": "1/40" });
      const given = Buffer.from(/^Basic (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "", "base64");
      if (given.toString("utf8") === `${email}:${apiKey}`) return next();
      refused(response, 401, "Could not verify your access level for that URL.");
    });

    app.get("/api/customers", (request, response) => {
      const query = asked(queries.customers, request, response);
      if (!query) return;
      const known = (one: Customer) => [one.email, ...one.channels.map(({ address }) => address)];
      const found = [...customers.values()].filter(
        (one) =>
          (query.email === undefined || known(one).some((address) => address?.toLowerCase() === query.email)) &&
          (query.external_id === undefined || one.external_id === query.external_id),
      );
      response.json(page(found, query.limit, "/api/customers"));
    });

    app.post("/api/customers", (request, response) => {
      const body = checked(newCustomer, request, response);
      if (!body) return;
      const taken = [...customers.values()].some(({ channels }) =>
        channels.some((one) => body.channels.some(({ type, address }) => one.type === type && one.address === address)),
      );
      if (taken) return refused(response, 409, "This channel belongs to another customer.", { channels: ["taken"] });
      const { email: address = null, name = null, external_id = null, channels } = body;
      const customer: Customer = { id: nextId(), email: address, name, external_id, channels };
      customers.set(customer.id, customer);
      response.status(201).json(customer);
    });

    app.get("/api/tickets", (request, response) => {
      const query = asked(queries.tickets, request, response);
      if (!query) return;
      const found = [...tickets.values()]
        .filter(
          ({ external_id, customer }) =>
            (query.external_id === undefined || external_id === query.external_id) &&
            (query.customer_id === undefined || customer?.id === query.customer_id),
        )
        .reverse();
      const without = found.map(({ messages: _messages, ...ticket }) => ticket);
      response.json(page(without, query.limit, "/api/tickets"));
    });

    app.post("/api/tickets", (request, response) => {
      const body = checked(newTicket, request, response);
      if (!body) return;
      const customer = body.customer === undefined ? null : personOf(body.customer, customers);
      if (customer === undefined)
        return refused(response, 400, "Customer not found.", { customer: ["Customer does not exist."] });
      if (body.assignee_team && !isTeam(body.assignee_team.id)) return noTeam(response);
      const now = new Date().toISOString();
      const ticket: Ticket = {
        id: nextId(),
        external_id: body.external_id ?? null,
        status: body.status ?? "open",
        priority: body.priority ?? "normal",
        channel: body.channel ?? "api",
        via: body.via,
        subject: body.subject ?? null,
        customer,
        assignee_user: null,
        assignee_team: teams.find(({ id }) => id === body.assignee_team?.id) ?? null,
        tags: [],
        messages: [],
        created_datetime: now,
        updated_datetime: now,
        closed_datetime: null,
        trashed_datetime: null,
      };
      const messages = body.messages.map((message) => made(message, ticket));
      if (messages.some((message) => !message.sender))
        return refused(response, 400, "A message's sender is not known.", { messages: ["sender does not exist"] });
      ticket.messages = messages;
      addTags(
        ticket,
        (body.tags ?? []).map(({ name }) => name),
      );
      tickets.set(ticket.id, ticket);
      response.status(201).json(ticket);
      void fire("ticket-created", ticket);
    });

    app.get("/api/tickets/:id", (request, response) => {
      const ticket = ticketFor(request, response);
      if (ticket) response.json(ticket);
    });

    app.put("/api/tickets/:id", (request, response) => {
      const ticket = ticketFor(request, response);
      const body = ticket && checked(ticketChange, request, response);
      if (!ticket || !body) return;
      if (body.assignee_team && !isTeam(body.assignee_team.id)) return noTeam(response);
      const { assignee_team: team, assignee_user: user, ...change } = body;
      Object.assign(ticket, change, { updated_datetime: new Date().toISOString() });
      if (team !== undefined) ticket.assignee_team = teams.find(({ id }) => id === team?.id) ?? null;
      if (user !== undefined)
        ticket.assignee_user = user && {
          id: user.id,
          name: `User ${user.id}`,
          email: `${user.id}@emulated.example.com`,
        };
      if (body.status) ticket.closed_datetime = body.status === "closed" ? ticket.updated_datetime : null;
      response.status(202).json(ticket);
      void fire(body.status ? "ticket-status-updated" : "ticket-assignment-updated", ticket);
    });

    app.post("/api/tickets/:id/messages", (request, response) => {
      const ticket = ticketFor(request, response);
      const body = ticket && checked(newMessage, request, response);
      if (!ticket || !body) return;
      const message = made(body, ticket);
      if (!message.sender) return refused(response, 400, "The sender is not known.", { sender: ["does not exist"] });
      ticket.messages.push(message);
      response.status(201).json(message);
      void fire("ticket-message-created", ticket);
    });

    app.post("/api/tickets/:id/tags", (request, response) => {
      const ticket = ticketFor(request, response);
      const body = ticket && checked(newTags, request, response);
      if (!ticket || !body) return;
      addTags(ticket, body.names);
      response.status(201).end();
      void fire("ticket-updated", ticket);
    });

    app.get("/api/teams", (_request, response) => void response.json(page(teams, 30, "/api/teams")));

    /** Null and an answer when there is no such ticket. */
    function ticketFor(request: Request, response: Response): Ticket | null {
      const ticket = tickets.get(Number(request.params.id));
      if (ticket) return ticket;
      refused(response, 404, "Ticket does not exist.");
      return null;
    }

    /** Without a sender when nobody is known by what it names. */
    function made(body: z.infer<typeof newMessage>, ticket: Ticket): Message {
      const isNote = body.channel === "internal-note";
      const now = new Date().toISOString();
      return {
        id: nextId(),
        ticket_id: ticket.id,
        external_id: body.external_id ?? null,
        public: isNote ? false : (body.public ?? true),
        channel: body.channel,
        via: body.via,
        from_agent: body.from_agent,
        rule_id: null,
        sender: body.from_agent ? userOf(body.sender) : (personOf(body.sender ?? {}, customers) ?? null),
        body_text: body.body_text ?? null,
        body_html: body.body_html ?? null,
        attachments: [],
        created_datetime: body.created_datetime ?? now,
        // What has no such time goes out to the customer now.
        sent_datetime: body.sent_datetime ?? now,
      };
    }

    function userOf(ref: z.infer<typeof customerRef> | undefined): Message["sender"] {
      const users = [apiUser, ...agents.values()];
      return users.find(({ id, email: address }) => id === ref?.id || address === ref?.email) ?? null;
    }

    function addTags(ticket: Ticket, names: string[]): void {
      for (const name of names) {
        const id = tags.get(name) ?? nextId();
        tags.set(name, id);
        if (!ticket.tags.some((tag) => tag.id === id)) ticket.tags.push({ id, name });
      }
    }

    function ticketOf(externalId: string): Ticket {
      const ticket = tickets.get(Number(externalId));
      if (!ticket) throw new Error(`The emulator has no ticket ${externalId}`);
      return ticket;
    }

    function agentNamed(name: string) {
      const agent = agents.get(name) ?? { id: nextId(), name, email: `agent-${agents.size}@emulated.example.com` };
      agents.set(name, agent);
      return agent;
    }

    /** As the help desk's own composer writes it. */
    function write(ticket: Ticket, name: string, text: string, isNote: boolean): void {
      const now = new Date().toISOString();
      ticket.messages.push({
        id: nextId(),
        ticket_id: ticket.id,
        external_id: null,
        public: !isNote,
        channel: isNote ? "internal-note" : ticket.channel,
        via: "helpdesk",
        from_agent: true,
        rule_id: null,
        sender: agentNamed(name),
        body_text: text,
        body_html: `<div>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "<br>")}</div>`,
        attachments: [],
        created_datetime: now,
        sent_datetime: now,
      });
    }

    /** An HTTP integration of the account's, one for each trigger. */
    function fire(event: string, { id }: Ticket): Promise<void> {
      return send({ event, ticket_id: String(id) }, () => ({ "x-handover-secret": webhookSecret }));
    }

    return {
      config: () => ({ domain: "emulated", baseUrl: url(), email, apiKey, webhookSecret, teamId: 21 }),
      items: () =>
        [...tickets.values()].map(({ messages, ...ticket }) => {
          const texts = (fits: (message: Message) => boolean) =>
            messages.filter(fits).map(({ body_text }) => body_text ?? "");
          const isOurs = ({ external_id }: Message) => external_id?.startsWith("baton-") === true;
          return {
            externalId: String(ticket.id),
            marks: [ticket.external_id, ...messages.map(({ external_id }) => external_id)].filter(
              (mark) => mark !== null,
            ),
            notes: texts((message) => !message.public),
            customerMessages: texts((message) => !message.from_agent),
            replies: texts((message) => message.from_agent && message.public && !isOurs(message)),
            tags: ticket.tags.map(({ name }) => name),
            assigned: ticket.assignee_team !== null || ticket.assignee_user !== null,
            closed: ticket.status === "closed",
            email: ticket.customer?.email ?? null,
          };
        }),
      agent: {
        async take(externalId, name) {
          const ticket = ticketOf(externalId);
          ticket.assignee_user = agentNamed(name);
          await fire("ticket-assignment-updated", ticket);
        },
        async reply(externalId, name, text) {
          const ticket = ticketOf(externalId);
          ticket.assignee_user ??= agentNamed(name);
          write(ticket, name, text, false);
          await fire("ticket-message-created", ticket);
        },
        async note(externalId, name, text) {
          const ticket = ticketOf(externalId);
          write(ticket, name, text, true);
          await fire("ticket-message-created", ticket);
        },
        async giveBack(externalId, _name) {
          const ticket = ticketOf(externalId);
          addTags(ticket, ["back-to-assistant"]);
          await fire("ticket-updated", ticket);
        },
        async close(externalId, _name) {
          const ticket = ticketOf(externalId);
          ticket.status = "closed";
          ticket.closed_datetime = new Date().toISOString();
          await fire("ticket-status-updated", ticket);
        },
      },
      rateLimited(response) {
        response.set({ "retry-after": "1", "x-gorgias-account-api-call-limit": "40/40" });
        refused(response, 429, "Rate limit exceeded.");
      },
      error(response) {
        refused(response, 500, "Something went wrong on our side.");
      },
    };
  },
};

const isTeam = (wanted: number) => teams.some(({ id }) => id === wanted);

/** Undefined when nobody is known by it; an address that is new makes a customer, as the vendor's API does. */
function personOf(ref: z.infer<typeof customerRef>, customers: Map<number, Customer>): Customer | undefined {
  return [...customers.values()].find(({ id, email: address }) =>
    ref.id === undefined ? address?.toLowerCase() === ref.email?.toLowerCase() : id === ref.id,
  );
}

function noTeam(response: Response): void {
  refused(response, 400, "Team not found.", { assignee_team: ["Team does not exist."] });
}
