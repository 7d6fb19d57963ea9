import type { Handle } from "../../kit/inbox";
import { hearConversation } from "./hear";

/** Keeps who the customer is, when a conversation starts and whenever more is known. */
export function onConversationTold(): Handle<"conversation.started"> & Handle<"customer.identified"> {
  return async (event, work) => {
    await work.transaction((tx) => hearConversation(tx, event.workspaceid, event.data.conversation));
    return "done";
  };
}
