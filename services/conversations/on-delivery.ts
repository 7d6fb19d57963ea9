import type { Handle } from "../../kit/inbox";
import type { Deps } from "./deps";
import { endHandover, expireHandover, failHandover } from "./end-handover";
import { handleHandover } from "./handle-handover";
import { mayMove } from "./handover.lifecycle";
import { addSystemMessage, type Held, moveControl, moveHandover, tellHandover } from "./held-conversation";
import { makeRoom } from "./offers";
import { nobodyThereText, textsFor } from "./texts";

/** A delivery is under way. After a failure that was final it is a new attempt, and the conversation queues again. */
export function onDeliveryStarted(deps: Deps): Handle<"delivery.started"> {
  return (event, work) =>
    handleHandover(deps, work, event, event.data.delivery.handoverId, async (held, handover) => {
      if (held.conversation.closedAt) return { ignored: "conversation_closed" };
      if (!mayMove(handover.status, "DELIVERING")) return { ignored: "already_done" };
      const from = handover.status;
      const again = from === "FAILED";
      if (again && !(await makeRoom(held))) return { ignored: "already_done" };
      await moveHandover(held, handover, "DELIVERING", onItsWay(held));
      if (again) await moveControl(held, "QUEUE");
      tellHandover(held, handover, from);
      if (again) await addSystemMessage(held, textsFor(held.conversation.language).handedOver);
      return "done";
    });
}

/** A desk has the handover, where an agent will take it; or the customer got a link, which is the end of it here. */
export function onHandoverDelivered(deps: Deps): Handle<"handover.delivered"> {
  return (event, work) =>
    handleHandover(deps, work, event, event.data.delivery.handoverId, async (held, handover) => {
      if (held.conversation.closedAt) return { ignored: "conversation_closed" };
      const { mode, url, absence } = event.data;
      const { language, offersAsButton, control } = held.conversation;
      const texts = textsFor(language);
      if (!mayMove(handover.status, mode === "LINK" ? "ENDED" : "WAITING")) return { ignored: "already_done" };
      if (mode === "LINK") {
        handover.deliveredAt = held.now;
        await held.tx.save(handover);
        await endHandover(held, handover, { ending: "LINKED", text: url ? texts.link(url) : texts.linkWithoutUrl });
        return "done";
      }
      const from = handover.status;
      const expectedAt = absence?.until ? new Date(absence.until) : null;
      await moveHandover(held, handover, "WAITING", { deliveredAt: held.now, unattended: !!absence, expectedAt });
      tellHandover(held, handover, from);
      const button = control === "ASSISTANT" ? null : offersAsButton;
      if (absence) await addSystemMessage(held, nobodyThereText(language, absence, button));
      return "done";
    });
}

/**
 * No agent took it in time where it waits. Whether one has come meanwhile is known here only: if not, it goes on to the
 * next desk, or the assistant has the conversation again; the customer is told which.
 */
export function onDeliveryUnclaimed(deps: Deps): Handle<"delivery.unclaimed"> {
  return (event, work) => {
    const { delivery, waitedMinutes, goesTo } = event.data;
    return handleHandover(deps, work, event, delivery.handoverId, async (held, handover) => {
      if (held.conversation.closedAt) return { ignored: "conversation_closed" };
      if (handover.status !== "WAITING") return { ignored: "already_done" };
      if (goesTo === "ASSISTANT") {
        await expireHandover(held, handover, waitedMinutes);
        return "done";
      }
      await moveHandover(held, handover, "DELIVERING", onItsWay(held));
      tellHandover(held, handover, "WAITING");
      await addSystemMessage(held, textsFor(held.conversation.language).nobodyCameYet);
      return "done";
    });
  };
}

/** No desk took it. Only the last failure counts here; before that the next desk is tried. */
export function onDeliveryFailed(deps: Deps): Handle<"delivery.failed"> {
  return (event, work) => {
    const { delivery, error, final } = event.data;
    if (!final) return Promise.resolve({ ignored: "not_ours" });
    return handleHandover(deps, work, event, delivery.handoverId, async (held, handover) => {
      if (held.conversation.closedAt) return { ignored: "conversation_closed" };
      if (!mayMove(handover.status, "FAILED")) return { ignored: "already_done" };
      await failHandover(held, handover);
      deps.log.error(
        { handover: handover.id, conversation: held.conversation.id, workspace: handover.workspaceId, problem: error },
        "No help desk took a handover: the customer was told, and asked to try again later.",
      );
      return "done";
    });
  };
}

/** From now on the customer waits for a desk; after a while they hear that it takes long. */
function onItsWay({ now, settings }: Held): { slowAt: Date } {
  return { slowAt: new Date(now.getTime() + settings.deliverySlowAfterMs) };
}
