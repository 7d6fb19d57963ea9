import { z } from "zod";

/** Texts, numbers and booleans; 4 kB of all of it. */
const metadata = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .refine((given) => Buffer.byteLength(JSON.stringify(given)) <= 4_096, "metadata exceeds 4KB");
const profile = z.strictObject({
  givenName: z.string().min(1).max(128).nullable().optional(),
  surname: z.string().min(1).max(128).nullable().optional(),
  email: z.email().max(128).nullable().optional(),
  avatarUrl: z.url().max(2048).nullable().optional(),
  locale: z.string().min(1).max(64).nullable().optional(),
});

/** `POST /users`. */
export const newUser = z.strictObject({
  externalId: z.string().min(1).max(1024),
  signedUpAt: z.string().optional(),
  profile: profile.optional(),
  metadata: metadata.optional(),
});

/** `PATCH /users/{id}`. */
export const userChange = z.strictObject({ profile: profile.optional(), metadata: metadata.optional() });

/** `POST /conversations`: a personal one has exactly one participant. */
export const newConversation = z.strictObject({
  type: z.literal("personal"),
  participants: z
    .array(
      z.union([
        z.strictObject({ userId: z.string(), subscribeSDKClient: z.boolean().optional() }),
        z.strictObject({ userExternalId: z.string(), subscribeSDKClient: z.boolean().optional() }),
      ]),
    )
    .length(1),
  displayName: z.string().max(100).optional(),
  description: z.string().max(100).optional(),
  metadata: metadata.optional(),
});

/** `POST /conversations/{id}/messages`. */
export const newMessage = z.strictObject({
  author: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("user"), userId: z.string().optional(), userExternalId: z.string().optional() }),
    z.strictObject({
      type: z.literal("business"),
      displayName: z.string().optional(),
      avatarUrl: z.url().optional(),
      subtypes: z.array(z.literal("AI")).length(1).optional(),
    }),
  ]),
  content: z.strictObject({
    type: z.literal("text"),
    text: z.string().min(1).max(4096),
    payload: z.string().optional(),
  }),
  metadata: metadata.optional(),
});

/** `POST .../passControl`. */
export const pass = z.strictObject({ switchboardIntegration: z.string().min(1), metadata: metadata.optional() });

/** `POST .../releaseControl`. */
export const release = z.strictObject({ metadata: metadata.optional() }).optional();
