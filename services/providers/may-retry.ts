import type { DeliveryStatus } from "./next-move";

/** One delivery of a handover, as far as trying it again depends on it. */
export interface Tried {
  id: string;
  status: DeliveryStatus;
  /** A worker has it, or its time has come. */
  busy: boolean;
}

export type Retry =
  | { do: "begin-again" }
  /** It waits for its next attempt: that one comes now. */
  | { do: "hurry" }
  | { do: "refuse"; why: "over" }
  | { do: "refuse"; why: "delivered" | "running"; delivery: Tried };

/** May a delivery be tried again? `all`: those of the same handover, itself included. */
export function mayRetry(wanted: Tried, all: Tried[], over: boolean): Retry {
  if (over) return { do: "refuse", why: "over" };
  const first = (...statuses: DeliveryStatus[]) =>
    [wanted, ...all].find(({ status }) => statuses.includes(status)) ?? null;
  const delivered = first("DELIVERED", "CLOSED");
  if (delivered) return { do: "refuse", why: "delivered", delivery: delivered };
  if (wanted.status === "DELIVERING" && !wanted.busy) return { do: "hurry" };
  const running = first("WAITING_FOR_SUMMARY", "DELIVERING");
  return running ? { do: "refuse", why: "running", delivery: running } : { do: "begin-again" };
}
