import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import "../../schema/words.graph";
import { Decision, Reason } from "../../schema/words";
import { RuleShown, TaggedConversation } from "./assessment.entity";
import type { PolicyRuleFacts } from "./policy-content";
import { type Outcome, ReplayChange } from "./replay";
import type { ChangedSettings } from "./settings";

export const ReplayStatus = { RUNNING: "RUNNING", DONE: "DONE", CANCELLED: "CANCELLED", FAILED: "FAILED" } as const;
export type ReplayStatus = keyof typeof ReplayStatus;
registerEnumType(ReplayStatus, { name: "ReplayStatus", description: "Where a replay stands." });

/** What a draft is compared with. */
export const ReplayBaseline = { PUBLISHED: "PUBLISHED", RECORDED: "RECORDED" } as const;
export type ReplayBaseline = keyof typeof ReplayBaseline;
registerEnumType(ReplayBaseline, {
  name: "ReplayBaseline",
  description:
    "What a draft is compared with: the policy in force, replayed in the same way, or what was really decided at the time, by older policies and with a model if there was one.",
});
registerEnumType(ReplayChange, {
  name: "ReplayChange",
  description: "How a conversation would go otherwise. OTHER_REASON: handed over for another reason or another rule.",
});

@ObjectType({ simpleResolvers: true, description: "So many conversations change in this way." })
export class ReplayCount {
  @Field(() => ReplayChange)
  change!: ReplayChange;

  @Field(() => Int)
  conversations!: number;
}

@ObjectType({ simpleResolvers: true, description: "Handovers for a reason, before and after." })
export class ReplayReason {
  @Field(() => Reason)
  reason!: Reason;

  @Field(() => Int)
  before!: number;

  @Field(() => Int)
  after!: number;
}

@ObjectType({ simpleResolvers: true, description: "Handovers by one guidance rule or blocked tag, before and after." })
export class ReplayRule {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  text!: string;

  @Field(() => Int)
  before!: number;

  @Field(() => Int)
  after!: number;
}

@ObjectType({ simpleResolvers: true, description: "What a replay found." })
export class ReplayResult {
  @Field(() => Int)
  conversations!: number;

  @Field(() => Int, { description: "How many of them would go otherwise." })
  changed!: number;

  @Field(() => [ReplayCount], { description: "Each way of changing, also those with none." })
  counts!: ReplayCount[];

  @Field(() => [ReplayReason])
  byReason!: ReplayReason[];

  @Field(() => [ReplayRule], { description: "The rules and tags that hand over before or after; most after first." })
  byRule!: ReplayRule[];
}

@ObjectType("ReplayOutcome", {
  simpleResolvers: true,
  description: "A conversation's first handover, else its first offer, else CONTINUE.",
})
export class OutcomeShown implements Outcome {
  @Field(() => Decision)
  decision!: Decision;

  @Field(() => Reason, { nullable: true })
  reason!: Reason | null;

  @Field(() => RuleShown, { nullable: true })
  rule!: RuleShown | null;

  @Field(() => ID, { nullable: true, description: "Of the message it happened at." })
  messageId!: string | null;

  @Field(() => String, { nullable: true, description: "The beginning of that message." })
  quote!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "One conversation that would go otherwise." })
export class ChangedConversation {
  @Field(() => ReplayChange)
  change!: ReplayChange;

  @Field(() => TaggedConversation)
  conversation!: TaggedConversation;

  @Field(() => OutcomeShown)
  before!: OutcomeShown;

  @Field(() => OutcomeShown)
  after!: OutcomeShown;
}

/** A policy run over past conversations: what was asked, how far it is, what it found. */
@ObjectType({
  simpleResolvers: true,
  description: "A draft run over past conversations, without a model and without side effects.",
})
@Entity("replay")
export class Replay {
  @Field(() => ID)
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Field(() => ID, { nullable: true, description: "The draft may have changed or gone since." })
  @Column({ type: "uuid", name: "draft_id", nullable: true })
  draftId!: string | null;

  @Field(() => String, { description: "The draft's name when the replay began." })
  @Column({ type: "text", name: "draft_name" })
  draftName!: string;

  /** The draft as it was when the replay began. */
  @Column({ type: "jsonb" })
  rules!: PolicyRuleFacts[];

  @Column({ type: "jsonb" })
  settings!: ChangedSettings;

  @Field(() => ReplayBaseline)
  @Column({ type: "text" })
  baseline!: ReplayBaseline;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz" })
  since!: Date;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz" })
  until!: Date;

  @Column({ type: "integer", name: "most_messages" })
  mostMessages!: number;

  @Field(() => ReplayStatus)
  @Column({ type: "text" })
  status!: ReplayStatus;

  @Field(() => Int, { description: "Judged messages of customers done so far." })
  @Column({ type: "integer" })
  processed!: number;

  @Field(() => Int, { description: "Of so many; 0 until they are counted." })
  @Column({ type: "integer" })
  total!: number;

  @Field(() => ReplayResult, { nullable: true, description: "Once it is DONE." })
  @Column({ type: "jsonb", nullable: true })
  result!: ReplayResult | null;

  @Field(() => String, { nullable: true, description: "Why it FAILED." })
  @Column({ type: "text", nullable: true })
  error!: string | null;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "started_at" })
  startedAt!: Date;

  @Field(() => String)
  @Column({ type: "text", name: "started_by" })
  startedBy!: string;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Column({ type: "timestamptz", name: "finished_at", nullable: true })
  finishedAt!: Date | null;
}
