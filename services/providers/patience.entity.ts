import { Field, InputType, Int, ObjectType } from "type-graphql";
import type { Patience } from "./patience";

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
}
