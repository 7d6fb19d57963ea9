import { Directive, Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { Channel, ControlHolder } from "../../schema/words";

export const ConversationStatus = { OPEN: "OPEN", CLOSED: "CLOSED" } as const;
export type ConversationStatus = keyof typeof ConversationStatus;
registerEnumType(ConversationStatus, {
  name: "ConversationStatus",
  description: "CLOSED for good: nothing can be posted any more.",
});

@ObjectType({ simpleResolvers: true, description: "The person asking for help, as far as known." })
export class Customer {
  @Field(() => ID)
  @Column({ type: "uuid", name: "customer_id" })
  id!: string;

  @Field(() => String, { nullable: true })
  @Column({ type: "text", name: "customer_name", nullable: true })
  name!: string | null;

  @Field(() => String, { nullable: true })
  @Column({ type: "text", name: "customer_email", nullable: true })
  email!: string | null;

  @Field(() => String, { nullable: true, description: "The company's own id of this customer." })
  @Column({ type: "text", name: "customer_external_id", nullable: true })
  externalId!: string | null;
}

@Entity("conversation")
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: "One customer's talk with the assistant and, if need be, with agents.",
})
export class Conversation {
  @Field(() => ID)
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Field(() => Channel)
  @Column({ type: "text" })
  channel!: Channel;

  @Field(() => String, { description: "BCP 47, lower case: en, pt-br." })
  @Column({ type: "text" })
  language!: string;

  @Field(() => Customer)
  @Column(() => Customer, { prefix: false })
  customer!: Customer;

  /** The customer's widget shows an offer as a button, so the text need not say what to type. */
  @Column({ type: "boolean", name: "offers_as_button" })
  offersAsButton!: boolean;

  @Field(() => ControlHolder, { description: "Who may speak for the company now." })
  @Column({ type: "text" })
  control!: ControlHolder;

  @Field(() => Int, {
    description: "Grows with every change of control. What the assistant wrote under an older epoch is refused.",
  })
  @Column({ type: "int" })
  epoch!: number;

  @Field(() => Int, { description: "The sequence of the newest message; 0 before the first." })
  @Column({ type: "int", name: "last_sequence" })
  lastSequence!: number;

  /** Customer messages up to this sequence need no answer of the assistant any more. */
  @Column({ type: "int", name: "answered_through" })
  answeredThrough!: number;

  /** When the assistant must have answered the oldest unanswered message; null when it owes none. */
  @Column({ type: "timestamptz", name: "answer_due_at", nullable: true })
  answerDueAt!: Date | null;

  /** The message policy has left to the workspace's own assistant, until that one has answered. */
  @Column({ type: "uuid", name: "awaiting_message_id", nullable: true })
  awaitingMessageId!: string | null;

  /** The names of the topics that policy found in it. */
  @Column({ type: "text", array: true, default: "{}" })
  tags!: string[];

  @Column({ type: "timestamptz", name: "last_message_at", nullable: true })
  lastMessageAt!: Date | null;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "opened_at" })
  openedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Column({ type: "timestamptz", name: "closed_at", nullable: true })
  closedAt!: Date | null;

  @Field(() => ConversationStatus)
  get status(): ConversationStatus {
    return this.closedAt ? "CLOSED" : "OPEN";
  }
}
