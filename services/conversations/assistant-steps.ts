import type { Outcome } from "../../kit/inbox";
import type { Reason } from "../../schema/words";
import type { Deps } from "./deps";
import type { Scene } from "./held-conversation";
import { hasPlace } from "./keep-talking";
import { offerHandover, wasDeclined } from "./offers";
import { holdUnderEpoch, postAsAssistant } from "./post-as-assistant";
import { AlreadyHandedOver } from "./refusals";
import { requestHandover } from "./request-handover";
import { offerText, textsFor } from "./texts";

/** Which customer message a step of the assistant goes back to, and the epoch it was decided under. */
export interface StepWhere {
  conversation: { id: string; workspaceId: string };
  epoch: number;
  messageId: string;
  /** The same origin twice is one message. */
  origin: string;
  language: string;
}

/** Asks the customer what it is about, instead of handing a bare request over. */
export async function askForDetails(deps: Deps, scene: Scene, where: StepWhere): Promise<Outcome> {
  const held = await postAsAssistant(deps, scene, {
    conversation: where.conversation,
    epoch: where.epoch,
    inReplyTo: where.messageId,
    text: textsFor(where.language).clarify,
    answered: null,
    origin: where.origin,
  });
  return "ignored" in held ? held : "done";
}

/**
 * Says that the assistant does not know, or that a person can help, and offers one. An offer the customer declined is
 * not made again for the same reason, nor one to who waits for a person already: then only the sentence is said.
 */
export async function offerAPerson(deps: Deps, scene: Scene, where: StepWhere & { reason: Reason }): Promise<Outcome> {
  const { id } = where.conversation;
  // Held before it is looked at: the customer may be declining an offer, or taking a place, right now.
  const before = await holdUnderEpoch(deps, scene, where.conversation, where.epoch);
  if ("ignored" in before) return before;
  const waits = await hasPlace(scene.tx, id);
  const declined = !waits && (await wasDeclined(scene.tx, id, where.reason));
  const { cannotAnswer, placeKept } = textsFor(where.language);
  const offer = offerText(where.language, where.reason, before.conversation.offersAsButton);
  const held = await postAsAssistant(deps, scene, {
    conversation: where.conversation,
    epoch: where.epoch,
    inReplyTo: where.messageId,
    text: waits ? `${cannotAnswer} ${placeKept}` : declined ? cannotAnswer : offer,
    answered: where.reason === "CANNOT_ANSWER" || declined ? false : null,
    origin: where.origin,
  });
  if ("ignored" in held) return held;
  if (!declined && !waits) await offerHandover(held, { reason: where.reason, messageId: where.messageId });
  return "done";
}

/** Says that there is no answer, without an offer. */
export async function admitNoAnswer(deps: Deps, scene: Scene, where: StepWhere): Promise<Outcome> {
  const held = await postAsAssistant(deps, scene, {
    conversation: where.conversation,
    epoch: where.epoch,
    inReplyTo: where.messageId,
    text: textsFor(where.language).cannotAnswer,
    answered: false,
    origin: where.origin,
  });
  return "ignored" in held ? held : "done";
}

/** Hands over without another word of the assistant's: the customer never reads what it could not answer. */
export async function handOver(deps: Deps, scene: Scene, where: StepWhere & { reason: Reason }): Promise<Outcome> {
  const held = await holdUnderEpoch(deps, scene, where.conversation, where.epoch);
  if ("ignored" in held) return held;
  const result = await requestHandover(held, { reason: where.reason, messageId: where.messageId });
  return result instanceof AlreadyHandedOver ? { ignored: "already_done" } : "done";
}
