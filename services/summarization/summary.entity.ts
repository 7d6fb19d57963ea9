import { Directive, Field, GraphQLISODateTime, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import "../../schema/words.graph";
import { Mood } from "../../schema/words";
import type { Statement as StatementFacts } from "./summary";

@ObjectType({ simpleResolvers: true, description: "One sentence of a summary and the messages it rests on." })
export class Statement {
  @Field(() => String)
  text!: string;

  @Field(() => [ID], { description: "Ids of the messages the sentence rests on." })
  messageIds!: string[];
}

/** A summary as it is kept and as it is shown. */
@ObjectType({
  simpleResolvers: true,
  description: "What an agent must know about a conversation; the customer may read it too. It cannot be turned off.",
})
@Directive('@key(fields: "id")')
@Entity("summary")
export class Summary {
  @Field(() => ID)
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Column({ type: "uuid", name: "conversation_id" })
  conversationId!: string;

  @Column({ type: "uuid", name: "handover_id", nullable: true })
  handoverId!: string | null;

  @Field(() => String, { description: "The matter in at most 90 characters." })
  @Column({ type: "text" })
  headline!: string;

  @Field(() => Statement, { nullable: true, description: "What the customer wants; null when they have not said." })
  @Column({ type: "jsonb", nullable: true })
  wants!: StatementFacts | null;

  @Field(() => [Statement], { description: "What was answered, refused or tried so far." })
  @Column({ type: "jsonb" })
  tried!: StatementFacts[];

  @Field(() => Statement, { nullable: true, description: "The question that is still open, if one is." })
  @Column({ type: "jsonb", name: "open_question", nullable: true })
  openQuestion!: StatementFacts | null;

  @Field(() => Mood)
  @Column({ type: "text" })
  mood!: Mood;

  @Field(() => String, { nullable: true, description: "How to reach the customer: name and e-mail as far as known." })
  @Column({ type: "text", nullable: true })
  contact!: string | null;

  @Field(() => String, { description: "The language it is written in (BCP 47)." })
  @Column({ type: "text" })
  language!: string;

  @Field(() => String, { description: "The model's name, or extract/<version> when it was written without one." })
  @Column({ type: "text", name: "written_by" })
  writtenBy!: string;

  @Field(() => Int, { description: "Sequence of the last message it has read; later messages are not in it." })
  @Column({ type: "integer", name: "through_sequence" })
  throughSequence!: number;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "written_at" })
  writtenAt!: Date;

  @Field(() => String, { description: "All of it as plain text, to read and to copy." })
  @Column({ type: "text" })
  text!: string;
}

/** The conversation this service hangs summaries on; it belongs to conversations. */
@ObjectType("Conversation")
@Directive('@key(fields: "id")')
export class SummarizedConversation {
  @Field(() => ID)
  id!: string;
}

/** The handover this service hangs its summary on; it belongs to conversations. */
@ObjectType("Handover")
@Directive('@key(fields: "id")')
export class SummarizedHandover {
  @Field(() => ID)
  id!: string;
}
