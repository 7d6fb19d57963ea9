import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import type { Request, Response } from "express";
import type { z } from "zod";
import type { EmulatorDefinition } from "../emulator";
import { checked, inCall, listed, propertiesFit, refused, shown, textOf } from "./answers";
import {
  type Conversation,
  conversationChange,
  type Message,
  newConversation,
  newMessage,
  newUser,
  paging,
  type User,
} from "./shapes";

const apiToken = "emulated-freshchat-token";
const appId = "5d1c8a50-0000-4000-8000-0000000000a1";
const channels = [
  { id: "3b3b6b9e-0000-4000-8000-0000000000c1", name: "Support", enabled: true, public: true },
  { id: "3b3b6b9e-0000-4000-8000-0000000000c2", name: "Sales", enabled: true, public: true },
];
const groups = [
  { id: "7a4d1f2c-0000-4000-8000-0000000000d1", name: "First line" },
  { id: "7a4d1f2c-0000-4000-8000-0000000000d2", name: "Billing" },
];
/** The agent that stands for Baton. */
const ownAgent = {
  id: "c0ffee00-0000-4000-8000-0000000000b1",
  first_name: "Baton",
  last_name: "",
  email: "baton@emulated.example.com",
};
const [channel] = channels as [(typeof channels)[number]];
const [group] = groups as [(typeof groups)[number]];
const isRef = /\n?ref [0-9a-f]{10}$/;

