import { randomUUID } from "node:crypto";
import type { EmulatorDefinition } from "../emulator";
import { checked, matches, pages, refuse, searched } from "./answers";
import { contactRoutes } from "./contacts";
import * as shapes from "./shapes";
import {
  type Author,
  type Conversation,
  clientSecret,
  createWorkspace,
  noted,
  own,
  type Part,
  replied,
  seconds,
  shownAdmin,
  teams,
  workspaceId,
} from "./workspace";

const accessToken = "emulated-intercom-token";
/** Of an app that was given no permissions. */
const narrowToken = "emulated-intercom-token-of-a-narrow-app";
const attributes = [{ name: "Baton handover", archived: false, api_writable: true }];

/** Intercom's conversations as its API shows them; what happens in one is told to the app's webhook, whoever did it. */
export const intercomEmulator: EmulatorDefinition = {
  name: "INTERCOM",
  title: "Intercom",
  open({ app, url, send, nextId }) {
    const workspace = createWorkspace({ send, nextId });
    const { contacts, conversations, tags, admins, add, assign, close, notify, shown, isAdmin, authorOf } = workspace;
    const { teammate, conversationOf } = workspace;

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
        app: { type: "app", id_code: workspaceId, name: "Emulated", created_at: 1, region: "US", timezone: "UTC" },
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

    contactRoutes(app, workspace, nextId);

    app.post("/conversations/search", (request, response) => {
      const body = searched(["contact_ids", "created_at", "state"], request, response);
      if (!body) return;
      const found = [...conversations.values()].filter(({ contactId, created_at, state }) =>
        matches(body.query, (field) =>
          field === "contact_ids" ? contactId : field === "created_at" ? created_at : state,
        ),
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

const asText = (html: string) =>
  html
    .replace(/<br\s*\/?>|<\/p>(?=.)/gi, "\n")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .trim();
