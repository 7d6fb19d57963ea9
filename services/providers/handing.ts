import type { CarriedRow } from "./delivery.rows";
import type { Handing } from "./provider";

/** What a desk is told of a handover, out of what was kept of it. */
export function handingOf({ requested, summary, workspaceId, conversationId, handoverId }: CarriedRow): Handing {
  const { conversation, handover, transcript, tags = [] } = requested.data;
  return {
    handoverId,
    workspaceId,
    conversationId,
    channel: conversation.channel,
    language: conversation.language,
    reason: handover.reason,
    requestedAt: handover.requestedAt ?? requested.time,
    customer: conversation.customer,
    transcript,
    summary,
    tags,
  };
}
