import type { WholePatience } from "./patience";

/** How patient deliveries are. All in milliseconds unless the name says otherwise. */
export interface Settings {
  /** A handover waits so long for its summary; then it goes without, and the summary follows. */
  summaryWaitMs: number;
  /** One call of a provider's step. */
  stepTimeoutMs: number;
  /** How long desks are waited for where neither the connection nor the workspace says it. */
  patience: WholePatience;
  /**
   * A desk that has the handover and fails is tried again for so long with what comes afterwards: the customer's
   * messages, a late summary, the end. No other desk can take those.
   */
  followUpMs: number;
  /** The first pause between two attempts; it doubles, with jitter. */
  firstRetryMs: number;
  /** Pauses grow to this, unless the desk asks for more. */
  longestPauseMs: number;
  /** A worker that shows no sign of life for so long loses its delivery to another. */
  leaseMs: number;
  /** How often due deliveries are looked for when nobody rings. */
  pollMs: number;
  /** How often open handovers are looked at where a desk's calls may be missed; more seldom after the first hour. */
  lookAgainMs: number;
  /** What was sent to desks is kept for so long, masked. */
  requestsKeptMs: number;
}

export const defaultSettings: Settings = {
  summaryWaitMs: 8_000,
  stepTimeoutMs: 10_000,
  patience: { moveOnAfterSeconds: 120, waitingMinutes: 0, whenNobodyCame: "NEXT_DESK" },
  followUpMs: 4 * 3_600_000,
  firstRetryMs: 300,
  longestPauseMs: 60_000,
  leaseMs: 6_000,
  pollMs: 1_000,
  lookAgainMs: 300_000,
  requestsKeptMs: 30 * 86_400_000,
};
