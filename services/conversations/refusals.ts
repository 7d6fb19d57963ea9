import { Field, GraphQLISODateTime, Int, InterfaceType, ObjectType } from "type-graphql";
import { ControlHolder } from "../../schema/words";
import { Handover } from "./handover.entity";

@InterfaceType({ description: "Why something expected was not done; `message` is a sentence for a developer." })
export abstract class Refusal {
  @Field(() => String)
  message!: string;
}

@ObjectType({ implements: Refusal, description: "The conversation is over; start a new one." })
export class ConversationClosed extends Refusal {
  @Field(() => GraphQLISODateTime)
  closedAt: Date;

  constructor(closedAt: Date) {
    super();
    this.message = "This conversation is closed. Start a new one with startConversation.";
    this.closedAt = closedAt;
  }
}

@ObjectType({ implements: Refusal, description: "A handover is under way already." })
export class AlreadyHandedOver extends Refusal {
  @Field(() => Handover)
  handover: Handover;

  constructor(handover: Handover) {
    super();
    this.message = `A handover of this conversation is under way already: it is ${handover.status}.`;
    this.handover = handover;
  }
}

@ObjectType({ implements: Refusal, description: "There is no open offer to accept or decline." })
export class NoOffer extends Refusal {
  @Field(() => Handover, { nullable: true, description: "The latest handover, if there was any." })
  handover: Handover | null;

  constructor(handover: Handover | null) {
    super();
    this.message = "There is no open offer in this conversation. Ask for a person with requestHandover.";
    this.handover = handover;
  }
}

@ObjectType({
  implements: Refusal,
  description: "Nobody but the assistant has the conversation, so nobody can give it back.",
})
export class NotHandedOver extends Refusal {
  constructor() {
    super();
    this.message = "The assistant has this conversation already: there is nothing to give back.";
  }
}

@ObjectType({
  implements: Refusal,
  description: "Control has changed since: what was written under the old epoch is dropped.",
})
export class StaleEpoch extends Refusal {
  @Field(() => Int, { description: "The conversation's epoch now." })
  epoch: number;

  @Field(() => ControlHolder)
  control: ControlHolder;

  constructor(epoch: number, control: ControlHolder) {
    super();
    this.message =
      control === "ASSISTANT"
        ? `Control has changed hands since: the epoch is ${epoch} now. Read the conversation again before answering.`
        : `The assistant may not speak now: control is with ${control}. Wait until it comes back.`;
    this.epoch = epoch;
    this.control = control;
  }
}

@ObjectType({ implements: Refusal, description: "Nothing is left of the text without its blanks." })
export class EmptyMessage extends Refusal {
  constructor() {
    super();
    this.message = "The text is empty. Send at least one character that is not a blank.";
  }
}

@ObjectType({ implements: Refusal })
export class MessageTooLong extends Refusal {
  @Field(() => Int, { description: "In characters." })
  limit: number;

  @Field(() => Int)
  length: number;

  constructor(limit: number, length: number) {
    super();
    this.message = `The text is ${length} characters long; at most ${limit} fit. Split it.`;
    this.limit = limit;
    this.length = length;
  }
}

@ObjectType({
  implements: Refusal,
  description: "A pattern that may not run on messages: it could take too long, or is none.",
})
export class UnsafePattern extends Refusal {
  @Field(() => String)
  pattern: string;

  constructor(pattern: string, why: string) {
    super();
    this.message = why;
    this.pattern = pattern;
  }
}

@ObjectType({ implements: Refusal })
export class InvalidEmail extends Refusal {
  constructor() {
    super();
    this.message = "That is no e-mail address. Send one like robin@example.com, or leave it out.";
  }
}

@ObjectType({ implements: Refusal, description: "The workspace's assistant is Baton's own." })
export class NotExternal extends Refusal {
  constructor() {
    super();
    this.message =
      "This workspace is answered by Baton's own assistant. Switch it with updateWorkspace(assistantMode: EXTERNAL).";
  }
}
