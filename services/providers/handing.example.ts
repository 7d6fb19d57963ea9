import { randomUUID } from "node:crypto";
import type { Handing } from "./provider";

/** A handover as a desk gets it; a new one with every call. */
export function exampleHanding(): Handing {
  const messageId = randomUUID();
  return {
    handoverId: randomUUID(),
    workspaceId: randomUUID(),
    conversationId: randomUUID(),
    channel: "CHAT",
    language: "en",
    reason: "CANNOT_ANSWER",
    requestedAt: "2026-01-01T12:00:00.000Z",
    customer: { id: randomUUID(), name: "Mia Example", email: "mia@example.com", externalId: null },
    transcript: [
      {
        id: messageId,
        sequence: 1,
        author: "CUSTOMER",
        authorName: "Mia Example",
        text: "My lamp arrived broken",
        postedAt: "2026-01-01T11:59:00.000Z",
        inReplyTo: null,
        answered: null,
      },
    ],
    summary: {
      id: randomUUID(),
      headline: "My lamp arrived broken",
      wants: { text: "My lamp arrived broken.", messageIds: [messageId] },
      tried: [],
      openQuestion: null,
      mood: "CALM",
      contact: "Mia Example (mia@example.com)",
      language: "en",
      writtenBy: "extract/1",
      throughSequence: 1,
      writtenAt: "2026-01-01T12:00:01.000Z",
      text: "My lamp arrived broken\n\nMood: calm",
    },
    tags: [],
  };
}
