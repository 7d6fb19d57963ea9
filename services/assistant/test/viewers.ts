import { randomUUID } from "node:crypto";
import type { Viewer } from "../../../kit/viewer";

/** A company of its own: a customer, an agent and the back end of one new workspace. */
export function someCompany(): { customer: Viewer; agent: Viewer; backEnd: Viewer } {
  const workspaceId = randomUUID();
  return {
    customer: { role: "CUSTOMER", workspaceId, conversationId: randomUUID(), customerId: randomUUID() },
    agent: { role: "AGENT", workspaceId, agentId: "ines", name: "Ines" },
    backEnd: { role: "SERVICE", workspaceId, name: "shop" },
  };
}
