import { Directive, Field, GraphQLISODateTime, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

/** One plain-language instruction of a workspace. */
@ObjectType({
  simpleResolvers: true,
  description: "One plain-language instruction: when a customer's message falls under it, a person takes over.",
})
@Directive('@key(fields: "id")')
@Entity("guidance_rule")
export class GuidanceRule {
  @Field(() => ID)
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Field(() => String, { description: "In the workspace's own words." })
  @Column({ type: "text" })
  text!: string;

  @Field(() => Boolean, { description: "A rule that is off is kept and not read." })
  @Column({ type: "boolean" })
  enabled!: boolean;

  @Field(() => Int, { description: "1 at first; grows whenever the text changes. Assessments name rule and version." })
  @Column({ type: "integer" })
  version!: number;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "created_at" })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "updated_at" })
  updatedAt!: Date;

  @Field(() => String, { description: "Who changed it last: a service's name." })
  @Column({ type: "text", name: "updated_by" })
  updatedBy!: string;

  @Column({ type: "timestamptz", name: "deleted_at", nullable: true })
  deletedAt!: Date | null;
}
