import { Directive, Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import "../../schema/words.graph";
import { Decision, Reason, SignalName } from "../../schema/words";
import type { Evidence, RuleRef, Signal } from "./signal";

@ObjectType("Evidence", { simpleResolvers: true, description: "Where a signal was seen." })
export class EvidenceShown implements Evidence {
  @Field(() => ID)
  messageId!: string;

  @Field(() => String, { description: "Words of the message, at most 160 characters." })
  quote!: string;
}

@ObjectType("SignalRule", {
  simpleResolvers: true,
  description: "The guidance rule or tag that a signal is about, as it was when it matched.",
})
export class RuleShown implements RuleRef {
  @Field(() => ID, { description: "Of a GuidanceRule (signal GUIDANCE) or a Tag (signal TAG)." })
  id!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => String)
  text!: string;
}

@ObjectType("Signal", { simpleResolvers: true, description: "One reading policy made of the conversation." })
export class SignalShown implements Signal {
  @Field(() => SignalName)
  name!: SignalName;

  @Field(() => Float, { description: "0: no sign of it, 1: certain; from 0.5 on a careful person would say yes." })
  score!: number;

  @Field(() => [EvidenceShown])
  evidence!: EvidenceShown[];

  @Field(() => RuleShown, { nullable: true })
  rule!: RuleShown | null;
}

/** Policy's reading of one message or one drafted answer. */
@ObjectType({
  simpleResolvers: true,
  description: "Policy's reading of one message or one drafted answer: what it saw, what it decided and why.",
})
@Entity("assessment")
export class Assessment {
  @Field(() => ID)
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Column({ type: "uuid", name: "conversation_id" })
  conversationId!: string;

  @Column({ type: "uuid", name: "message_id" })
  messageId!: string;

  @Column({ type: "uuid", name: "answer_id", nullable: true })
  answerId!: string | null;

  @Field(() => Decision)
  @Column({ type: "text" })
  decision!: Decision;

  @Field(() => Reason, { nullable: true, description: "Null exactly when the decision is CONTINUE." })
  @Column({ type: "text", nullable: true })
  reason!: Reason | null;

  @Field(() => String, { description: "Why, in a sentence for agents." })
  @Column({ type: "text" })
  explanation!: string;

  @Field(() => [SignalShown], { description: "The signal that decided comes first." })
  @Column({ type: "jsonb" })
  signals!: SignalShown[];

  @Field(() => String, {
    description:
      "What judged: offline/1, offline/1+<model>, or offline/1 (model: TIMEOUT) when the model did not help in time.",
  })
  @Column({ type: "text" })
  detector!: string;

  @Field(() => String, { nullable: true, description: "Name and version of the prompt, when a model was asked." })
  @Column({ type: "text", nullable: true })
  prompt!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Number of the PolicyVersion in force; 0: none yet, null: judged before versions were kept.",
  })
  @Column({ type: "integer", name: "policy_version", nullable: true })
  policyVersion!: number | null;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "assessed_at" })
  assessedAt!: Date;
}

/** The message this service hangs assessments on; it belongs to conversations. */
@ObjectType("Message")
@Directive('@key(fields: "id")')
export class AssessedMessage {
  @Field(() => ID)
  id!: string;
}

/** The conversation this service hangs tags on; it belongs to conversations. */
@ObjectType("Conversation")
@Directive('@key(fields: "id")')
export class TaggedConversation {
  @Field(() => ID)
  id!: string;
}
