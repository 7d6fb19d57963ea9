import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity("submitted_answer")
@ObjectType({
  simpleResolvers: true,
  description: "An external assistant's answer, on its way to policy. What becomes of it shows in the conversation.",
})
export class SubmittedAnswer {
  @Field(() => ID)
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Column({ type: "uuid", name: "conversation_id" })
  conversationId!: string;

  /** The customer's message it answers; one answer per message and epoch. */
  @Column({ type: "uuid", name: "message_id" })
  messageId!: string;

  @Column({ type: "int" })
  epoch!: number;

  @Field(() => Boolean)
  @Column({ type: "boolean" })
  answered!: boolean;

  @Column({ type: "text" })
  text!: string;

  @Column({ type: "timestamptz", name: "submitted_at" })
  submittedAt!: Date;
}
