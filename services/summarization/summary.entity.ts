import { Directive, Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import "../../schema/words.graph";
import { Mood, Standing } from "../../schema/words";
import { SummaryFormat } from "./render";
import type { Fact as FactFacts, Statement as StatementFacts } from "./summary";

registerEnumType(SummaryFormat, {
  name: "SummaryFormat",
  description: "How a summary is shown.",
  valuesConfig: {
    PLAIN: { description: "All of it as plain text, to read and to copy." },
    HTML: { description: "All of it as HTML: paragraphs, lists and bold labels." },
    MARKDOWN: { description: "All of it as Markdown." },
    BRIEF: { description: "One paragraph of about forty words: what is wanted, what became of it, what is open." },
  },
});

@ObjectType({ simpleResolvers: true, description: "One sentence of a summary and the messages it rests on." })
export class Statement {
  @Field(() => String)
  text!: string;

  @Field(() => [ID], {
    description:
      "Ids of the messages the sentence rests on; none where the customer wrote it to put the summary right.",
  })
  messageIds!: string[];
}

@ObjectType({ simpleResolvers: true, description: "A statement of fact, and whether only the customer says so." })
export class Fact extends Statement {
  @Field(() => Standing)
  standing!: Standing;
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

  @Field(() => [Fact], { description: "What the customer claims, apart from what an agent or a tool confirmed." })
  @Column({ type: "jsonb" })
  facts!: FactFacts[];

  @Field(() => [Statement], { description: "What was answered, refused or tried so far." })
  @Column({ type: "jsonb" })
  tried!: StatementFacts[];

  @Field(() => [Statement], { description: "What an agent or the assistant promised." })
  @Column({ type: "jsonb" })
  promised!: StatementFacts[];

  @Field(() => Statement, {
    nullable: true,
    description: "What the agent might do first, if anything suggests itself.",
  })
  @Column({ type: "jsonb", name: "next_step", nullable: true })
  nextStep!: StatementFacts | null;

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

  @Column({ type: "text" })
  html!: string;

  @Column({ type: "text" })
  markdown!: string;

  @Field(() => Int, {
    description: "Counts from 1; a later version takes the place of the one before, which is kept in `replaces`.",
  })
  @Column({ type: "integer" })
  version!: number;

  @Field(() => Boolean, { description: "The customer has put it right." })
  get corrected(): boolean {
    return this.correctedBy !== null;
  }

  @Column({ type: "text", name: "corrected_by", nullable: true })
  correctedBy!: "CUSTOMER" | null;

  /** The version before. */
  @Column({ type: "uuid", nullable: true })
  replaces!: string | null;
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
