import type { Clock } from "../../kit/clock";
import type { Handle } from "../../kit/inbox";
import type { Log } from "../../kit/log";
import { newEvent } from "../../schema/events/catalogue";
import { rouse } from "./delivery.rows";
import { passOn, stayWhereTaken } from "./pass-on";
import { closeItem, openItem, takeItem } from "./providers/console/desk";

const over = new Set(["ENDED", "CANCELLED", "DECLINED", "EXPIRED"]);

/** Follows what becomes of a handover elsewhere: an agent joined by writing, or it is over and the desk's item closes. */
export function onHandoverChanged(deps: {
  clock: Clock;
  log: Log;
  wake: (inMs: number) => void;
}): Handle<"handover.changed"> {
  /** Nobody took it where it waited, and nobody was quicker than that: the next desk gets it. */
  const goOn: Handle<"handover.changed"> = async (event, work) => {
    const { workspaceid: workspaceId, subject: conversationId } = event;
    const story = { workspaceId, conversationId, handoverId: event.data.handover.id };
    const cause = { id: event.id, correlationid: event.correlationid };
    const passed = await work.transaction((tx, say) => passOn(tx, say, deps.log, story, cause, deps.clock.now()));
    if (!passed) return { ignored: "already_done" };
    deps.wake(0);
    return "done";
  };

  return async (event, work) => {
    const { handover } = event.data;
    const { workspaceid: workspaceId, subject: conversationId } = event;
    if (handover.status === "DELIVERING" && event.data.from === "WAITING") return goOn(event, work);
    if (handover.status !== "ACTIVE" && !over.has(handover.status)) return { ignored: "not_ours" };
    await work.transaction(async (tx, say) => {
      const now = deps.clock.now();
      const tell = (state: "TAKEN" | "CLOSED") =>
        say(
          newEvent("desk.changed", {
            workspaceId,
            conversationId,
            data: { handoverId: handover.id, state },
            cause: event,
          }),
        );
      if (handover.status === "ACTIVE") {
        await tx.query("update carried_handover set taken_at = $2 where id = $1 and taken_at is null", [
          handover.id,
          now,
        ]);
        await stayWhereTaken(tx, handover.id, now);
        // Carried elsewhere, the desk there has it. Carried nowhere, an agent stepped in although nobody asked for one:
        // it is theirs, so their desk shows it.
        const [{ elsewhere }]: [{ elsewhere: boolean }] = await tx.query(
          `select exists (select from delivery where handover_id = $1 and provider <> 'CONSOLE'
                          and status in ('WAITING_FOR_SUMMARY', 'DELIVERING', 'DELIVERED')) as elsewhere`,
          [handover.id],
        );
        if (!elsewhere)
          await openItem(tx, {
            handoverId: handover.id,
            workspaceId,
            conversationId,
            requestedAt: handover.requestedAt ?? event.time,
          });
        if (await takeItem(tx, handover.id, { id: null, name: handover.agentName ?? "" }, now)) tell("TAKEN");
        return;
      }
      await tx.query("update carried_handover set over_at = $2, ending = $3 where id = $1 and over_at is null", [
        handover.id,
        now,
        handover.ending,
      ]);
      await rouse(tx, handover.id, now);
      if (await closeItem(tx, handover.id, now)) tell("CLOSED");
    });
    deps.wake(0);
    return "done";
  };
}
