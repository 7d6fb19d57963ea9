import type { DataSource } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { Handle } from "../../kit/inbox";
import type { Model } from "../../kit/model";
import { newEvent } from "../../schema/events/catalogue";
import { hearConversation, hearMessage, keepable } from "./hear";
import { judge } from "./judge";
import { keepAssessment, keepTags } from "./keep-assessment";
import { loadCase } from "./load-case";

/** Turns that go along with an assessment, the assessed message included. */
const mostRecent = 12;

/** Somebody said something. The customer's words to the assistant are judged; all others are remembered, and what Baton itself answers. */
export function onMessagePosted(deps: { db: DataSource; clock: Clock; model: Model | null }): Handle<"message.posted"> {
  return async (event, work) => {
    const { conversation, settled } = event.data;
    const message = keepable(event.data.message);
    const where = { workspaceId: event.workspaceid, conversation };
    if (message.author !== "CUSTOMER" || conversation.control !== "ASSISTANT" || settled) {
      await work.transaction(async (tx) => {
        await hearConversation(tx, where);
        await hearMessage(tx, where, message);
      });
      return "done";
    }
    const loaded = await loadCase(deps.db, { workspaceId: event.workspaceid, conversation, message });
    const { judgement, detector, prompt } = await judge(loaded, conversation.control, deps.model, work.signal);
    const about = {
      workspaceId: event.workspaceid,
      conversationId: conversation.id,
      messageId: message.id,
      answerId: null,
      detector,
      prompt,
      policyVersion: loaded.policyVersion,
      at: deps.clock.now(),
    };
    await work.transaction(async (tx, say) => {
      await hearConversation(tx, where);
      // Said twice as two events: one assessment is enough, and enough for whoever hears it.
      if (!(await hearMessage(tx, where, message))) return;
      const assessment = await keepAssessment(tx, about, judgement);
      await keepTags(tx, about, judgement);
      say(
        newEvent("message.assessed", {
          workspaceId: event.workspaceid,
          conversationId: conversation.id,
          data: { conversation, message, recent: loaded.messages.slice(-mostRecent), assessment },
          cause: event,
        }),
      );
    });
    return "done";
  };
}
