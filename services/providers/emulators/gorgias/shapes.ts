import { z } from "zod";

export interface Customer {
  id: number;
  email: string | null;
  name: string | null;
  external_id: string | null;
  channels: { type: string; address: string; preferred: boolean }[];
}

interface User {
  id: number;
  name: string;
  email: string;
}

export interface Message {
  id: number;
  ticket_id: number;
  external_id: string | null;
  public: boolean;
  channel: string;
  via: string;
  from_agent: boolean;
  rule_id: number | null;
  sender: User | Customer | null;
  body_text: string | null;
  body_html: string | null;
  attachments: { url: string; name: string }[];
  created_datetime: string;
  sent_datetime: string;
}

export interface Ticket {
  id: number;
  external_id: string | null;
  status: "open" | "closed";
  priority: string;
  channel: string;
  via: string;
  subject: string | null;
  customer: Customer | null;
  assignee_user: User | null;
  assignee_team: { id: number; name: string } | null;
  tags: { id: number; name: string }[];
  messages: Message[];
  created_datetime: string;
  updated_datetime: string;
  closed_datetime: string | null;
  trashed_datetime: string | null;
}

const channel = z.string().min(1);
const via = z.enum([
  "api",
  "chat",
  "email",
  "form",
  "help-center",
  "helpdesk",
  "internal-note",
  "phone",
  "rule",
  "sms",
]);
const time = z.iso.datetime({ offset: true });
const externalId = z.string().max(255);
const assignee = z.strictObject({ id: z.int() });

export const customerRef = z
  .strictObject({ id: z.int(), email: z.email(), name: z.string() })
  .partial()
  .refine(({ id, email }) => id !== undefined || email !== undefined, "needs an id or an email");

export const newCustomer = z.strictObject({
  channels: z
    .array(z.strictObject({ type: z.string().min(1), address: z.string().min(1), preferred: z.boolean() }))
    .min(1),
  email: z.email().optional(),
  name: z.string().optional(),
  external_id: externalId.optional(),
  language: z.string().length(2).optional(),
  timezone: z.string().optional(),
});

export const newMessage = z
  .strictObject({
    channel,
    via,
    from_agent: z.boolean(),
    public: z.boolean().optional(),
    body_text: z.string().min(1).optional(),
    body_html: z.string().min(1).optional(),
    subject: z.string().optional(),
    external_id: externalId.optional(),
    sender: customerRef.optional(),
    receiver: customerRef.optional(),
    source: z
      .strictObject({
        type: z.string().optional(),
        from: z.strictObject({ name: z.string().optional(), address: z.string() }),
        to: z.array(z.strictObject({ name: z.string().optional(), address: z.string() })).min(1),
      })
      .optional(),
    created_datetime: time.optional(),
    sent_datetime: time.optional(),
  })
  .superRefine((message, context) => {
    const say = (path: string, text: string) => context.addIssue({ code: "custom", path: [path], message: text });
    const isNote = message.channel === "internal-note";
    if (!message.body_text && !message.body_html) say("body_text", "a message has a body");
    if (!message.sender) say("sender", "a message has a sender");
    if (isNote && !message.from_agent) say("from_agent", "an internal note is an agent's");
    if (message.receiver && (isNote || !message.from_agent)) say("receiver", "only what goes out has a receiver");
    if (!message.from_agent || isNote) return;
    if (!message.receiver) say("receiver", "what goes out has a receiver");
    if (message.channel !== "api" && !message.source) say("source", "what goes out says from where to where");
  });

export const newTicket = z.strictObject({
  messages: z.array(newMessage).min(1).max(500),
  via,
  channel: channel.optional(),
  from_agent: z.boolean().optional(),
  subject: z.string().optional(),
  customer: customerRef.optional(),
  external_id: externalId.optional(),
  assignee_team: assignee.nullable().optional(),
  assignee_user: assignee.nullable().optional(),
  tags: z.array(z.strictObject({ name: z.string().min(1).max(256) })).optional(),
  status: z.enum(["open", "closed"]).optional(),
  priority: z.enum(["low", "normal", "high", "critical"]).optional(),
});

export const ticketChange = z
  .strictObject({
    assignee_team: assignee.nullable(),
    assignee_user: assignee.nullable(),
    status: z.enum(["open", "closed"]),
    subject: z.string(),
    external_id: externalId,
  })
  .partial();

export const newTags = z.strictObject({ names: z.array(z.string().min(1).max(256)).min(1) });

const limit = z.coerce.number().int().min(1).max(100).default(30);
/** Of the lists; one that is not known is refused. */
export const queries = {
  customers: z.strictObject({
    email: z
      .email()
      .transform((address) => address.toLowerCase())
      .optional(),
    external_id: z.string().optional(),
    cursor: z.string().optional(),
    limit,
  }),
  tickets: z.strictObject({
    customer_id: z.coerce.number().int().min(1).optional(),
    external_id: z.string().optional(),
    order_by: z
      .enum(["created_datetime:asc", "created_datetime:desc", "updated_datetime:asc", "updated_datetime:desc"])
      .optional(),
    cursor: z.string().optional(),
    limit,
  }),
};
