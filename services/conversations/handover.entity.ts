import { Directive, Field, GraphQLISODateTime, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { HandoverEnding, HandoverStatus, Reason } from "../../schema/words";

@Entity("handover")
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: "One transfer of a conversation to a person, from the offer to its end.",
})
export class Handover {
  @Field(() => ID)
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Column({ type: "uuid", name: "conversation_id" })
  conversationId!: string;

  @Field(() => HandoverStatus)
  @Column({ type: "text" })
  status!: HandoverStatus;

  @Field(() => Reason)
  @Column({ type: "text" })
  reason!: Reason;

  @Column({ type: "uuid", name: "message_id", nullable: true })
  messageId!: string | null;

  /** Grows with every handover; two of one millisecond keep their order. */
  @Column({ type: "bigint", insert: false, update: false })
  position!: string;

  @Column({ type: "timestamptz", name: "created_at" })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When the assistant offered it; null when it did not.",
  })
  @Column({ type: "timestamptz", name: "offered_at", nullable: true })
  offeredAt!: Date | null;

  /** When an offer that nobody answered is over. */
  @Column({ type: "timestamptz", name: "offer_expires_at", nullable: true })
  offerExpiresAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "When it was asked for; null while it is an offer." })
  @Column({ type: "timestamptz", name: "requested_at", nullable: true })
  requestedAt!: Date | null;

  /** While it is on its way: when the customer hears that it takes long; null when that was said. */
  @Column({ type: "timestamptz", name: "slow_at", nullable: true })
  slowAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "When a help desk had it." })
  @Column({ type: "timestamptz", name: "delivered_at", nullable: true })
  deliveredAt!: Date | null;

  @Field(() => Boolean, {
    description:
      "Nobody of the team was there when a desk got it, and the customer was told so: they wait, leave an e-mail address (identifyCustomer) or go on with the assistant and keep their place (keepTalking).",
  })
  @Column({ type: "boolean" })
  unattended!: boolean;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "When the first of the team comes; null where that is not known or somebody was there.",
  })
  @Column({ type: "timestamptz", name: "expected_at", nullable: true })
  expectedAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "When an agent joined." })
  @Column({ type: "timestamptz", name: "joined_at", nullable: true })
  joinedAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "When it was over, in whichever way." })
  @Column({ type: "timestamptz", name: "ended_at", nullable: true })
  endedAt!: Date | null;

  @Field(() => HandoverEnding, { nullable: true })
  @Column({ type: "text", nullable: true })
  ending!: HandoverEnding | null;

  /** The desk's or the token's id of the agent. */
  @Column({ type: "text", name: "agent_id", nullable: true })
  agentId!: string | null;

  @Field(() => String, { nullable: true })
  @Column({ type: "text", name: "agent_name", nullable: true })
  agentName!: string | null;

  /** What the agent wants the assistant to know afterwards. Not for the customer. */
  @Column({ type: "text", nullable: true })
  note!: string | null;
}
