import { Field, GraphQLISODateTime, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import type { Statement as StatementFacts } from "./summary";
import { Statement } from "./summary.entity";

/** What a person did while they had the conversation, as the assistant gets it. */
@ObjectType({
  simpleResolvers: true,
  description: "What a person decided, promised and changed before the assistant got the conversation back.",
})
@Entity("brief")
export class Brief {
  @Field(() => ID)
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Column({ type: "uuid", name: "conversation_id" })
  conversationId!: string;

  @Column({ type: "uuid", name: "handover_id" })
  handoverId!: string;

  @Field(() => String, { nullable: true })
  @Column({ type: "text", name: "agent_name", nullable: true })
  agentName!: string | null;

  @Field(() => [Statement], { description: "What is so, may be or may not be, in the person's words." })
  @Column({ type: "jsonb" })
  decided!: StatementFacts[];

  @Field(() => [Statement])
  @Column({ type: "jsonb" })
  promised!: StatementFacts[];

  @Field(() => [Statement], { description: "What the person did: refunded, booked, corrected." })
  @Column({ type: "jsonb" })
  changed!: StatementFacts[];

  @Field(() => String, { nullable: true, description: "What the agent wrote for the assistant; not for the customer." })
  @Column({ type: "text", nullable: true })
  note!: string | null;

  @Column({ type: "integer", name: "through_sequence" })
  throughSequence!: number;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "written_at" })
  writtenAt!: Date;
}
