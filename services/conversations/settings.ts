/** How long things may take. All in milliseconds unless the name says otherwise. */
export interface Settings {
  /** A customer's message the built-in assistant has not answered after this long goes to a person. */
  answerWithinMs: number;
  /** The same for a workspace's own (EXTERNAL) assistant. */
  externalAnswerWithinMs: number;
  /** An offer nobody accepted or declined is over after this long. */
  offerLastsMs: number;
  /** An agent's conversation without any message for this long goes back to the assistant. */
  quietAfterMs: number;
  /**
   * How long a customer's token is good, in seconds; the widget renews it before that. Longer than a team is away: whoever
   * was told that their place is kept until Monday, and left the page, must find it again.
   */
  customerTokenSeconds: number;
  /**
   * A handover that nobody has begun to deliver after this long has failed: the delivering part is down, and the
   * customer must not be left waiting in silence. It is delivered all the same once that part is back.
   */
  deliveryBeginsWithinMs: number;
  /** A customer whose handover is still on its way to a desk after this long hears so, once. */
  deliverySlowAfterMs: number;
  /** How often due rows are looked for. */
  sweepEveryMs: number;
}

const hours = 3_600_000;

export const defaultSettings: Settings = {
  answerWithinMs: 30_000,
  externalAnswerWithinMs: 60_000,
  offerLastsMs: 24 * hours,
  quietAfterMs: 24 * hours,
  customerTokenSeconds: 14 * 24 * 3_600,
  deliveryBeginsWithinMs: 120_000,
  deliverySlowAfterMs: 180_000,
  sweepEveryMs: 1_000,
};
