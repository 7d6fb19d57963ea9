import { Directive, Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

/** Who may read an article. */
export const ArticleVisibility = { PUBLIC: "PUBLIC", INTERNAL: "INTERNAL", DRAFT: "DRAFT" } as const;
export type ArticleVisibility = keyof typeof ArticleVisibility;
registerEnumType(ArticleVisibility, {
  name: "ArticleVisibility",
  description:
    "Who may read an article: PUBLIC ones answer customers, INTERNAL ones are for agents only, a DRAFT is found by nobody.",
});

@Entity("articles")
@ObjectType({ simpleResolvers: true, description: "One page of a workspace's help centre: what the assistant knows." })
@Directive('@key(fields: "id")')
export class Article {
  @PrimaryColumn({ type: "uuid" })
  @Field(() => ID)
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Column({ type: "text" })
  @Field(() => String)
  title!: string;

  @Column({ type: "text" })
  @Field(() => String, { description: "Markdown." })
  body!: string;

  @Column({ type: "text" })
  @Field(() => String, { description: "BCP 47, lower case: en, pt-br." })
  language!: string;

  @Column({ type: "text", nullable: true })
  @Field(() => String, { nullable: true, description: "Where customers can read it." })
  url!: string | null;

  @Column({ type: "text" })
  @Field(() => ArticleVisibility)
  visibility!: ArticleVisibility;

  @Column({ type: "int" })
  @Field(() => Int, { description: "Counts from 1 and grows with every change." })
  version!: number;

  @Column({ type: "text", name: "source_name", nullable: true })
  @Field(() => String, { nullable: true, description: "The imported document's name; null when it was written here." })
  sourceName!: string | null;

  /** Of the imported document: the same again changes nothing. */
  @Column({ type: "text", name: "source_hash", nullable: true })
  sourceHash!: string | null;

  @Column({ type: "timestamptz", name: "created_at" })
  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Column({ type: "timestamptz", name: "updated_at" })
  @Field(() => GraphQLISODateTime)
  updatedAt!: Date;
}
