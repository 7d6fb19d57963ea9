import type { Handle } from "../../kit/inbox";
import { hearConversation, settle } from "./hear";

/** When the assistant gets the conversation back, what was said until then is settled and triggers nothing again. */
export function onControlChanged(): Handle<"control.changed"> {
  return async (event, work) => {
    const { conversation, from } = event.data;
    await work.transaction(async (tx) => {
      await hearConversation(tx, { workspaceId: event.workspaceid, conversation });
      if (conversation.control === "ASSISTANT" && from !== "ASSISTANT") await settle(tx, conversation.id);
    });
    return "done";
  };
}
