import type { Handover } from "./handover.entity";
import { addHandover, addSystemMessage, type Held, moveControl, moveHandover, tellHandover } from "./held-conversation";
import { textsFor } from "./texts";

/** An agent as far as the desk or the token tells. */
export interface JoiningAgent {
  id: string | null;
  name: string;
}

/** An agent takes the handover: control is theirs, and the customer is told who is there. */
export async function joinHandover(held: Held, handover: Handover, agent: JoiningAgent): Promise<void> {
  const from = handover.status;
  const tookOver = from === "OFFERED" ? { reason: "AGENT_TOOK_OVER" as const } : {};
  await moveHandover(held, handover, "ACTIVE", { ...tookOver, ...columnsOf(held, agent) });
  await moveControl(held, "AGENT");
  tellHandover(held, handover, from);
  await addSystemMessage(held, textsFor(held.conversation.language).joined(agent.name));
}

/** An agent steps in although nobody asked for one. */
export async function takeOver(held: Held, agent: JoiningAgent): Promise<Handover> {
  const handover = await addHandover(held, {
    status: "ACTIVE",
    reason: "AGENT_TOOK_OVER",
    requestedAt: held.now,
    ...columnsOf(held, agent),
  });
  await moveControl(held, "AGENT");
  tellHandover(held, handover, null);
  await addSystemMessage(held, textsFor(held.conversation.language).joined(agent.name));
  return handover;
}

function columnsOf(held: Held, agent: JoiningAgent): Partial<Handover> {
  return { agentId: agent.id, agentName: agent.name, joinedAt: held.now };
}
