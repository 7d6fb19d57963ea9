import { randomUUID } from "node:crypto";
import { type EventOf, newEvent } from "../../../schema/events/catalogue";

/** Policy has read a customer's message; `earlier` are the customer's messages before it. */
export function messageAssessed(
  workspaceId: string,
  text: string,
  over: {
    earlier?: string[];
    decision?: "CONTINUE" | "OFFER";
    mode?: "BUILT_IN" | "EXTERNAL";
    conversationId?: string;
    language?: string;
  } = {},
) {
  const { conversationId = randomUUID() } = over;
  const said = [...(over.earlier ?? []), text].map((line, index) => ({
    id: randomUUID(),
    sequence: index + 1,
    author: "CUSTOMER" as const,
    authorName: null,
    text: line,
    postedAt: "2026-01-01T12:00:00.000Z",
    inReplyTo: null,
    answered: null,
  }));
  const message = said.at(-1) as (typeof said)[number];
  return newEvent("message.assessed", {
    workspaceId,
    conversationId,
    data: {
      conversation: {
        id: conversationId,
        channel: "CHAT",
        language: over.language ?? "en",
        control: "ASSISTANT",
        epoch: 3,
        assistantMode: over.mode ?? "BUILT_IN",
        customer: { id: randomUUID(), name: null, email: null, externalId: null },
      },
      message,
      recent: said,
      assessment: {
        id: randomUUID(),
        decision: over.decision ?? "CONTINUE",
        reason: over.decision ? "CANNOT_ANSWER" : null,
        signals: [],
        detector: "offline/1",
      },
    },
  });
}

/** A person was asked for, because the assistant could not answer this message. */
export function handoverRequested({ workspaceid, data: { conversation, message } }: EventOf<"message.assessed">) {
  return newEvent("handover.requested", {
    workspaceId: workspaceid,
    conversationId: conversation.id,
    data: {
      conversation,
      handover: {
        ...{ id: randomUUID(), status: "REQUESTED", reason: "CANNOT_ANSWER", messageId: message.id },
        ...{ ending: null, agentName: null, requestedAt: "2026-01-01T12:00:00.000Z" },
      },
      transcript: [message],
    },
  });
}
