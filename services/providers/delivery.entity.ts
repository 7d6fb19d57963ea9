import { Directive, Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import "../../schema/words.graph";
import { ProviderName } from "../../schema/words";
import { DeliveryStatus } from "./next-move";
import type { Receipts } from "./provider";

registerEnumType(DeliveryStatus, {
  name: "DeliveryStatus",
  description: "How far carrying one handover into one desk has come.",
  valuesConfig: {
    WAITING_FOR_SUMMARY: { description: "It goes as soon as the summary is written, or after 8 seconds without." },
    DELIVERED: { description: "The desk has it." },
    FAILED: { description: "The desk did not take it after all attempts; the next one got its chance." },
    CANCELLED: { description: "The handover was over before the desk had it." },
    UNCLAIMED: { description: "The desk had it, and no agent took it there in time; it went on to the next one." },
    CLOSED: { description: "The desk had it, and it is over there too." },
  },
});

@ObjectType({ simpleResolvers: true })
export class DeliveryStep {
  @Field(() => String, { description: "contact, conversation, transcript, summary, tags or assign." })
  name!: string;

  @Field(() => Boolean)
  done!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "Carrying one handover into one desk, step by step, with receipts." })
@Directive('@key(fields: "id")')
@Entity("delivery")
export class Delivery {
  @Field(() => ID)
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Column({ type: "uuid", name: "conversation_id" })
  conversationId!: string;

  @Column({ type: "uuid", name: "handover_id" })
  handoverId!: string;

  /** Counts the desks tried, from 0. */
  @Column({ type: "integer" })
  turn!: number;

  @Field(() => ProviderName)
  @Column({ type: "text" })
  provider!: ProviderName;

  @Field(() => ID, { nullable: true, description: "Null for the console that every workspace has." })
  @Column({ type: "uuid", name: "connection_id", nullable: true })
  connectionId!: string | null;

  @Field(() => DeliveryStatus)
  @Column({ type: "text" })
  status!: DeliveryStatus;

  @Column({ type: "jsonb" })
  receipts!: Receipts;

  @Field(() => String, { nullable: true, description: "The desk's id of it." })
  @Column({ type: "text", name: "external_id", nullable: true })
  externalId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The agent's screen in the desk; for a link where the customer goes.",
  })
  @Column({ type: "text", nullable: true })
  url!: string | null;

  @Column({ type: "text", name: "copy_text", nullable: true })
  copyText!: string | null;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "created_at" })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Column({ type: "timestamptz", name: "delivered_at", nullable: true })
  deliveredAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: "Where the customer goes, and what they paste there." })
export class HandoverLink {
  @Field(() => String)
  url!: string;

  @Field(() => String, { nullable: true, description: "The summary to copy; null until it is written." })
  copyText!: string | null;
}

/** The handover this service hangs deliveries on; it belongs to conversations. */
@ObjectType("Handover")
@Directive('@key(fields: "id")')
export class CarriedHandover {
  @Field(() => ID)
  id: string;

  constructor(id: string) {
    this.id = id;
  }
}
