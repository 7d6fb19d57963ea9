import type { Handle } from "../../kit/inbox";
import { type EventOf, newEvent } from "../../schema/events/catalogue";
import { askForDetails, handOver, offerAPerson } from "./assistant-steps";
import { addTags, tagsIn } from "./conversation-tags";
import type { Deps } from "./deps";
import { change, conversationFactsOf, envelopeOf, type Scene } from "./held-conversation";
import { holdUnderEpoch } from "./post-as-assistant";

/** Policy has read a customer's message: ask back, offer a person, hand over, or leave it to the assistant. */
export function onMessageAssessed(deps: Deps): Handle<"message.assessed"> {
  return async (event, work) => {
    const { assessment, message, conversation } = event.data;
    const { decision, reason } = assessment;
    const tags = tagsIn(assessment);
    // The built-in assistant hears the same event.
    const answersIt = decision === "CONTINUE" && conversation.assistantMode === "BUILT_IN";
    if (answersIt && tags.length === 0) return { ignored: "not_ours" };
    return work.transaction(async (tx, say) => {
      // Before anything that leads to a handover, so that they travel with it.
      await addTags(tx, { id: event.subject, workspaceId: event.workspaceid }, tags);
      if (answersIt) return "done";
      const scene: Scene = { tx, say, cause: event };
      const where = {
        conversation: { id: event.subject, workspaceId: event.workspaceid },
        epoch: conversation.epoch,
        messageId: message.id,
        origin: `assessment/${assessment.id}`,
        language: conversation.language,
      };
      if (decision === "CONTINUE") return awaitAnswer(deps, scene, event);
      if (decision === "CLARIFY") return askForDetails(deps, scene, where);
      const why = { ...where, reason: reason ?? "CUSTOMER_REQUEST" };
      return decision === "OFFER" ? offerAPerson(deps, scene, why) : handOver(deps, scene, why);
    });
  };
}

/** The workspace's own assistant has the word: its clock runs already, and it finds the message in `awaitingAnswer`. */
async function awaitAnswer(deps: Deps, scene: Scene, event: EventOf<"message.assessed">) {
  const { conversation, message } = event.data;
  const which = { id: event.subject, workspaceId: event.workspaceid };
  const held = await holdUnderEpoch(deps, scene, which, conversation.epoch);
  if ("ignored" in held) return held;
  if (held.assistantMode !== "EXTERNAL") return { ignored: "not_ours" as const };
  if (message.sequence <= held.conversation.answeredThrough) return { ignored: "already_done" as const };
  await change(held, { awaitingMessageId: message.id });
  scene.say(
    newEvent("answer.awaited", {
      ...envelopeOf(held),
      data: { conversation: conversationFactsOf(held), messageId: message.id },
    }),
  );
  return "done" as const;
}
