import { z } from "zod";

/** What HubSpot's API takes; nothing else is taken. */

const deliveryIdentifier = z.strictObject({
  type: z.enum(["CHANNEL_SPECIFIC_OPAQUE_ID", "HS_EMAIL_ADDRESS", "HS_PHONE_NUMBER", "HS_SHORT_CODE"]),
  value: z.string().min(1),
});
const participant = z.strictObject({ name: z.string().optional(), deliveryIdentifier });
const properties = z.record(z.string(), z.string());

export const upsert = z.strictObject({
  inputs: z
    .array(z.strictObject({ id: z.email(), idProperty: z.literal("email"), properties }))
    .min(1)
    .max(100),
});

export const published = z.strictObject({
  text: z.string(),
  richText: z.string().optional(),
  messageDirection: z.enum(["INCOMING", "OUTGOING"]),
  channelAccountId: z.string(),
  integrationThreadId: z.string().max(255).optional(),
  integrationIdempotencyId: z.string().max(255).optional(),
  timestamp: z.iso.datetime(),
  senders: z.array(participant).min(1),
  recipients: z.array(participant).min(1),
  attachments: z.array(z.strictObject({ type: z.string(), fileId: z.string() })),
  associateWithContactId: z.int().optional(),
});

export const comment = z.strictObject({
  type: z.literal("COMMENT"),
  text: z.string().min(1),
  richText: z.string().optional(),
  attachments: z.array(z.unknown()),
});

export const threadChange = z.strictObject({
  status: z.enum(["OPEN", "CLOSED"]).optional(),
  archived: z.boolean().optional(),
});
export const assignee = z.strictObject({ actorId: z.string().regex(/^[A-Z]-.+/) });
export const messageStatus = z.strictObject({
  statusType: z.enum(["SENT", "FAILED", "READ"]),
  errorMessage: z.string().optional(),
});
export const ticketChange = z.strictObject({ properties });
export const refresh = z.strictObject({
  grant_type: z.literal("refresh_token"),
  client_id: z.string(),
  client_secret: z.string(),
  refresh_token: z.string(),
});
