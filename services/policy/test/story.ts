import { randomUUID } from "node:crypto";
import type { Viewer } from "../../../kit/viewer";
import { type EventOf, newEvent } from "../../../schema/events/catalogue";
import type { Channel, HandoverStatus, Reason } from "../../../schema/words";
import { type Stage, until } from "../../../test/support/stage";

type Message = EventOf<"message.posted">["data"]["message"];
type Assessed = EventOf<"message.assessed">["data"];

/** A conversation as `conversations` would tell of it, one event at a time. */
export function story(on: Stage, options: { workspaceId?: string; channel?: Channel } = {}) {
  const workspaceId = options.workspaceId ?? randomUUID();
  const conversationId = randomUUID();
  const customerId = randomUUID();
  let sequence = 0;
  let last: Message | undefined;
  const conversation = {
    id: conversationId,
    channel: options.channel ?? ("CHAT" as Channel),
    language: "en",
    control: "ASSISTANT" as "ASSISTANT" | "QUEUE" | "AGENT",
    epoch: 0,
    assistantMode: "BUILT_IN" as const,
    customer: { id: customerId, name: null, email: null, externalId: null },
  };
  const facts = { workspaceId, conversationId };

  async function post(author: Message["author"], text: string, more: Partial<Message> = {}, settled?: true) {
    sequence += 1;
    const message: Message = {
      id: randomUUID(),
      sequence,
      author,
      authorName: null,
      text,
      postedAt: "2026-01-01T12:00:00.000Z",
      inReplyTo: null,
      answered: null,
      ...more,
    };
    await on.hear(
      newEvent("message.posted", { ...facts, data: { conversation: { ...conversation }, message, settled } }),
    );
    if (author === "CUSTOMER") last = message;
    return message;
  }

  return {
    workspaceId,
    conversationId,
    conversation,
    customer: { role: "CUSTOMER", workspaceId, conversationId, customerId } as Viewer,
    post,
    /** The customer says something; what policy made of it. */
    async say(text: string): Promise<Assessed> {
      const message = await post("CUSTOMER", text);
      return until(`an assessment of "${text.slice(0, 80)}"`, async () => {
        const said = await on.said("message.assessed", conversationId, 0);
        return said.find((event) => event.data.message.id === message.id)?.data;
      });
    },
    /** The assistant drafts an answer to the last thing said; what policy made of it. */
    async draft(answered: boolean, text = "", type: "answer.drafted" | "answer.submitted" = "answer.drafted") {
      const answer = {
        answerId: randomUUID(),
        messageId: last?.id ?? randomUUID(),
        epoch: conversation.epoch,
        answered,
        text,
        citations: [],
        coverage: null,
      };
      await on.hear(newEvent(type, { ...facts, data: { conversation: { ...conversation }, answer } }));
      const kept = await on.db.query("select 1 from assessment where answer_id = $1", [answer.answerId]);
      if (kept.length === 0) return null;
      return until("an assessment of the answer", async () => {
        const said = await on.said("answer.assessed", conversationId, 0);
        return said.find((event) => event.data.answer.answerId === answer.answerId)?.data.assessment;
      });
    },
    /** An offer, or any other handover, moves. */
    async handover(id: string, status: HandoverStatus, reason: Reason, from: HandoverStatus | null = null) {
      const handover = {
        id,
        status,
        reason,
        messageId: last?.id ?? null,
        ending: null,
        agentName: null,
        requestedAt: null,
      };
      await on.hear(
        newEvent("handover.changed", { ...facts, data: { conversation: { ...conversation }, handover, from } }),
      );
    },
    async control(to: "ASSISTANT" | "QUEUE" | "AGENT") {
      const from = conversation.control;
      conversation.control = to;
      conversation.epoch += 1;
      await on.hear(newEvent("control.changed", { ...facts, data: { conversation: { ...conversation }, from } }));
    },
  };
}
