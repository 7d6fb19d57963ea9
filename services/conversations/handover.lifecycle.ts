import type { HandoverStatus } from "../../schema/words";

/**
 * The life of a handover: from each status, where it may go. A status that leads nowhere is an end, but for FAILED:
 * a failed delivery may be tried again, or an agent may find the conversation and take it.
 */
export const transitions: Record<HandoverStatus, readonly HandoverStatus[]> = {
  OFFERED: ["REQUESTED", "ACTIVE", "DECLINED", "CANCELLED", "EXPIRED"],
  REQUESTED: ["DELIVERING", "WAITING", "ACTIVE", "ENDED", "CANCELLED", "FAILED"],
  DELIVERING: ["WAITING", "ACTIVE", "ENDED", "CANCELLED", "FAILED"],
  WAITING: ["ACTIVE", "DELIVERING", "ENDED", "CANCELLED", "EXPIRED"],
  ACTIVE: ["ENDED"],
  FAILED: ["DELIVERING", "ACTIVE"],
  ENDED: [],
  DECLINED: [],
  CANCELLED: [],
  EXPIRED: [],
};

/** The statuses of which a conversation has at most one at a time; the partial unique index lists the same. */
export const openStatuses: readonly HandoverStatus[] = ["OFFERED", "REQUESTED", "DELIVERING", "WAITING", "ACTIVE"];

export function isOpen(status: HandoverStatus): boolean {
  return openStatuses.includes(status);
}

/** May a handover go from one status to another? Staying is no move. */
export function mayMove(from: HandoverStatus, to: HandoverStatus): boolean {
  return transitions[from].includes(to);
}

/** Of a conversation's handovers, oldest first, the one that counts: the open one, else the newest. */
export function currentOf<One extends { status: HandoverStatus }>(handovers: readonly One[]): One | null {
  return handovers.findLast(({ status }) => isOpen(status)) ?? handovers.at(-1) ?? null;
}
