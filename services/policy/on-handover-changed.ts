import type { Handle } from "../../kit/inbox";
import { hearConversation, hearHandover, hearOffer } from "./hear";

/** Remembers handovers, and offers with what became of them: a declined one is not made again. */
export function onHandoverChanged(): Handle<"handover.changed"> {
  return async (event, work) => {
    const { conversation, handover } = event.data;
    const where = { workspaceId: event.workspaceid, conversation };
    await work.transaction(async (tx) => {
      await hearConversation(tx, where);
      await hearOffer(tx, where, handover);
      await hearHandover(tx, where, handover, event.time);
    });
    return "done";
  };
}
