import type { EntityManager } from "typeorm";
import type { Say } from "../../kit/outbox";
import { type BatonEvent, type EventOf, newEvent } from "../../schema/events/catalogue";
import type { SummaryFacts } from "./summary";

/** Keeps a summary and says so. False when the handover has its summary already: then nothing is kept or said. */
export async function saveSummary(
  tx: EntityManager,
  say: Say,
  facts: {
    workspaceId: string;
    conversation: EventOf<"summary.written">["data"]["conversation"];
    handoverId: string | null;
    summary: SummaryFacts;
    cause?: BatonEvent;
  },
): Promise<boolean> {
  const { workspaceId, conversation, handoverId, summary, cause } = facts;
  const kept = (await tx.query(
    `insert into summary (id, workspace_id, conversation_id, handover_id, headline, wants, tried, open_question, mood,
                          contact, language, written_by, through_sequence, written_at, text)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8::jsonb, $9, $10, $11, $12, $13, $14, $15)
     on conflict (handover_id) do nothing returning id`,
    [
      summary.id,
      workspaceId,
      conversation.id,
      handoverId,
      summary.headline,
      summary.wants && JSON.stringify(summary.wants),
      JSON.stringify(summary.tried),
      summary.openQuestion && JSON.stringify(summary.openQuestion),
      summary.mood,
      summary.contact,
      summary.language,
      summary.writtenBy,
      summary.throughSequence,
      summary.writtenAt,
      summary.text,
    ],
  )) as { id: string }[];
  if (kept.length === 0) return false;
  const data = { conversation, handoverId, summary };
  say(newEvent("summary.written", { workspaceId, conversationId: conversation.id, data, cause }));
  return true;
}
