import { randomUUID } from "node:crypto";
import type { Request, Response } from "express";
import type { z } from "zod";
import type { EmulatorDefinition } from "../emulator";
import {
  agentWorkspace,
  appId,
  baton,
  type Conversation,
  conversationFieldId,
  createAccount,
  integrations,
  type Message,
  switchboardId,
  type User,
  webhookSecret,
} from "./account";
import { newConversation, newMessage, newUser, pass, release, userChange } from "./shapes";

const keyId = "app_emulated";
const keySecret = "emulated-conversations-key-secret";
const mostBytes = 102_400;
/** Messages of one page, which nobody can change. */
const pageSize = 100;

/** The Conversations API of Zendesk's messaging, with its switchboard and the agents' side behind it. */
export const zendeskMessagingEmulator: EmulatorDefinition = {
  name: "ZENDESK_MESSAGING",
  title: "Zendesk (Messaging)",
  open({ app, url, send, nextId }) {
    const { users, conversations, id, agentId, addMessage, passControl, tellAssignment } = createAccount({
      nextId,
      send,
    });
    const root = `/sc/v2/apps/${appId}`;

    app.use("/sc/v2", (request, response, next) => {
      response.set("x-request-id", randomUUID());
      const given = /^Basic (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
      if (Buffer.from(given, "base64").toString("utf8") !== `${keyId}:${keySecret}`)
        return refuse(response, 401, "unauthorized", "Authorization is required");
      if (Number(request.headers["content-length"] ?? 0) > mostBytes)
        return refuse(response, 413, "payload_too_large", "Request entity too large");
      if (!request.originalUrl.startsWith(root)) return refuse(response, 404, "app_not_found", "App not found");
      next();
    });

    app.get(root, (_request, response) => {
      const settings = { multiConvoEnabled: true, maskCreditCardNumbers: true };
      response.json({ app: { id: appId, displayName: "Emulated", settings, subdomain: "emulated" } });
    });
    app.get(`${root}/switchboards`, (_request, response) => {
      const board = { id: switchboardId, enabled: true, defaultSwitchboardIntegrationId: integrations[1]?.id };
      response.json({ switchboards: [board] });
    });
    app.get(`${root}/switchboards/:id/switchboardIntegrations`, (request, response) => {
      if (request.params.id !== switchboardId)
        return refuse(response, 404, "switchboard_not_found", "Switchboard not found");
      response.json({ switchboardIntegrations: integrations });
    });
    app.get(`${root}/integrations/:id/webhooks`, (request, response) => {
      if (request.params.id !== baton.integrationId)
        return refuse(response, 404, "integration_not_found", "Integration not found");
      const triggers = [
        "conversation:message",
        "conversation:remove",
        "conversation:typing",
        "switchboard:passControl",
        "switchboard:passControl:failure",
        "switchboard:releaseControl",
      ];
      const webhook = { id: "5f4eaef81e3dcc117c7ba48a", version: "v2", target: "https://baton.example.com", triggers };
      response.json({ webhooks: [{ ...webhook, secret: webhookSecret, includeFullUser: false }] });
    });

    app.post(`${root}/users`, (request, response) => {
      const body = checked(newUser, request, response);
      if (!body) return;
      const { externalId, profile = {}, metadata = {} } = body;
      if (userNamed(externalId)) return refuse(response, 409, "conflict", "User already exists");
      const signedUpAt = new Date().toISOString();
      const user: User = { id: id(), externalId, signedUpAt, profile: { ...profile }, metadata };
      users.set(user.id, user);
      response.status(201).json({ user: { ...user, identities: [] } });
    });
    app.patch(`${root}/users/:id`, (request, response) => {
      const user = userNamed(request.params.id);
      if (!user) return refuse(response, 404, "user_not_found", "User not found");
      const body = checked(userChange, request, response);
      if (!body) return;
      Object.assign(user.profile, body.profile);
      Object.assign(user.metadata, body.metadata);
      response.json({ user: { ...user, identities: [] } });
    });

    app.get(`${root}/conversations`, (request, response) => {
      const query = new URL(request.originalUrl, url()).searchParams;
      const user = userNamed(query.get("filter[userId]") ?? query.get("filter[userExternalId]") ?? "");
      if (!user) return refuse(response, 404, "user_not_found", "User not found");
      const size = Number(query.get("page[size]") ?? 25);
      const after = query.get("page[after]");
      if (!(size >= 1 && size <= 100) || (after !== null && after.length !== 24))
        return refuse(response, 400, "bad_request", "Invalid page query parameters");
      const all = [...conversations.values()].filter(({ userId }) => userId === user.id);
      const from = after === null ? 0 : all.findIndex((one) => one.id === after) + 1;
      const page = all.slice(from, from + size);
      const hasMore = from + size < all.length;
      const meta = { hasMore, ...(hasMore ? { afterCursor: page.at(-1)?.id } : {}) };
      response.json({ conversations: page.map(shown), meta, links: {} });
    });
    app.post(`${root}/conversations`, (request, response) => {
      const body = checked(newConversation, request, response);
      if (!body) return;
      const [participant] = body.participants;
      const user = participant && userNamed("userId" in participant ? participant.userId : participant.userExternalId);
      if (!user) return refuse(response, 404, "user_not_found", "User not found");
      const createdAt = new Date().toISOString();
      const { metadata = {} } = body;
      const facts = { userId: user.id, metadata, active: null, messages: [], ticket: null };
      const conversation: Conversation = { id: id(), createdAt, ...facts };
      conversations.set(conversation.id, conversation);
      response.status(201).json({ conversation: shown(conversation) });
    });
    app.get(`${root}/conversations/:id`, (request, response) => {
      const conversation = conversationFor(request, response);
      if (conversation) response.json({ conversation: shown(conversation) });
    });

    app.post(`${root}/conversations/:id/messages`, (request, response) => {
      const conversation = conversationFor(request, response);
      const body = conversation && checked(newMessage, request, response);
      if (!body) return;
      const { author, content, metadata } = body;
      if (author.type === "user" && userNamed(author.userId ?? author.userExternalId ?? "")?.id !== conversation.userId)
        return refuse(response, 404, "user_not_found", "User not found");
      const by = author as Message["author"];
      const facts = { author: by, content: { type: content.type, text: content.text } };
      const { message } = addMessage(conversation, {
        ...facts,
        source: { type: "api:conversations" },
        ...(metadata ? { metadata } : {}),
      });
      response.status(201).json({ messages: [message] });
    });
    app.get(`${root}/conversations/:id/messages`, (request, response) => {
      const conversation = conversationFor(request, response);
      if (!conversation) return;
      const before = new URL(request.originalUrl, url()).searchParams.get("page[before]");
      const all = conversation.messages;
      const end = before === null ? all.length : all.findIndex((one) => one.id === before);
      if (end < 0) return refuse(response, 400, "bad_request", "Invalid page query parameters");
      const from = Math.max(0, end - pageSize);
      const meta = { hasMore: from > 0, ...(from > 0 ? { beforeCursor: all[from]?.id } : {}) };
      response.json({ messages: all.slice(from, end), meta, links: {} });
    });

    app.post(`${root}/conversations/:id/passControl`, (request, response) => {
      const conversation = conversationFor(request, response);
      const body = conversation && checked(pass, request, response);
      if (!body) return;
      const wanted = body.switchboardIntegration;
      const target = integrations.find((one) => [one.id, one.name, one.integrationType].includes(wanted));
      if (!target)
        return refuse(response, 404, "switchboard_integration_not_found", "Switchboard integration not found");
      void passControl(conversation, target, body.metadata);
      response.json({});
    });
    app.post(`${root}/conversations/:id/releaseControl`, (request, response) => {
      const conversation = conversationFor(request, response);
      if (!conversation) return;
      const result = release.safeParse(request.body);
      if (!result.success) return refuse(response, 400, "bad_request", "Invalid body");
      void passControl(conversation, null, result.data?.metadata);
      response.json({});
    });

    function userNamed(name: string) {
      return users.get(name) ?? [...users.values()].find(({ externalId }) => externalId === name);
    }

    function conversationFor(request: Request, response: Response): Conversation | null {
      const conversation = conversations.get(String(request.params.id));
      if (!conversation) refuse(response, 404, "conversation_not_found", "Conversation not found");
      return conversation ?? null;
    }

    /** An agent at the ticket; whoever does something there is its assignee. */
    async function agentAt(externalId: string, name: string) {
      const conversation = conversations.get(externalId);
      const ticket = conversation?.ticket;
      if (!conversation || !ticket) throw new Error(`The emulator has no ticket of conversation ${externalId}`);
      const assignee = { id: agentId(name), name };
      const isNew = ticket.assignee?.id !== assignee.id;
      ticket.assignee = assignee;
      if (isNew) await tellAssignment(conversation);
      const write = (text: string) =>
        addMessage(conversation, {
          author: { type: "business", displayName: name, subtypes: ["agent"] },
          content: { type: "text", text },
          source: { type: "zd:agentWorkspace" },
          metadata: {
            "__zendesk_msg.agent.id": String(assignee.id),
            "__zendesk_msg.id": randomUUID(),
            "__zendesk_msg.source_type": "sunco_web",
          },
        }).told;
      return { conversation, ticket, write };
    }

    return {
      config: () => ({
        subdomain: "emulated",
        appId,
        keyId,
        keySecret,
        webhookSecret,
        conversationFieldId,
        baseUrl: `${url()}/sc`,
      }),
      items: () =>
        [...conversations.values()].map((conversation) => {
          const { messages, metadata, ticket, active, userId } = conversation;
          const textsOf = (wanted: (message: Message) => boolean) =>
            messages.filter(wanted).map(({ content }) => content.text);
          const isReply = (message: Message) => message.metadata?.["__zendesk_msg.agent.id"] !== undefined;
          return {
            externalId: conversation.id,
            marks: [String(metadata.baton ?? ""), ...(ticket?.tags ?? [])],
            notes: [
              ...textsOf((message) => message.author.type === "business" && !isReply(message)),
              ...(ticket?.notes ?? []),
            ],
            customerMessages: textsOf(({ author }) => author.type === "user"),
            replies: textsOf(isReply),
            tags: ticket?.tags ?? [],
            assigned: active === agentWorkspace,
            closed: ticket !== null && active !== agentWorkspace,
            email: users.get(userId)?.profile.email ?? null,
          };
        }),
      agent: {
        async take(externalId, name) {
          await agentAt(externalId, name);
        },
        async reply(externalId, name, text) {
          const { write } = await agentAt(externalId, name);
          await write(text);
        },
        async note(externalId, name, text) {
          const { ticket } = await agentAt(externalId, name);
          ticket.notes.push(text);
        },
        async giveBack(externalId, name) {
          const { conversation } = await agentAt(externalId, name);
          await passControl(conversation, baton, undefined);
        },
        async close(externalId, name) {
          const { conversation, ticket } = await agentAt(externalId, name);
          ticket.solved = true;
          await passControl(conversation, null, undefined, "ticketClosed");
        },
      },
      // The vendor names no header that tells how long to wait.
      rateLimited: (response) => refuse(response, 429, "too_many_requests", "Too many requests"),
      error: (response) => refuse(response, 500, "internal_server_error", "Internal server error"),
    };
  },
};

function shown({ id, createdAt, metadata, active, messages }: Conversation) {
  const { deliverStandbyEvents: _, ...integration } = active ?? { deliverStandbyEvents: false };
  return {
    id,
    type: "personal",
    metadata,
    ...(active ? { activeSwitchboardIntegration: integration } : {}),
    isDefault: false,
    createdAt,
    lastUpdatedAt: messages.at(-1)?.received ?? createdAt,
  };
}

function checked<Body>(shape: z.ZodType<Body>, request: Request, response: Response): Body | null {
  const result = shape.safeParse(request.body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  refuse(response, 400, "bad_request", `Invalid value at ${issue?.path.join(".") || "body"}: ${issue?.message}`);
  return null;
}

function refuse(response: Response, status: number, code: string, title: string): void {
  response.status(status).json({ errors: [{ code, title }] });
}
