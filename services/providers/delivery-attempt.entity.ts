import { Field, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

@ObjectType({ simpleResolvers: true, description: "One attempt of one step." })
@Entity("delivery_attempt")
export class DeliveryAttempt {
  @PrimaryColumn({ type: "bigint" })
  id!: string;

  @Column({ type: "uuid", name: "delivery_id" })
  deliveryId!: string;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz" })
  at!: Date;

  @Field(() => String, { description: "contact, conversation, transcript, summary, tags, assign, message or close." })
  @Column({ type: "text" })
  step!: string;

  @Field(() => Int, { description: "Counts from 1 for each step." })
  @Column({ type: "integer" })
  attempt!: number;

  @Field(() => String, { description: "DONE; AGAIN: it will be tried again; GIVEN_UP: it will not." })
  @Column({ type: "text" })
  outcome!: string;

  @Field(() => String, { nullable: true, description: "For a developer; without secrets and personal text." })
  @Column({ type: "text", nullable: true })
  error!: string | null;

  @Field(() => Int)
  @Column({ type: "integer", name: "duration_ms" })
  durationMs!: number;

  @Field(() => String, { nullable: true, description: "The desk's name for the request." })
  @Column({ type: "text", name: "request_id", nullable: true })
  requestId!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "One request to a desk, without its headers, secrets and personal text. Kept for 30 days.",
})
@Entity("delivery_request")
export class DeliveryRequest {
  @PrimaryColumn({ type: "bigint" })
  id!: string;

  @Column({ type: "bigint", name: "attempt_id" })
  attemptId!: string;

  @Field(() => String)
  @Column({ type: "text" })
  method!: string;

  @Field(() => String, { description: "Below the address of the desk's API; *** for what tells of a person." })
  @Column({ type: "text" })
  path!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "What was sent, as JSON with ids and structure: *** stands for names, e-mail addresses, telephone numbers, texts and secrets. Cut at 4,000 characters.",
  })
  @Column({ type: "text", nullable: true })
  sent!: string | null;

  @Field(() => Int, { nullable: true, description: "Null when no answer came." })
  @Column({ type: "integer", nullable: true })
  status!: number | null;

  @Field(() => String, { nullable: true, description: "What came back, masked and cut in the same way." })
  @Column({ type: "text", nullable: true })
  answered!: string | null;

  @Field(() => String, { nullable: true, description: "The desk's name for the request, for its support." })
  @Column({ type: "text", name: "request_id", nullable: true })
  requestId!: string | null;

  @Field(() => Int, { nullable: true, description: "Null when it was still running when the attempt's time was up." })
  @Column({ type: "integer", name: "duration_ms", nullable: true })
  durationMs!: number | null;
}
