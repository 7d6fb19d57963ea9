import type { Handle } from "../../kit/inbox";
import { hearConversation, hearMessages } from "./hear";

/** Keeps the transcript for summaries on demand. */
export function onMessagePosted(): Handle<"message.posted"> {
  return async (event, work) => {
    const { conversation, message } = event.data;
    await work.transaction(async (tx) => {
      await hearConversation(tx, event.workspaceid, conversation);
      await hearMessages(tx, event.workspaceid, conversation.id, [message]);
    });
    return "done";
  };
}
