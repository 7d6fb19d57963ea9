import type { EntityManager } from "typeorm";
import type { TranscriptLine } from "./provider";

/** What comes after the handover follows it into the desk, in order of `sequence`; each message once. */
export async function followIntoDesk(
  tx: EntityManager,
  to: { workspaceId: string; handoverId: string },
  message: TranscriptLine,
): Promise<void> {
  await tx.query(
    `insert into forwarded_message (message_id, workspace_id, handover_id, sequence, message)
     values ($1, $2, $3, $4, $5::jsonb) on conflict do nothing`,
    [message.id, to.workspaceId, to.handoverId, message.sequence, JSON.stringify(message)],
  );
}
