import type { Clock } from "../../kit/clock";
import type { Handle } from "../../kit/inbox";
import type { ProviderName } from "../../schema/words";
import { rouse } from "./delivery.rows";
import { deliveryStarted } from "./say-delivery";

/** The summary is there: the delivery that waited for it starts, and one that went without gets it afterwards. */
export function onSummaryWritten(deps: { clock: Clock; wake: (inMs: number) => void }): Handle<"summary.written"> {
  return async (event, work) => {
    const { handoverId, summary } = event.data;
    if (!handoverId) return { ignored: "not_ours" };
    const { workspaceid: workspaceId, subject: conversationId } = event;
    await work.transaction(async (tx, say) => {
      const now = deps.clock.now();
      const cause = { id: event.id, correlationid: event.correlationid };
      // It may come before the request it belongs to: topics keep no order among each other.
      await tx.query(
        `insert into carried_handover (id, workspace_id, conversation_id, summary, cause, created_at)
         values ($1, $2, $3, $4::jsonb, $5::jsonb, $6)
         on conflict (id) do update set summary = excluded.summary, cause = excluded.cause`,
        [handoverId, workspaceId, conversationId, JSON.stringify(summary), JSON.stringify(cause), now],
      );
      const [started]: [{ id: string; provider: ProviderName; connectionId: string | null }[], number] = await tx.query(
        `update delivery set status = 'DELIVERING'
         where handover_id = $1 and status = 'WAITING_FOR_SUMMARY'
         returning id, provider, connection_id as "connectionId"`,
        [handoverId],
      );
      await rouse(tx, handoverId, now);
      for (const delivery of started)
        say(deliveryStarted({ ...delivery, workspaceId, conversationId, handoverId }, cause));
    });
    deps.wake(0);
    return "done";
  };
}
