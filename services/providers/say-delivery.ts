import { type BatonEvent, newEvent } from "../../schema/events/catalogue";
import type { Cause, Held } from "./delivery.rows";

type Carried = Pick<Held, "id" | "workspaceId" | "conversationId" | "handoverId" | "provider" | "connectionId">;

/** What the events of a delivery say of it. */
const factsOf = ({ id, handoverId, provider, connectionId }: Carried) => ({ id, handoverId, provider, connectionId });

// `newEvent` reads the cause's id and correlation id only.
const story = ({ workspaceId, conversationId }: Carried, cause: Cause) => ({
  workspaceId,
  conversationId,
  cause: cause as BatonEvent,
});

export const deliveryStarted = (carried: Carried, cause: Cause) =>
  newEvent("delivery.started", { ...story(carried, cause), data: { delivery: factsOf(carried) } });

export const handoverDelivered = (
  carried: Carried & Pick<Held, "externalId" | "url" | "absence">,
  mode: "DESK" | "LINK",
  cause: Cause,
) =>
  newEvent("handover.delivered", {
    ...story(carried, cause),
    data: {
      delivery: factsOf(carried),
      mode,
      externalId: carried.externalId,
      url: carried.url,
      absence: mode === "DESK" ? carried.absence : null,
    },
  });

export const deliveryUnclaimed = (
  carried: Carried,
  facts: { waitedMinutes: number; goesTo: "NEXT_DESK" | "ASSISTANT" },
  cause: Cause,
) => newEvent("delivery.unclaimed", { ...story(carried, cause), data: { delivery: factsOf(carried), ...facts } });

export const deliveryFailed = (carried: Carried, error: string, final: boolean, cause: Cause) =>
  newEvent("delivery.failed", { ...story(carried, cause), data: { delivery: factsOf(carried), error, final } });
