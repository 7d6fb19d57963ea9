import { createUnionType, Field, Int, InterfaceType, ObjectType } from "type-graphql";
import { Summary } from "./summary.entity";

@InterfaceType({ description: "Why something expected was not done; `message` is a sentence for a developer." })
export abstract class Refusal {
  @Field(() => String)
  message!: string;
}

@ObjectType({ implements: Refusal, description: "There is no summary yet that could be put right." })
export class NoSummary extends Refusal {
  constructor() {
    super();
    this.message = "There is no summary of this conversation yet. Ask for one with summarize, then correct it.";
  }
}

@ObjectType({ implements: Refusal, description: "The conversation is over: nobody reads its summary any more." })
export class SummaryClosed extends Refusal {
  constructor() {
    super();
    this.message = "This conversation is closed, and its summary stays as it is.";
  }
}

@ObjectType({ implements: Refusal, description: "A correction that says nothing, or empties what must not be empty." })
export class EmptyCorrection extends Refusal {
  constructor() {
    super();
    this.message =
      "Nothing is left of the correction. Send headline, wants or openQuestion; only openQuestion may be empty.";
  }
}

@ObjectType({ implements: Refusal })
export class CorrectionTooLong extends Refusal {
  @Field(() => String, { description: "Which of its texts." })
  field: string;

  @Field(() => Int, { description: "In characters." })
  limit: number;

  constructor(field: string, limit: number) {
    super();
    this.message = `${field} is too long; at most ${limit} characters fit.`;
    this.field = field;
    this.limit = limit;
  }
}

@ObjectType({
  implements: Refusal,
  description: "Only what the customer wrote in this conversation can be struck out.",
})
export class NotTheCustomersMessage extends Refusal {
  constructor() {
    super();
    this.message = "messageId is no message of the customer's in this conversation, or it has not arrived here yet.";
  }
}

/** What each mutation may answer: the new version, or a refusal that a client is expected to handle. */
export const CorrectSummaryResult = createUnionType({
  name: "CorrectSummaryResult",
  types: () => [Summary, NoSummary, SummaryClosed, EmptyCorrection, CorrectionTooLong] as const,
});
export type CorrectSummaryResult = typeof CorrectSummaryResult;

export const StrikeFromSummaryResult = createUnionType({
  name: "StrikeFromSummaryResult",
  types: () => [Summary, NotTheCustomersMessage, SummaryClosed] as const,
});
export type StrikeFromSummaryResult = typeof StrikeFromSummaryResult;
