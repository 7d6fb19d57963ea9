import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import "../../schema/words.graph";
import { Author, Channel, Decision, Reason } from "../../schema/words";
import { SignalShown } from "./assessment.entity";
import type { Expected, ScenarioFacts, ScenarioTurn } from "./scenario";

@ObjectType("ExpectedDecision", { simpleResolvers: true, description: "What should be decided at a turn." })
export class ExpectedShown implements Expected {
  @Field(() => Decision)
  decision!: Decision;

  @Field(() => Reason, { nullable: true, description: "Null: any reason is right." })
  reason!: Reason | null;
}

@ObjectType("ScenarioTurn", { simpleResolvers: true, description: "One turn of a scenario." })
export class ScenarioTurnShown implements ScenarioTurn {
  @Field(() => Author)
  author!: Author;

  @Field(() => String)
  text!: string;

  @Field(() => Boolean, { description: "ASSISTANT: can it answer?" })
  answered!: boolean;

  @Field(() => Boolean, { description: "A person has given the conversation back before this turn." })
  returned!: boolean;

  @Field(() => Boolean, { description: "The customer has declined the open offer before this turn." })
  declined!: boolean;

  @Field(() => ExpectedShown, { nullable: true, description: "Null: whatever is decided here is right." })
  expected!: ExpectedShown | null;
}

/** A conversation as it should go, kept by a workspace. */
@ObjectType({
  simpleResolvers: true,
  description: "A conversation as it should go: turns, and the decisions expected.",
})
@Entity("scenario")
export class Scenario implements ScenarioFacts {
  @Field(() => ID)
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Field(() => String)
  @Column({ type: "text" })
  name!: string;

  @Field(() => Channel)
  @Column({ type: "text" })
  channel!: Channel;

  @Field(() => String, { description: "BCP 47, lower case." })
  @Column({ type: "text" })
  language!: string;

  @Field(() => [ScenarioTurnShown])
  @Column({ type: "jsonb" })
  turns!: ScenarioTurnShown[];

  @Column({ type: "timestamptz", name: "created_at" })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "updated_at" })
  updatedAt!: Date;

  @Field(() => String, { description: "Who changed it last." })
  @Column({ type: "text", name: "updated_by" })
  updatedBy!: string;
}

@ObjectType({ simpleResolvers: true, description: "What policy decides at one turn of a scenario." })
export class ScenarioTurnResult {
  @Field(() => Int, { description: "Counts from 1." })
  turn!: number;

  @Field(() => String)
  text!: string;

  @Field(() => ExpectedShown, { nullable: true })
  expected!: ExpectedShown | null;

  @Field(() => Decision, { nullable: true, description: "Null where nothing is decided: agents' words, for one." })
  decision!: Decision | null;

  @Field(() => Reason, { nullable: true })
  reason!: Reason | null;

  @Field(() => String, { nullable: true, description: "Why, in a sentence." })
  explanation!: string | null;

  @Field(() => SignalShown, { nullable: true, description: "The signal that decided; null for CONTINUE." })
  signal!: SignalShown | null;

  @Field(() => Boolean)
  passed!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "One scenario, played." })
export class ScenarioResult {
  @Field(() => Scenario)
  scenario!: Scenario;

  @Field(() => Boolean, { description: "Every turn was decided as expected." })
  passed!: boolean;

  @Field(() => [ScenarioTurnResult])
  turns!: ScenarioTurnResult[];
}

@InputType({ description: "What should be decided at a turn." })
export class ExpectedDecisionInput {
  @Field(() => Decision)
  decision!: Decision;

  @Field(() => Reason, { nullable: true, description: "Left out: any reason is right. CONTINUE has none." })
  reason?: Reason | null;
}

@InputType({ description: "One turn of a scenario." })
export class ScenarioTurnInput {
  @Field(() => Author)
  author!: Author;

  @Field(() => String, {
    defaultValue: "",
    description: "At most 4,000 characters; only the assistant's may be empty.",
  })
  text!: string;

  @Field(() => Boolean, { nullable: true, description: "ASSISTANT: can it answer? Left out: yes when it has a text." })
  answered?: boolean | null;

  @Field(() => Boolean, { defaultValue: false, description: "A person gave the conversation back before this turn." })
  returned!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: "The customer declined the open offer before this turn." })
  declined!: boolean;

  @Field(() => ExpectedDecisionInput, {
    nullable: true,
    description: "Of customers' and the assistant's turns. Left out: whatever is decided is right.",
  })
  expected?: ExpectedDecisionInput | null;
}

@InputType({ description: "A scenario as it should be from now on." })
export class ScenarioInput {
  @Field(() => String, { description: "1 to 120 characters." })
  name!: string;

  @Field(() => Channel, { defaultValue: "CHAT" })
  channel!: Channel;

  @Field(() => String, { defaultValue: "en", description: "BCP 47." })
  language!: string;

  @Field(() => [ScenarioTurnInput], { description: "1 to 100, at least one of them with an expected decision." })
  turns!: ScenarioTurnInput[];
}
