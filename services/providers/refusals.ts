import { Field, InterfaceType, ObjectType } from "type-graphql";
import { ProviderName } from "../../schema/words";

// Word for word as in conversations: one interface of the graph, declared by every service that refuses something.
@InterfaceType({ description: "Why something expected was not done; `message` is a sentence for a developer." })
export abstract class Refusal {
  @Field(() => String)
  message!: string;
}

@ObjectType({ implements: Refusal, description: "Another agent was quicker." })
export class AlreadyTaken extends Refusal {
  @Field(() => String, { nullable: true, description: "Who has it." })
  agentName!: string | null;
}

@ObjectType({ implements: Refusal, description: "The handover is over: there is nothing left to do with it." })
export class HandoverOver extends Refusal {}

@ObjectType({ implements: Refusal, description: "A desk has the handover already." })
export class AlreadyDelivered extends Refusal {
  @Field(() => ProviderName, { description: "Which one." })
  provider!: ProviderName;
}

@ObjectType({ implements: Refusal, description: "The handover is on its way into a desk right now." })
export class DeliveryRunning extends Refusal {
  @Field(() => ProviderName, { description: "Into which one." })
  provider!: ProviderName;
}
