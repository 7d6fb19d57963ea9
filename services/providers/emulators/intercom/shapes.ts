import { z } from "zod";

/** What Intercom's API takes, version 2.15; nothing else is taken. */

const id24 = z.string().length(24);

const singleFilter = z.strictObject({
  field: z.string().min(1),
  operator: z.enum(["=", "!=", "IN", "NIN", "<", "<=", ">", ">=", "~", "!~", "^", "$"]),
  value: z.union([z.string(), z.int(), z.boolean(), z.array(z.union([z.string(), z.int()]))]),
});
export type Filter = z.infer<typeof singleFilter>;

export const search = z.strictObject({
  query: z.union([
    singleFilter,
    z.strictObject({ operator: z.enum(["AND", "OR"]), value: z.array(singleFilter).max(15) }),
  ]),
  pagination: z
    .strictObject({ per_page: z.int().min(1).max(150).optional(), starting_after: z.string().optional() })
    .optional(),
});

export const newContact = z
  .strictObject({
    role: z.enum(["user", "lead"]).optional(),
    external_id: z.string().min(1).optional(),
    email: z.email().optional(),
    phone: z.string().nullable().optional(),
    name: z.string().nullable().optional(),
    custom_attributes: z.record(z.string(), z.unknown()).nullable().optional(),
  })
  .refine(({ role, external_id, email }) => role ?? external_id ?? email, { path: ["email"] });
export const contactChange = z.strictObject({ email: z.email().optional(), name: z.string().nullable().optional() });

export const newConversation = z.strictObject({
  from: z.strictObject({ type: z.enum(["lead", "user", "contact"]), id: id24 }),
  body: z.string().min(1),
  created_at: z.int().optional(),
});
export const conversationChange = z.strictObject({
  read: z.boolean().optional(),
  title: z.string().optional(),
  custom_attributes: z.record(z.string(), z.union([z.string(), z.int()])).optional(),
});

export const reply = z.discriminatedUnion("type", [
  z.strictObject({
    message_type: z.literal("comment"),
    type: z.literal("user"),
    intercom_user_id: id24,
    body: z.string().min(1),
    created_at: z.int().optional(),
  }),
  z.strictObject({
    message_type: z.enum(["comment", "note"]),
    type: z.literal("admin"),
    admin_id: z.string(),
    body: z.string().min(1),
    created_at: z.int().optional(),
  }),
]);

export const management = z.discriminatedUnion("message_type", [
  z.strictObject({
    message_type: z.literal("assignment"),
    type: z.enum(["admin", "team"]),
    admin_id: z.string(),
    assignee_id: z.string(),
    body: z.string().optional(),
  }),
  z.strictObject({
    message_type: z.literal("close"),
    type: z.literal("admin"),
    admin_id: z.string(),
    body: z.string().optional(),
  }),
  z.strictObject({ message_type: z.literal("open"), admin_id: z.string() }),
  z.strictObject({ message_type: z.literal("snoozed"), admin_id: z.string(), snoozed_until: z.int() }),
]);

export const newTag = z.strictObject({ name: z.string().min(1), id: z.string().optional() });
export const tagging = z.strictObject({ id: z.string(), admin_id: z.string() });
