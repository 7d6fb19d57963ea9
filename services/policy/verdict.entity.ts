import { Directive, Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import "../../schema/words.graph";
import { Reason, Verdict } from "../../schema/words";
import type { Tally } from "./policy-report";

/** The handover this service hangs verdicts on; it belongs to conversations. */
@ObjectType("Handover")
@Directive('@key(fields: "id")')
export class JudgedHandover {
  @Field(() => ID)
  id!: string;
}

/** An agent's word on one handover; the latest counts. */
@ObjectType({ simpleResolvers: true, description: "An agent's word on one handover; the latest one counts." })
@Entity("verdict")
export class HandoverVerdict {
  @PrimaryColumn({ type: "uuid", name: "handover_id" })
  handoverId!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Field(() => Verdict)
  @Column({ type: "text" })
  verdict!: Verdict;

  @Field(() => String, { description: "May be empty." })
  @Column({ type: "text" })
  comment!: string;

  @Field(() => ID, { nullable: true, description: "The guidance rule that should have matched earlier." })
  @Column({ type: "uuid", name: "missed_rule_id", nullable: true })
  missedRuleId!: string | null;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "given_at" })
  givenAt!: Date;

  @Field(() => String)
  @Column({ type: "text", name: "given_by" })
  givenBy!: string;

  @Field(() => JudgedHandover)
  get handover(): JudgedHandover {
    return { id: this.handoverId };
  }
}

@ObjectType("PolicyTally", { simpleResolvers: true, description: "Handovers, and what agents said of them." })
export class TallyShown implements Tally {
  @Field(() => Int, { description: "Handovers that were requested; offers nobody accepted do not count." })
  handovers!: number;

  @Field(() => Int, { description: "How many of them have a verdict." })
  judged!: number;

  @Field(() => Int, { description: "NOT_NEEDED." })
  falseHandovers!: number;

  @Field(() => Int, {
    description:
      "A person was needed earlier: TOO_LATE, and agents who took over unasked unless it was NOT_NEEDED. Counts for the rule the agent named, else for the handover's own.",
  })
  missed!: number;

  @Field(() => Int, { description: "WRONG_TARGET." })
  wrongTarget!: number;

  @Field(() => Float, { nullable: true, description: "falseHandovers / judged; null without verdicts." })
  get falseRate(): number | null {
    return this.judged === 0 ? null : this.falseHandovers / this.judged;
  }
}

@ObjectType({ simpleResolvers: true, description: "One reason's handovers." })
export class ReasonTally {
  @Field(() => Reason)
  reason!: Reason;

  @Field(() => TallyShown)
  tally!: TallyShown;
}

@ObjectType({ simpleResolvers: true, description: "One guidance rule's or blocked tag's handovers." })
export class RuleTally {
  @Field(() => ID, { description: "Of a GuidanceRule or a Tag; it may be deleted since." })
  id!: string;

  @Field(() => String, { description: "As it was worded when it last matched." })
  text!: string;

  @Field(() => TallyShown)
  tally!: TallyShown;
}

@ObjectType({ simpleResolvers: true, description: "What policy's decisions led to, in a stretch of time." })
export class PolicyReport {
  @Field(() => GraphQLISODateTime)
  since!: Date;

  @Field(() => GraphQLISODateTime)
  until!: Date;

  @Field(() => TallyShown)
  total!: TallyShown;

  @Field(() => [ReasonTally], { description: "Each handover has one reason: these add up to the total." })
  byReason!: ReasonTally[];

  @Field(() => [RuleTally], { description: "The most false handovers first." })
  byRule!: RuleTally[];
}
