import { randomUUID } from "node:crypto";
import type { Request, Response } from "express";
import type { EmulatorDefinition } from "../emulator";
import {
  appId,
  channelAccount,
  channelId,
  clientSecret,
  createHubspotAccount,
  inbox,
  lead,
  type Message,
  now,
  portalId,
  shownMessage,
  type Thread,
} from "./account";
import { checked, fault, haveProperties } from "./answers";
import * as shapes from "./shapes";

const clientId = "emulated-hubspot-client";
const refreshToken = "emulated-hubspot-refresh-token";
/** Of an app made for the account only, and of one that was given no scopes. */
const staticToken = "emulated-hubspot-static-token";
const narrowToken = "emulated-hubspot-narrow-app";
const ticketProperties = ["subject", "content", "hs_pipeline", "hs_pipeline_stage", "topics"];
const contactProperties = ["email", "firstname", "lastname"];

/** HubSpot's CRM and help desk as far as a custom channel needs them: every thread of its inbox has a ticket. */
export const hubspotEmulator: EmulatorDefinition = {
  name: "HUBSPOT",
  title: "HubSpot",
  undescribed: [
    /^POST \/oauth\/v1\/token$/,
    /^GET \/conversations\/v3\/conversations\/actors\/A-\d+$/,
    /^GET \/crm\/v3\/properties\/tickets\/\w+$/,
  ],
  expires: true,
  open({ app, url, send, nextId }) {
    const account = createHubspotAccount({ send, nextId });
    const { contacts, threads, tickets, users, threadFor, add, newMessage, change, assign, setStatus, tell } = account;
    const { shownThread, userNamed, threadOf, comment } = account;
    /** By the idempotency id of the app. */
    const known = new Map<string, { thread: Thread; message: Message }>();
    const good = new Set([staticToken]);

    app.use((request, response, next) => {
      response.set({
        "x-hubspot-correlation-id": randomUUID(),
        "x-hubspot-ratelimit-max": "110",
        "x-hubspot-ratelimit-remaining": "109",
        "x-hubspot-ratelimit-interval-milliseconds": "10000",
      });
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
      if (request.path === "/oauth/v1/token" || (token && good.has(token))) return next();
      if (token === narrowToken)
        return fault(response, 403, "MISSING_SCOPES", "This app hasn't been granted the scopes.");
      fault(
        response,
        401,
        token ? "EXPIRED_AUTHENTICATION" : "INVALID_AUTHENTICATION",
        "The access token is not good.",
      );
    });

    app.post("/oauth/v1/token", (request, response) => {
      const body = shapes.refresh.safeParse(request.body).data;
      if (!body || body.client_id !== clientId || body.client_secret !== clientSecret)
        return void response.status(400).json({ status: "BAD_CLIENT_ID", message: "missing or unknown client id" });
      if (body.refresh_token !== refreshToken)
        return void response
          .status(400)
          .json({ status: "BAD_REFRESH_TOKEN", message: "missing or unknown refresh token" });
      const token = `emulated-hubspot-access-${nextId()}`;
      good.add(token);
      response.json({ token_type: "bearer", refresh_token: refreshToken, access_token: token, expires_in: 1800 });
    });

    app.post("/crm/objects/2026-03/contacts/batch/upsert", (request, response) => {
      const body = checked(shapes.upsert, request, response);
      if (!body || !haveProperties(body.inputs, contactProperties, response)) return;
      const results = body.inputs.map(({ id: email, properties }) => {
        const there = contacts.get(email.toLowerCase());
        const contact = there ?? { id: String(nextId()), properties: {} };
        Object.assign(contact.properties, properties);
        contacts.set(email.toLowerCase(), contact);
        return { ...shownRecord(contact.id, contact.properties), new: !there };
      });
      response.json({ status: "COMPLETE", results, startedAt: now(), completedAt: now() });
    });
    app.patch("/crm/objects/2026-03/tickets/:id", (request, response) => {
      const ticket = tickets.get(request.params.id);
      if (!ticket) return fault(response, 404, "OBJECT_NOT_FOUND", "Object not found.");
      const body = checked(shapes.ticketChange, request, response);
      if (!body || !haveProperties([body], ticketProperties, response)) return;
      Object.assign(ticket, body.properties);
      response.json(shownRecord(request.params.id, ticket));
    });
    app.get("/crm/v3/properties/tickets/:name", (request, response) => {
      const { name } = request.params;
      if (!ticketProperties.includes(name)) return fault(response, 404, "OBJECT_NOT_FOUND", "Property does not exist");
      response.json({ name, label: name, type: "string", fieldType: "text" });
    });

    app.get("/conversations/custom-channels/2026-03/:channelId/channel-accounts", (request, response) => {
      if (!isChannel(request, response)) return;
      response.json({ results: [channelAccount] });
    });
    app.post("/conversations/custom-channels/2026-03/:channelId/messages", (request, response) => {
      if (!isChannel(request, response)) return;
      const body = checked(shapes.published, request, response);
      if (!body) return;
      if (body.channelAccountId !== channelAccount.id)
        return fault(response, 400, "VALIDATION_ERROR", "The channel account does not exist.");
      const before = known.get(body.integrationIdempotencyId ?? "");
      if (before) return void response.status(201).json(shownMessage(before.thread, before.message));
      const thread = threadFor(body);
      const reopens = thread.status === "CLOSED";
      thread.status = "OPEN";
      const message = add(thread, {
        type: "MESSAGE",
        direction: body.messageDirection,
        text: body.text,
        actorId: `V-${thread.contactId ?? thread.id}`,
        name: body.senders[0]?.name ?? null,
      });
      if (body.integrationIdempotencyId) known.set(body.integrationIdempotencyId, { thread, message });
      void newMessage(thread, message);
      if (reopens) void change(thread, "status", "OPEN");
      response.status(201).json(shownMessage(thread, message));
    });
    app.patch("/conversations/custom-channels/2026-03/:channelId/messages/:id", (request, response) => {
      if (!isChannel(request, response)) return;
      const body = checked(shapes.messageStatus, request, response);
      if (!body) return;
      const found = [...threads.values()]
        .flatMap((thread) => thread.messages.map((message) => ({ thread, message })))
        .find(({ message }) => message.id === request.params.id);
      if (!found) return fault(response, 404, "OBJECT_NOT_FOUND", "Message not found.");
      found.message.status = body.statusType;
      response.json(shownMessage(found.thread, found.message));
    });

    app.get(
      "/conversations/v3/conversations/inboxes",
      (_request, response) => void response.json({ results: [inbox] }),
    );
    app.get("/conversations/v3/conversations/actors/:id", (request, response) => {
      const found = [...users].find(([, id]) => request.params.id === `A-${id}`);
      if (!found) return fault(response, 404, "OBJECT_NOT_FOUND", "Actor not found.");
      response.json({ id: request.params.id, name: found[0], type: "AGENT" });
    });
    app.get("/conversations/v3/conversations/threads", (request, response) => {
      const { associatedContactId, threadStatus, limit = "100", ...others } = request.query;
      if (!associatedContactId || Object.keys(others).length > 0 || Number(limit) > 500)
        return fault(response, 400, "VALIDATION_ERROR", "Threads are listed by contact, 500 at most.");
      const found = [...threads.values()].filter(
        ({ contactId, status }) => contactId === associatedContactId && (!threadStatus || status === threadStatus),
      );
      response.json({ results: found.slice(0, Number(limit)).map((thread) => shownThread(thread)) });
    });
    app.get("/conversations/v3/conversations/threads/:id", (request, response) => {
      const thread = threads.get(request.params.id);
      if (!thread) return fault(response, 404, "OBJECT_NOT_FOUND", "Thread not found.");
      response.json(shownThread(thread, request.query.association === "TICKET"));
    });
    app.patch("/conversations/v3/conversations/threads/:id", (request, response) => {
      const thread = threads.get(request.params.id);
      if (!thread) return fault(response, 404, "OBJECT_NOT_FOUND", "Thread not found.");
      const body = checked(shapes.threadChange, request, response);
      if (!body) return;
      if (body.status && body.status !== thread.status) void setStatus(thread, body.status);
      response.json(shownThread(thread));
    });
    app.get("/conversations/v3/conversations/threads/:id/messages", (request, response) => {
      const thread = threads.get(request.params.id);
      if (!thread) return fault(response, 404, "OBJECT_NOT_FOUND", "Thread not found.");
      // The newest first, in pages.
      const from = Number(request.query.after ?? 0);
      const newest = [...thread.messages].reverse();
      const page = newest.slice(from, from + pageSize);
      const after = from + pageSize < newest.length ? String(from + pageSize) : null;
      response.json({
        results: page.map((message) => shownMessage(thread, message)),
        ...(after ? { paging: { next: { after, link: `${url()}${request.path}?after=${after}` } } } : {}),
      });
    });
    app.post("/conversations/v3/conversations/threads/:id/messages", (request, response) => {
      const thread = threads.get(request.params.id);
      if (!thread) return fault(response, 404, "OBJECT_NOT_FOUND", "Thread not found.");
      const body = checked(shapes.comment, request, response);
      if (!body) return;
      const message = add(thread, {
        type: "COMMENT",
        direction: "OUTGOING",
        text: body.text,
        actorId: `I-${appId}`,
        name: "Baton",
      });
      void newMessage(thread, message);
      response.status(201).json(shownMessage(thread, message));
    });
    app.put("/conversations/conversations/v3/threads/:id/assignee", (request, response) => {
      const thread = threads.get(request.params.id);
      if (!thread) return fault(response, 404, "OBJECT_NOT_FOUND", "Thread not found.");
      const body = checked(shapes.assignee, request, response);
      if (!body) return;
      if (![...users.values()].some((id) => body.actorId === `A-${id}`))
        return fault(response, 400, "VALIDATION_ERROR", "The actor cannot be assigned.");
      void assign(thread, body.actorId);
      response.json(shownThread(thread));
    });

    function isChannel(request: Request, response: Response): boolean {
      if (request.params.channelId === channelId) return true;
      fault(response, 404, "OBJECT_NOT_FOUND", "The custom channel does not exist.");
      return false;
    }

    return {
      config: () => ({
        baseUrl: url(),
        portalId,
        clientId,
        clientSecret,
        refreshToken,
        channelId,
        channelAccountId: channelAccount.id,
        agentId: lead.id,
        tagsProperty: "topics",
      }),
      items: () =>
        [...threads.values()].map((thread) => {
          const texts = (type: Message["type"], direction: Message["direction"]) =>
            thread.messages.filter((one) => one.type === type && one.direction === direction).map(({ text }) => text);
          const contact = [...contacts].find(([, { id }]) => id === thread.contactId);
          return {
            externalId: thread.id,
            marks: [thread.integrationThreadId],
            notes: texts("COMMENT", "OUTGOING"),
            customerMessages: texts("MESSAGE", "INCOMING"),
            replies: texts("MESSAGE", "OUTGOING"),
            tags: (tickets.get(thread.ticketId)?.topics ?? "").split(";").filter(Boolean),
            assigned: thread.assignedTo !== null,
            closed: thread.status === "CLOSED",
            email: contact?.[0] ?? null,
          };
        }),
      agent: {
        take: (externalId, name) => assign(threadOf(externalId), userNamed(name)),
        async reply(externalId, name, text) {
          const thread = threadOf(externalId);
          const actorId = userNamed(name);
          const message = add(thread, { type: "MESSAGE", direction: "OUTGOING", text, actorId, name });
          await tell({
            type: "OUTGOING_CHANNEL_MESSAGE_CREATED",
            portalId: Number(portalId),
            channelId: Number(channelId),
            channelIntegrationThreadIds: [thread.integrationThreadId],
            message: shownMessage(thread, message),
          });
          await newMessage(thread, message);
        },
        note: comment,
        giveBack: (externalId, name) => comment(externalId, name, "Done. Back to our AI assistant, please."),
        close: (externalId) => setStatus(threadOf(externalId), "CLOSED"),
      },
      rateLimited(response) {
        response
          .status(429)
          .set({ "retry-after": "1", "x-hubspot-ratelimit-max": "110", "x-hubspot-ratelimit-remaining": "0" })
          .json({
            status: "error",
            message: "You have reached your ten_secondly_rolling limit.",
            errorType: "RATE_LIMIT",
            correlationId: randomUUID(),
            policyName: "TEN_SECONDLY_ROLLING",
          });
      },
      error: (response) => fault(response, 500, "INTERNAL_ERROR", "internal error"),
      expireTokens() {
        good.clear();
        good.add(staticToken);
      },
    };
  },
};

const pageSize = 100;

function shownRecord(id: string, properties: Record<string, string>) {
  return { id, properties, createdAt: now(), updatedAt: now(), archived: false };
}
