import type { EntityManager } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { Handle } from "../../kit/inbox";
import type { EventOf } from "../../schema/events/catalogue";
import type { ProviderName } from "../../schema/words";
import { rouse } from "./delivery.rows";
import { followIntoDesk } from "./follow-into-desk";
import type { Provider, TranscriptLine } from "./provider";
import { deliveryStarted } from "./say-delivery";

/**
 * The summary is there: the delivery that waited for it starts, and one that went without gets it afterwards. A later
 * version, which the customer put right, takes the place of one that has not gone yet; a desk that has one already gets
 * the new one as an addition.
 */
export function onSummaryWritten(deps: {
  clock: Clock;
  providers: Map<ProviderName, Provider>;
  wake: (inMs: number) => void;
}): Handle<"summary.written"> {
  return async (event, work) => {
    const { handoverId, summary } = event.data;
    if (!handoverId) return { ignored: "not_ours" };
    const { workspaceid: workspaceId, subject: conversationId } = event;
    await work.transaction(async (tx, say) => {
      const now = deps.clock.now();
      const cause = { id: event.id, correlationid: event.correlationid };
      // It may come before the request it belongs to: topics keep no order among each other. Versions keep theirs.
      await tx.query(
        `insert into carried_handover (id, workspace_id, conversation_id, summary, cause, created_at)
         values ($1, $2, $3, $4::jsonb, $5::jsonb, $6)
         on conflict (id) do update set summary = excluded.summary, cause = excluded.cause
           where coalesce((carried_handover.summary->>'version')::integer, 0) < $7`,
        [
          handoverId,
          workspaceId,
          conversationId,
          JSON.stringify(summary),
          JSON.stringify(cause),
          now,
          summary.version ?? 1,
        ],
      );
      const [started]: [{ id: string; provider: ProviderName; connectionId: string | null }[], number] = await tx.query(
        `update delivery set status = 'DELIVERING'
         where handover_id = $1 and status = 'WAITING_FOR_SUMMARY'
         returning id, provider, connection_id as "connectionId"`,
        [handoverId],
      );
      if ((summary.version ?? 1) > 1) {
        if (await isAtADesk(tx, handoverId, deps.providers)) await addToDesk(tx, handoverId, event);
        await tx.query(`update delivery set copy_text = $2 where handover_id = $1 and copy_text is not null`, [
          handoverId,
          summary.text,
        ]);
      }
      await rouse(tx, handoverId, now);
      for (const delivery of started)
        say(deliveryStarted({ ...delivery, workspaceId, conversationId, handoverId }, cause));
    });
    deps.wake(0);
    return "done";
  };
}

/** Has a desk that takes later messages the summary already, or is it being told right now? */
async function isAtADesk(
  tx: EntityManager,
  handoverId: string,
  providers: Map<ProviderName, Provider>,
): Promise<boolean> {
  const deliveries: { provider: ProviderName; steps: string[]; busy: boolean }[] = await tx.query(
    `select provider, array(select jsonb_object_keys(receipts)) as steps,
            coalesce(leased_until > clock_timestamp(), false) as busy
     from delivery where handover_id = $1 and status in ('DELIVERING', 'DELIVERED') for update`,
    [handoverId],
  );
  return deliveries.some(({ provider: name, steps, busy }) => {
    const provider = providers.get(name);
    if (!provider?.forwardMessage) return false;
    return busy || steps.includes(provider.steps.summary ? "summary" : "conversation");
  });
}

/** It follows like the customer's next message: what was sent cannot be taken back. */
async function addToDesk(tx: EntityManager, handoverId: string, event: EventOf<"summary.written">): Promise<void> {
  const { summary } = event.data;
  const message: TranscriptLine = {
    id: summary.id,
    sequence: Math.max(1, summary.throughSequence),
    author: "CUSTOMER",
    authorName: null,
    text: `The customer has changed the summary. It now reads:\n\n${summary.text}`,
    postedAt: summary.writtenAt,
    inReplyTo: null,
    answered: null,
  };
  await followIntoDesk(tx, { workspaceId: event.workspaceid, handoverId }, message);
}
