import { randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { Outcome, Work } from "../../kit/inbox";
import { type EventOf, newEvent } from "../../schema/events/catalogue";
import { briefOf, isEmptyBrief } from "./brief";
import { hearConversation } from "./hear";
import type { Line } from "./summary";

/** A person's talk is read no further back than this many of their messages. */
const mostMessages = 60;

/** The assistant has the conversation again: it is told what the person did, once per handover. */
export async function writeBrief(
  { db, clock }: { db: Pick<EntityManager, "query">; clock: Clock },
  event: EventOf<"handover.changed">,
  work: Work,
): Promise<Outcome> {
  const { handover, conversation } = event.data;
  const read: { facts: Line; through: number }[] = await db.query(
    `select facts, sequence as through from heard_message
     where conversation_id = $1 and facts->>'author' = 'AGENT'
       and sequence > coalesce((select max(through_sequence) from brief where conversation_id = $1), 0)
     order by sequence desc limit $2`,
    [conversation.id, mostMessages],
  );
  const brief = briefOf(read.map(({ facts }) => facts).reverse());
  const note = handover.note ?? null;
  if (isEmptyBrief(brief) && !note) return { ignored: "not_ours" };
  const facts = {
    id: randomUUID(),
    handoverId: handover.id,
    agentName: handover.agentName,
    ...brief,
    note,
    throughSequence: read[0]?.through ?? 0,
    writtenAt: clock.now().toISOString(),
  };
  const { workspaceid: workspaceId } = event;
  return work.transaction(async (tx, say) => {
    await hearConversation(tx, workspaceId, conversation);
    const kept: unknown[] = await tx.query(
      `insert into brief (id, workspace_id, conversation_id, handover_id, agent_name, decided, promised, changed, note,
                          through_sequence, written_at)
       values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8::jsonb, $9, $10, $11)
       on conflict (handover_id) do nothing returning id`,
      [
        facts.id,
        workspaceId,
        conversation.id,
        handover.id,
        facts.agentName,
        JSON.stringify(facts.decided),
        JSON.stringify(facts.promised),
        JSON.stringify(facts.changed),
        note,
        facts.throughSequence,
        facts.writtenAt,
      ],
    );
    if (kept.length === 0) return { ignored: "already_done" };
    const data = { conversation, brief: facts };
    say(newEvent("brief.written", { workspaceId, conversationId: conversation.id, data, cause: event }));
    return "done";
  });
}