/** Freshchat's conversations as its API shows them; whatever happens to them is called in, signed. */
export const freshchatEmulator: EmulatorDefinition = {
  name: "FRESHCHAT",
  title: "Freshchat",
  open({ app, url, send }) {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const users = new Map<string, User>();
    const conversations = new Map<string, Conversation>();
    const agents = new Map<string, typeof ownAgent>([[ownAgent.first_name, ownAgent]]);

    app.use("/v2", (request, response, next) => {
      response.set("x-request-id", randomUUID());
      if (request.headers.authorization === `Bearer ${apiToken}`) return next();
      refused(response, 401, "UNAUTHENTICATED", "Unauthenticated Request");
    });

    app.get("/v2/accounts/configuration", (_request, response) => {
      response.json({ account_id: 1, organisation_id: 2, app_id: appId });
    });
    app.get("/v2/channels", (request, response) => listed("channels", channels, request, response));
    app.get("/v2/groups", (request, response) => listed("groups", groups, request, response));
    app.get("/v2/agents", (request, response) => listed("agents", [...agents.values()], request, response));

    app.get("/v2/users", (request, response) => {
      const { reference_id, email, ...others } = request.query;
      if (Object.keys(others).length > 0 || (!reference_id && !email))
        return refused(response, 400, "INVALID_VALUE", "A user is found by reference_id or email.");
      const found = [...users.values()].filter(
        (user) =>
          (!reference_id || user.reference_id === reference_id) &&
          (!email || user.email?.toLowerCase() === String(email).toLowerCase()),
      );
      response.json({ users: found });
    });

    app.post("/v2/users", (request, response) => {
      const body = checked(newUser, request, response);
      if (!body) return;
      const { reference_id = null, email = null, first_name = null, last_name = null } = body;
      const user: User = { id: randomUUID(), reference_id, email, first_name, last_name };
      users.set(user.id, user);
      response.json(user);
    });

    app.get("/v2/users/:id/conversations", (request, response) => {
      const found = [...conversations.values()].filter(({ user_id }) => user_id === request.params.id);
      response.json({ conversations: found.map(({ conversation_id }) => ({ id: conversation_id })) });
    });

    app.post("/v2/conversations", (request, response) => {
      const body = checked(newConversation, request, response);
      if (!body) return;
      const user = users.get(body.users[0]?.id ?? "");
      if (!user) return refused(response, 404, "USER_NOT_FOUND", "user not found");
      if (!channels.some(({ id }) => id === body.channel_id))
        return refused(response, 404, "CHANNEL_NOT_FOUND", "channel not found");
      if (!propertiesFit(body.properties, response)) return;
      // A user has one conversation in a channel: what is opened again goes on.
      const there = [...conversations.values()].find(
        ({ user_id, channel_id }) => user_id === user.id && channel_id === body.channel_id,
      );
      const conversation: Conversation = there ?? {
        conversation_id: randomUUID(),
        app_id: appId,
        channel_id: body.channel_id,
        user_id: user.id,
        status: "new",
        assigned_agent_id: null,
        assigned_group_id: null,
        properties: body.properties ?? {},
        messages: [],
      };
      conversations.set(conversation.conversation_id, conversation);
      const added = body.messages.map((message) => add(conversation, message, message.actor_id ?? user.id));
      response.json(shown(conversation));
      for (const message of added) void callMessage(message);
      if (conversation.status === "resolved") void reopen(conversation, "user", user.id);
    });

    app.get("/v2/conversations/:id", (request, response) => {
      const conversation = conversationFor(request, response);
      if (conversation) response.json(shown(conversation));
    });

    app.put("/v2/conversations/:id", (request, response) => {
      const conversation = conversationFor(request, response);
      const body = conversation && checked(conversationChange, request, response);
      if (!conversation || !body || !propertiesFit(body.properties, response)) return;
      const { properties, ...change } = body;
      if (change.assigned_group_id && !groups.some(({ id }) => id === change.assigned_group_id))
        return refused(response, 404, "GROUP_NOT_FOUND", "group not found");
      if (change.assigned_agent_id && !agentWith(change.assigned_agent_id))
        return refused(response, 404, "AGENT_NOT_FOUND", "agent not found");
      Object.assign(conversation, change);
      Object.assign(conversation.properties, properties);
      response.json(shown(conversation));
      if (change.status === "resolved") void callResolved(conversation, ownAgent.id);
      else if (change.assigned_agent_id || change.assigned_group_id) void callAssigned(conversation, ownAgent.id);
    });

    app.get("/v2/conversations/:id/messages", (request, response) => {
      const conversation = conversationFor(request, response);
      if (!conversation) return;
      const result = paging.safeParse(request.query);
      if (!result.success || result.data.items_per_page > 50)
        return refused(response, 400, "INVALID_VALUE", "50 messages a page at most");
      const { page, items_per_page: size } = result.data;
      const newestFirst = [...conversation.messages].reverse();
      const messages = newestFirst.slice((page - 1) * size, page * size);
      const path = `/v2/conversations/${conversation.conversation_id}/messages`;
      response.json({
        messages,
        ...(newestFirst.length > page * size
          ? { link: { href: `${path}?page=${page + 1}&items_per_page=${size}`, rel: "next_page", method: "GET" } }
          : {}),
      });
    });

    app.post("/v2/conversations/:id/messages", (request, response) => {
      const conversation = conversationFor(request, response);
      const body = conversation && checked(newMessage, request, response);
      if (!conversation || !body) return;
      if (body.actor_type === "agent" && !agentWith(body.actor_id ?? ""))
        return refused(response, 404, "AGENT_NOT_FOUND", "agent not found");
      if (body.actor_type === "user" && body.actor_id !== conversation.user_id)
        return refused(response, 400, "INVALID_VALUE", "the user is not in this conversation");
      const message = add(conversation, body, body.actor_id ?? "");
      response.json(message);
      void callMessage(message);
    });

    /** Null and an answer when there is no such conversation. */
    function conversationFor(request: Request, response: Response): Conversation | null {
      const conversation = conversations.get(String(request.params.id));
      if (conversation) return conversation;
      refused(response, 404, "CONVERSATION_NOT_FOUND", "conversation not found");
      return null;
    }

    function add(conversation: Conversation, message: z.infer<typeof newMessage>, actorId: string): Message {
      const added: Message = {
        id: randomUUID(),
        app_id: appId,
        actor_id: actorId,
        actor_type: message.actor_type,
        channel_id: conversation.channel_id,
        conversation_id: conversation.conversation_id,
        interaction_id: `${conversation.conversation_id}-1`,
        message_type: message.message_type,
        message_parts: message.message_parts,
        user_id: conversation.user_id,
        created_time: new Date().toISOString(),
      };
      conversation.messages.push(added);
      return added;
    }

    const agentWith = (wanted: string) => [...agents.values()].find(({ id }) => id === wanted);

    function agentNamed(name: string) {
      const email = `agent-${agents.size}@emulated.example.com`;
      const agent = agents.get(name) ?? { id: randomUUID(), first_name: name, last_name: "", email };
      agents.set(name, agent);
      return agent;
    }

    function conversationOf(externalId: string): Conversation {
      const conversation = conversations.get(externalId);
      if (!conversation) throw new Error(`The emulator has no conversation ${externalId}`);
      return conversation;
    }

    function call(action: string, actor: { actor_type: string; actor_id: string }, data: unknown): Promise<void> {
      return send({ actor, action, action_time: new Date().toISOString(), data }, (raw) => ({
        "x-freshchat-signature": sign("RSA-SHA256", Buffer.from(raw), privateKey).toString("base64"),
        "x-freshchat-payload-version": "1.0",
        "x-retry-count": "0",
      }));
    }

    function callMessage(message: Message): Promise<void> {
      const { actor_type, actor_id } = message;
      return call("message_create", { actor_type, actor_id }, { message });
    }

    function callAssigned(conversation: Conversation, by: string): Promise<void> {
      const { assigned_agent_id: to_agent_id, assigned_group_id: to_group_id } = conversation;
      return call(
        "conversation_assignment",
        { actor_type: "agent", actor_id: by },
        {
          assignment: {
            assignor: "agent",
            assignor_id: by,
            ...(to_agent_id ? { to_agent_id } : {}),
            ...(to_group_id ? { to_group_id } : {}),
            ...inCall(conversation),
          },
        },
      );
    }

    function callResolved(conversation: Conversation, by: string): Promise<void> {
      const resolve = { resolver: "agent", resolver_id: by, ...inCall(conversation) };
      return call("conversation_resolution", { actor_type: "agent", actor_id: by }, { resolve });
    }

    function reopen(conversation: Conversation, reopener: "user" | "agent", by: string): Promise<void> {
      conversation.status = "reopened";
      const actor = { actor_type: reopener, actor_id: by };
      return call("conversation_reopen", actor, { reopen: { reopener, reopener_id: by, ...inCall(conversation) } });
    }

    async function write(externalId: string, name: string, text: string, kind: "normal" | "private"): Promise<void> {
      const agent = agentNamed(name);
      const message_parts = [{ text: { content: text } }];
      const conversation = conversationOf(externalId);
      if (kind === "normal") conversation.assigned_agent_id ??= agent.id;
      await callMessage(add(conversation, { message_parts, message_type: kind, actor_type: "agent" }, agent.id));
    }

    return {
      config: () => ({
        account: "emulated",
        baseUrl: url(),
        apiToken,
        publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
        channelId: channel.id,
        agentId: ownAgent.id,
        groupId: group.id,
        tagsProperty: "cf_tags",
        statusProperty: "cf_ai_chat_status",
      }),
      items: () =>
        [...conversations.values()].map(({ messages, ...conversation }) => {
          const texts = (fits: (message: Message) => boolean) =>
            messages.filter(fits).map((message) => textOf(message).replace(isRef, ""));
          const user = users.get(conversation.user_id);
          return {
            externalId: conversation.conversation_id,
            marks: user?.reference_id ? [user.reference_id] : [],
            notes: texts(({ message_type }) => message_type === "private"),
            customerMessages: texts(({ actor_type }) => actor_type === "user"),
            replies: texts(({ actor_type, message_type }) => actor_type === "agent" && message_type === "normal"),
            tags: String(conversation.properties.cf_tags ?? "")
              .split(", ")
              .filter(Boolean),
            assigned: conversation.assigned_group_id !== null || conversation.assigned_agent_id !== null,
            closed: conversation.status === "resolved",
            email: user?.email ?? null,
          };
        }),
      agent: {
        async take(externalId, name) {
          const conversation = conversationOf(externalId);
          const agent = agentNamed(name);
          Object.assign(conversation, { assigned_agent_id: agent.id, status: "assigned" });
          await callAssigned(conversation, agent.id);
        },
        reply: (externalId, name, text) => write(externalId, name, text, "normal"),
        note: (externalId, name, text) => write(externalId, name, text, "private"),
        async giveBack(externalId, name) {
          conversationOf(externalId).properties.cf_ai_chat_status = "ai";
          // A property that changes is not called in; the note is.
          await write(externalId, name, "All done here.", "private");
        },
        async close(externalId, name) {
          const conversation = conversationOf(externalId);
          conversation.status = "resolved";
          await callResolved(conversation, agentNamed(name).id);
        },
      },
      rateLimited(response) {
        response.set("retry-after", "1");
        refused(response, 429, "TOO_MANY_REQUESTS", "Too Many Requests");
      },
      error(response) {
        refused(response, 500, "INTERNAL_SERVER_ERROR", "Internal Server Error");
      },
    };
  },
};
