import { Directive, Field, GraphQLISODateTime, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

/** A topic of conversations. */
@ObjectType({ simpleResolvers: true, description: "A topic of conversations." })
@Directive('@key(fields: "id")')
@Entity("tag")
export class Tag {
  @Field(() => ID)
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Field(() => String, { description: "Unique in the workspace, whatever its case." })
  @Column({ type: "text" })
  name!: string;

  @Field(() => String, { description: "What belongs to the topic, for the detector to read; may be empty." })
  @Column({ type: "text" })
  description!: string;

  @Field(() => Boolean, { description: "The assistant does not answer on it: a person takes over at once." })
  @Column({ type: "boolean" })
  blocked!: boolean;

  @Field(() => [String], { description: "Messages that are about it; a few make the detector much better." })
  @Column({ type: "text", array: true })
  examples!: string[];

  @Field(() => Int, { description: "1 at first; grows with every change." })
  @Column({ type: "integer" })
  version!: number;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "created_at" })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "updated_at" })
  updatedAt!: Date;

  @Column({ type: "text", name: "updated_by" })
  updatedBy!: string;

  @Column({ type: "timestamptz", name: "deleted_at", nullable: true })
  deletedAt!: Date | null;
}
