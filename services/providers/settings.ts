/** How patient deliveries are. All in milliseconds but `mostAttempts`. */
export interface Settings {
  /** A handover waits so long for its summary; then it goes without, and the summary follows. */
  summaryWaitMs: number;
  /** One call of a provider's step. */
  stepTimeoutMs: number;
  /** Attempts of one step at one desk, before the next desk gets its chance. */
  mostAttempts: number;
  /** The first pause between two attempts; it doubles, with jitter. */
  firstRetryMs: number;
  /** No pause is longer; a desk that asks for more is given up. */
  longestPauseMs: number;
  /** A worker that shows no sign of life for so long loses its delivery to another. */
  leaseMs: number;
  /** What was sent to desks is kept for so long, masked. */
  requestsKeptMs: number;
}

export const defaultSettings: Settings = {
  summaryWaitMs: 8_000,
  stepTimeoutMs: 10_000,
  mostAttempts: 5,
  firstRetryMs: 300,
  longestPauseMs: 30_000,
  leaseMs: 6_000,
  requestsKeptMs: 30 * 86_400_000,
};
