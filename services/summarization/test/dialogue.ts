import { randomUUID } from "node:crypto";
import { type EventOf, newEvent } from "../../../schema/events/catalogue";
import type { Dialogue, Line } from "../summary";

type Spoken = [author: Line["author"], text: string, more?: Partial<Line>];

/** A dialogue for tests, from who said what. */
export function dialogueOf(spoken: Spoken[], more: Partial<Dialogue> = {}): Dialogue {
  return {
    language: "en",
    customer: { id: randomUUID(), name: null, email: null, externalId: null },
    messages: spoken.map(([author, text, extra], index) => ({
      id: randomUUID(),
      sequence: index + 1,
      author,
      authorName: null,
      text,
      postedAt: new Date(Date.UTC(2026, 0, 1, 12, index)).toISOString(),
      inReplyTo: null,
      answered: null,
      ...extra,
    })),
    ...more,
  };
}

type Requested = EventOf<"handover.requested">["data"];

/** The customer asks for a person, after these messages. */
export function requestOf(
  workspaceId: string,
  conversation: Omit<Requested["conversation"], "control" | "epoch">,
  handoverId: string,
  messages: Requested["transcript"],
) {
  return newEvent("handover.requested", {
    workspaceId,
    conversationId: conversation.id,
    data: {
      conversation: { ...conversation, control: "QUEUE", epoch: 1 },
      handover: {
        ...{ id: handoverId, status: "REQUESTED", reason: "CUSTOMER_REQUEST", ending: null, agentName: null },
        messageId: messages.at(-1)?.id ?? null,
        requestedAt: "2026-01-01T12:00:00.000Z",
      },
      transcript: messages,
    },
  });
}
