import { type Provider, type Receipts, type StepName, stepNames } from "./provider";

/** How far carrying one handover to one desk has come. */
export const DeliveryStatus = {
  WAITING_FOR_SUMMARY: "WAITING_FOR_SUMMARY",
  DELIVERING: "DELIVERING",
  DELIVERED: "DELIVERED",
  FAILED: "FAILED",
  CANCELLED: "CANCELLED",
  CLOSED: "CLOSED",
  UNCLAIMED: "UNCLAIMED",
} as const;
export type DeliveryStatus = keyof typeof DeliveryStatus;

/** Where a delivery stands, as far as its next move depends on it. */
export interface Standing {
  status: DeliveryStatus;
  receipts: Receipts;
  hasSummary: boolean;
  /** The handover has ended, or was cancelled: the desk need not have it any longer. */
  over: boolean;
  /** A message of the customer's waits to follow the handover into the desk. */
  hasMessage: boolean;
  /** Another desk has the handover. */
  elsewhere: boolean;
  /** What was half done at a desk that failed is taken away. */
  tidied: boolean;
  /** The desk may have made something of it, although nobody heard of it. */
  unsure: boolean;
  /** No agent took it in time, and nobody was told yet. */
  unclaimed: boolean;
}

export type Move =
  | { do: "start" }
  | { do: "step"; step: StepName }
  | { do: "deliver" }
  | { do: "cancel" }
  | { do: "close" }
  | { do: "forward" }
  | { do: "say-unclaimed" }
  | { do: "rest" };

/** What a delivery whose time has come does next. */
export function nextMove(standing: Standing, provider: Pick<Provider, "mode" | "steps">): Move {
  const { status, receipts, over } = standing;
  if (status === "CANCELLED" || status === "CLOSED") return { do: "rest" };
  const begun = Object.keys(receipts).length > 0 || standing.unsure;
  // It stays as it is while nobody has the handover: this desk may be tried again.
  if (status === "FAILED" || status === "UNCLAIMED") {
    const left = begun && !standing.tidied && (over || standing.elsewhere);
    return { do: left ? "close" : "rest" };
  }
  const step = nextStep(standing, provider);
  if (status === "DELIVERED") {
    // A link stays with the customer, and so does its summary, after the handover ended with it. What the customer wrote
    // before the end is told before the desk's item closes.
    if (over && provider.mode === "DESK") return { do: standing.hasMessage ? "forward" : "close" };
    if (standing.unclaimed) return { do: "say-unclaimed" };
    if (step) return { do: "step", step };
    return standing.hasMessage ? { do: "forward" } : { do: "rest" };
  }
  if (over) return { do: begun ? "close" : "cancel" };
  if (status === "WAITING_FOR_SUMMARY") return { do: "start" };
  return step ? { do: "step", step } : { do: "deliver" };
}

/** The first step that is not done; the summary's is left out while there is none and comes later. */
function nextStep({ receipts, hasSummary }: Standing, { steps }: Pick<Provider, "steps">): StepName | null {
  return stepNames.find((name) => steps[name] && !receipts[name] && (name !== "summary" || hasSummary)) ?? null;
}

/** What follows a failed attempt: another after a pause, or the end of this desk's chances. Times in milliseconds. */
export function afterFailure(facts: {
  retry: boolean;
  /** How long nothing but failures has come from the desk; 0 at the first. */
  failingMs: number;
  /** How long that may go on. */
  patienceMs: number;
  /** The pause without the desk's own wish. */
  pauseMs: number;
  /** What the desk asked for. */
  afterMs: number | null;
}): { again: true; afterMs: number } | { again: false } {
  const left = facts.patienceMs - facts.failingMs;
  if (!facts.retry || left <= 0) return { again: false };
  // A desk that wants to be left alone for longer than anybody waits is no help now: the next one is.
  if (facts.afterMs !== null && facts.afterMs > left) return { again: false };
  // The last chance is at the very end.
  return { again: true, afterMs: Math.min(Math.max(facts.pauseMs, facts.afterMs ?? 0), left) };
}
