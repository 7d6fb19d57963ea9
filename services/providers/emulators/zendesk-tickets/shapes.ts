import { z } from "zod";

const priority = z.enum(["low", "normal", "high", "urgent"]);
const status = z.enum(["new", "open", "pending", "hold", "solved", "closed"]);
const tags = z.array(z.string().regex(/^\S+$/));
const comment = z
  .strictObject({
    body: z.string().min(1).optional(),
    html_body: z.string().min(1).optional(),
    public: z.boolean().optional(),
    author_id: z.int().optional(),
    uploads: z.array(z.string()).optional(),
  })
  .refine(({ body, html_body }) => body !== undefined || html_body !== undefined, "body or html_body is needed");
const metadata = z.record(z.string(), z.unknown()).optional();

/** `POST /api/v2/tickets`. */
export const newTicket = z.strictObject({
  ticket: z.strictObject({
    subject: z.string().optional(),
    comment,
    requester: z
      .strictObject({ name: z.string().min(1), email: z.string().optional(), locale_id: z.int().optional() })
      .optional(),
    requester_id: z.int().optional(),
    submitter_id: z.int().optional(),
    external_id: z.string().optional(),
    group_id: z.int().optional(),
    assignee_id: z.int().optional(),
    brand_id: z.int().optional(),
    ticket_form_id: z.int().optional(),
    priority: priority.optional(),
    status: status.optional(),
    type: z.enum(["problem", "incident", "question", "task"]).optional(),
    tags: tags.optional(),
    custom_fields: z.array(z.strictObject({ id: z.int(), value: z.unknown() })).optional(),
    via_followup_source_id: z.int().optional(),
    metadata,
  }),
});

/** `PUT /api/v2/tickets/{id}`. */
export const ticketChange = z.strictObject({
  ticket: z.strictObject({
    comment: comment.optional(),
    group_id: z.int().optional(),
    assignee_id: z.int().optional(),
    status: status.optional(),
    priority: priority.optional(),
    external_id: z.string().optional(),
    tags: tags.optional(),
    metadata,
  }),
});

/** `PUT /api/v2/tickets/{id}/tags`. */
export const tagChange = z.strictObject({ tags });
