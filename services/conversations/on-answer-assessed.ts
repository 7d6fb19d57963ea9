import type { Handle, Outcome } from "../../kit/inbox";
import { storable } from "../../kit/storable";
import { admitNoAnswer, askForDetails, handOver, offerAPerson } from "./assistant-steps";
import type { Deps } from "./deps";
import type { Scene } from "./held-conversation";
import { postAsAssistant } from "./post-as-assistant";

/** Policy has read the assistant's draft: the customer gets it, an offer, or a person without reading it. */
export function onAnswerAssessed(deps: Deps): Handle<"answer.assessed"> {
  return async (event, work) => {
    const { answer, assessment, conversation } = event.data;
    return work.transaction(async (tx, say): Promise<Outcome> => {
      const scene: Scene = { tx, say, cause: event };
      const where = {
        conversation: { id: event.subject, workspaceId: event.workspaceid },
        epoch: answer.epoch,
        messageId: answer.messageId,
        origin: `answer/${answer.answerId}`,
        language: conversation.language,
      };
      const text = storable(answer.text).trim();
      switch (assessment.decision) {
        case "HANDOVER":
          return handOver(deps, scene, { ...where, reason: assessment.reason ?? "CANNOT_ANSWER" });
        case "OFFER":
          return offerAPerson(deps, scene, { ...where, reason: assessment.reason ?? "CANNOT_ANSWER" });
        case "CLARIFY":
          return askForDetails(deps, scene, where);
        case "CONTINUE": {
          if (text === "") return admitNoAnswer(deps, scene, where);
          const held = await postAsAssistant(deps, scene, {
            conversation: where.conversation,
            epoch: where.epoch,
            inReplyTo: where.messageId,
            text,
            answered: answer.answered,
            citations: answer.citations,
            origin: where.origin,
          });
          return "ignored" in held ? held : "done";
        }
      }
    });
  };
}
