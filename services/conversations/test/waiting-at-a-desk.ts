import { randomUUID } from "node:crypto";
import type { ConversationsStage, Talk } from "./scene";

/** What providers tell of a delivery into the console. */
export function deliveryOf(handoverId: string) {
  return { id: randomUUID(), handoverId, provider: "CONSOLE" as const, connectionId: null };
}

/** A conversation whose handover waits at a desk. */
export async function waitingAtDesk(set: ConversationsStage): Promise<{ talk: Talk; handoverId: string }> {
  const talk = await set.talk();
  await talk.say("Where is my parcel?");
  const { id } = await talk.do(talk.customer, "requestHandover");
  const handoverId = id as string;
  const delivery = deliveryOf(handoverId);
  await set.hear(
    talk.event("delivery.started", { delivery }),
    talk.event("handover.delivered", { delivery, mode: "DESK", externalId: null, url: null }),
  );
  return { talk, handoverId };
}
