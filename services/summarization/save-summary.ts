import type { EntityManager } from "typeorm";
import type { Say } from "../../kit/outbox";
import { type BatonEvent, type EventOf, newEvent } from "../../schema/events/catalogue";
import type { SummaryFacts } from "./summary";

/**
 * Keeps a summary and says so. False when the handover has this version already, or another one took the place of the
 * same: then nothing is kept or said.
 */
export async function saveSummary(
  tx: EntityManager,
  say: Say,
  facts: {
    workspaceId: string;
    conversation: EventOf<"summary.written">["data"]["conversation"];
    handoverId: string | null;
    summary: SummaryFacts;
    /** The version whose place it takes; that one stays. */
    replaces?: string | null;
    cause?: BatonEvent;
  },
): Promise<boolean> {
  const { workspaceId, conversation, handoverId, summary, replaces = null, cause } = facts;
  const kept = (await tx.query(
    `insert into summary (id, workspace_id, conversation_id, handover_id, headline, wants, tried, open_question, mood,
                          contact, language, written_by, through_sequence, written_at, text, facts, promised, next_step,
                          html, markdown, version, corrected_by, replaces)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8::jsonb, $9, $10, $11, $12, $13, $14, $15, $16::jsonb,
             $17::jsonb, $18::jsonb, $19, $20, $21, $22, $23)
     on conflict do nothing returning id`,
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
      JSON.stringify(summary.facts),
      JSON.stringify(summary.promised),
      summary.nextStep && JSON.stringify(summary.nextStep),
      summary.html,
      summary.markdown,
      summary.version,
      summary.correctedBy,
      replaces,
    ],
  )) as { id: string }[];
  if (kept.length === 0) return false;
  const data = { conversation, handoverId, summary };
  say(newEvent("summary.written", { workspaceId, conversationId: conversation.id, data, cause }));
  return true;
}
