import { z } from "zod";

export interface User {
  id: string;
  reference_id: string | null;
  email: string | null;
  first_name: string | null;
  last_name: string | null;
}

export interface Message {
  id: string;
  app_id: string;
  actor_id: string;
  actor_type: "user" | "agent" | "system" | "bot";
  channel_id: string;
  conversation_id: string;
  interaction_id: string;
  message_type: "normal" | "private" | "system";
  message_parts: Record<string, unknown>[];
  user_id: string;
  created_time: string;
}

export interface Conversation {
  conversation_id: string;
  app_id: string;
  channel_id: string;
  user_id: string;
  status: string;
  assigned_agent_id: string | null;
  assigned_group_id: string | null;
  properties: Record<string, unknown>;
  /** Not part of an answer. */
  messages: Message[];
}

const file = z.strictObject({ url: z.url(), name: z.string().optional(), content_type: z.string().optional() });
const part = z
  .strictObject({
    text: z.strictObject({ content: z.string().min(1) }),
    email: z.strictObject({ content: z.string() }),
    image: z.strictObject({ url: z.url() }),
    video: z.strictObject({ url: z.url() }),
    file,
  })
  .partial()
  .refine((one) => Object.keys(one).length === 1, "has one kind of content");

export const newMessage = z
  .strictObject({
    message_parts: z.array(part).min(1),
    message_type: z.enum(["normal", "private"]),
    actor_type: z.enum(["user", "agent", "bot"]),
    actor_id: z.string().min(1).optional(),
    user_id: z.string().optional(),
    channel_id: z.string().optional(),
  })
  .refine(
    ({ message_type, actor_type, actor_id }) => message_type !== "private" || (actor_type === "agent" && actor_id),
    "a private message has an agent",
  )
  .refine(({ actor_type, actor_id }) => actor_type !== "user" || actor_id, "a user's message has the user");

export const newUser = z
  .strictObject({
    email: z.email(),
    first_name: z.string(),
    last_name: z.string(),
    phone: z.string(),
    reference_id: z.string(),
    avatar: z.strictObject({ url: z.url() }),
    properties: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  })
  .partial()
  .refine((user) => Object.keys(user).length > 0, "something is known of a user");

const properties = z.record(z.string(), z.unknown());

export const newConversation = z.strictObject({
  channel_id: z.string().min(1),
  users: z.array(z.strictObject({ id: z.string().min(1) })).length(1),
  messages: z.array(newMessage).min(1),
  status: z.enum(["new", "assigned"]).optional(),
  properties: properties.optional(),
});

export const conversationChange = z
  .strictObject({
    status: z.enum(["new", "assigned", "resolved", "reopened", "waiting on customer", "waiting on internal team"]),
    assigned_group_id: z.string().min(1),
    assigned_agent_id: z.string().min(1),
    properties,
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "nothing is changed")
  .refine(({ status, assigned_agent_id }) => status !== "assigned" || assigned_agent_id, "assigned to no agent");

/** Of lists. */
export const paging = z.strictObject({
  page: z.coerce.number().int().min(1).default(1),
  items_per_page: z.coerce.number().int().min(1).max(100).default(10),
});

/** Custom properties of the account's, with the choices of a dropdown. */
export const knownProperties: Record<string, string[] | null> = {
  cf_tags: null,
  cf_ai_chat_status: ["ai", "human"],
  priority: ["Low", "Medium", "High", "Urgent"],
};
