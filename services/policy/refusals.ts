import { Field, InterfaceType } from "type-graphql";

// Word for word as in conversations: one interface of the graph, declared by every service that refuses something.
@InterfaceType({ description: "Why something expected was not done; `message` is a sentence for a developer." })
export abstract class Refusal {
  @Field(() => String)
  message!: string;
}
