import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { type Patience, WhenNobodyCame } from "./patience";

registerEnumType(WhenNobodyCame, {
  name: "WhenNobodyCame",
  description: "What becomes of a handover that no agent took in time.",
  valuesConfig: {
    NEXT_DESK: { description: "The next connection that takes it, last the console; with none left, the assistant." },
    ASSISTANT: { description: "The customer talks to the assistant again, and may ask for a person anew." },
  },
});

@ObjectType("Patience", {
  simpleResolvers: true,
  description: "How long a desk is waited for. What is null is as the workspace has it, or as Baton does by default.",
})
@InputType("PatienceInput", {
  description:
    "How long a desk is waited for. What is left out is as the workspace has it, or as Baton does by default.",
})
export class DeskPatience implements Patience {
  @Field(() => Int, {
    nullable: true,
    description:
      "A desk that has been failing for so many seconds gives way to the next one; until then it is tried again with growing pauses. 0 to 86,400 (a day); 0: it has one chance. 120 by default.",
  })
  moveOnAfterSeconds?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "A handover that no agent took within so many minutes after the desk had it goes on, and the customer is told the truth; a desk that has been failing for so long gives way, too. 0 to 10,080 (a week); 0: it waits as long as it takes. 0 by default.",
  })
  waitingMinutes?: number | null;

  @Field(() => WhenNobodyCame, { nullable: true, description: "Where it goes then. NEXT_DESK by default." })
  whenNobodyCame?: WhenNobodyCame | null;
}
