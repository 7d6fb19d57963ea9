import { Directive, Field, GraphQLISODateTime, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { Author } from "../../schema/words";

@ObjectType({ simpleResolvers: true, description: "A source the assistant rests an answer on." })
export class Citation {
  @Field(() => ID)
  articleId!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true })
  url!: string | null;

  @Field(() => String, { description: "The passage, word for word." })
  quote!: string;
}

@Entity("message")
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: "One thing said in a conversation. Never changed, never removed." })
export class Message {
  @Field(() => ID)
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Column({ type: "uuid", name: "conversation_id" })
  conversationId!: string;

  @Field(() => Int, { description: "Counts from 1 within the conversation, without gaps: the cursor of `messages`." })
  @Column({ type: "int" })
  sequence!: number;

  @Field(() => Author)
  @Column({ type: "text" })
  author!: Author;

  @Field(() => String, { nullable: true, description: "The agent's name, for messages of agents." })
  @Column({ type: "text", name: "author_name", nullable: true })
  authorName!: string | null;

  @Field(() => String)
  @Column({ type: "text" })
  text!: string;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "posted_at" })
  postedAt!: Date;

  @Column({ type: "uuid", name: "in_reply_to", nullable: true })
  inReplyTo!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "ASSISTANT only: true for an answer, false where it says that it cannot answer.",
  })
  @Column({ type: "boolean", nullable: true })
  answered!: boolean | null;

  @Field(() => [Citation], { description: "What an assistant's answer rests on." })
  @Column({ type: "jsonb" })
  citations!: Citation[];

  /** The client's own id, so that a message sent twice is posted once. */
  @Column({ type: "text", name: "client_message_id", nullable: true })
  clientMessageId!: string | null;

  /** What it came from, where that may come twice: a desk's reply, a drafted answer. */
  @Column({ type: "text", nullable: true })
  origin!: string | null;
}
