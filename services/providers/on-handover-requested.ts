import type { Clock } from "../../kit/clock";
import type { Handle } from "../../kit/inbox";
import { chooseDesk } from "./choose-desk";
import type { Connections } from "./connections";
import { addDelivery, endHandoversOf } from "./delivery.rows";
import { route } from "./route";
import { deliveryStarted } from "./say-delivery";

/** A person is needed: decides on the handover's way through the desks and waits for its summary, or goes at once. */
export function onHandoverRequested(deps: {
  connections: Connections;
  clock: Clock;
  summaryWaitMs: number;
  wake: (inMs: number) => void;
}): Handle<"handover.requested"> {
  return async (event, work) => {
    const { id: handoverId } = event.data.handover;
    const { workspaceid: workspaceId, subject: conversationId } = event;
    const waits = await work.transaction(async (tx, say) => {
      const now = deps.clock.now();
      const stops = route(await deps.connections.list(tx, workspaceId), {
        channel: event.data.conversation.channel,
        language: event.data.conversation.language,
        reason: event.data.handover.reason,
        tags: event.data.tags ?? [],
      });
      const cause = { id: event.id, correlationid: event.correlationid };
      const [carried]: { summary: unknown }[] = await tx.query(
        `insert into carried_handover (id, workspace_id, conversation_id, requested, cause, stops, created_at)
         values ($1, $2, $3, $4::jsonb, $5::jsonb, $6::jsonb, $7)
         on conflict (id) do update set requested = excluded.requested, cause = excluded.cause, stops = excluded.stops
           where carried_handover.requested is null
         returning summary`,
        [
          handoverId,
          workspaceId,
          conversationId,
          JSON.stringify(event),
          JSON.stringify(cause),
          JSON.stringify(stops),
          now,
        ],
      );
      if (!carried) return null;
      // One that no desk took is not tried again: this one has taken its place.
      await endHandoversOf(tx, conversationId, handoverId, now);
      const ready = carried.summary !== null;
      const first = await chooseDesk(tx, { workspaceId, stops, turn: 0, now });
      if (!first) return null;
      const { stop } = first;
      const facts = { workspaceId, conversationId, handoverId, ...first, now };
      const id = await addDelivery(tx, {
        ...facts,
        status: ready ? "DELIVERING" : "WAITING_FOR_SUMMARY",
        dueAt: ready ? now : new Date(now.getTime() + deps.summaryWaitMs),
      });
      if (ready) say(deliveryStarted({ id, workspaceId, conversationId, handoverId, ...stop }, cause));
      return ready ? 0 : deps.summaryWaitMs;
    });
    if (waits === null) return { ignored: "already_done" };
    deps.wake(waits);
    return "done";
  };
}
