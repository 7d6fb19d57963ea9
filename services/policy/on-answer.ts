import type { DataSource } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { Handle } from "../../kit/inbox";
import { newEvent } from "../../schema/events/catalogue";
import { assessAnswer } from "./assess-answer";
import { hearAnswered, hearConversation } from "./hear";
import { keepAssessment } from "./keep-assessment";
import { findMessage, loadCase } from "./load-case";
import { offlineDetector } from "./read-signals";

/** The assistant, Baton's own or the workspace's, has drafted an answer: policy reads it before the customer does. */
export function onAnswer(deps: {
  db: DataSource;
  clock: Clock;
}): Handle<"answer.drafted"> & Handle<"answer.submitted"> {
  return async (event, work) => {
    const { conversation, answer } = event.data;
    const workspaceId = event.workspaceid;
    const message = await findMessage(deps.db, workspaceId, answer.messageId);
    if (!message) return { ignored: "unknown_conversation" };
    const loaded = await loadCase(deps.db, { workspaceId, conversation, message });
    const { reading, settings, rules, tags, epoch, policyVersion } = loaded;
    // Somebody else has been in control since: nobody will read this draft.
    if (epoch > answer.epoch) return { ignored: "stale_epoch" };
    const { control } = conversation;
    const judgement = assessAnswer({ reading, control, settings, rules, tags, draft: answer });
    await work.transaction(async (tx, say) => {
      await hearConversation(tx, { workspaceId, conversation });
      await hearAnswered(tx, message.id, answer.answered);
      const assessment = await keepAssessment(
        tx,
        {
          workspaceId,
          conversationId: conversation.id,
          messageId: message.id,
          answerId: answer.answerId,
          detector: offlineDetector,
          prompt: null,
          policyVersion,
          at: deps.clock.now(),
        },
        judgement,
      );
      say(
        newEvent("answer.assessed", {
          workspaceId,
          conversationId: conversation.id,
          data: { conversation, answer, assessment },
          cause: event,
        }),
      );
    });
    return "done";
  };
}
