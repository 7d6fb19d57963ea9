import type { Clock } from "../../kit/clock";
import type { Handle } from "../../kit/inbox";
import { endHandoversOf } from "./delivery.rows";

/** The conversation is over for good: a handover of it that no desk took is not tried again. */
export function onConversationClosed(deps: {
  clock: Clock;
  wake: (inMs: number) => void;
}): Handle<"conversation.closed"> {
  return async (event, work) => {
    const ended = await work.transaction((tx) => endHandoversOf(tx, event.subject, null, deps.clock.now()));
    if (ended === 0) return { ignored: "already_done" };
    deps.wake(0);
    return "done";
  };
}
