import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { ArticleVisibility } from "./article.entity";

/** What made a version of an article. */
export const ArticleOrigin = {
  WRITTEN: "WRITTEN",
  IMPORTED: "IMPORTED",
  REPLY: "REPLY",
  RESTORED: "RESTORED",
} as const;
export type ArticleOrigin = keyof typeof ArticleOrigin;
registerEnumType(ArticleOrigin, {
  name: "ArticleOrigin",
  description: "What made a version of an article.",
  valuesConfig: {
    WRITTEN: { description: "It was written or changed through the graph." },
    IMPORTED: { description: "A document said so." },
    REPLY: { description: "An agent's answer to a customer was made a draft." },
    RESTORED: { description: "An earlier version was brought back." },
  },
});

/** An article as it was from one change to the next; never changed. */
@Entity("article_versions")
@ObjectType({
  simpleResolvers: true,
  description: "An article as it was from one change to the next. Versions are never changed.",
})
export class ArticleVersion {
  @PrimaryColumn({ type: "uuid", name: "article_id" })
  articleId!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @PrimaryColumn({ type: "int" })
  @Field(() => Int, { description: "Counts from 1 in the article; the highest is what it says now." })
  number!: number;

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
  @Field(() => String, { nullable: true, description: "Where customers could read it." })
  url!: string | null;

  @Column({ type: "text" })
  @Field(() => ArticleVisibility, { description: "Who could read it." })
  visibility!: ArticleVisibility;

  @Column({ type: "text" })
  @Field(() => ArticleOrigin)
  origin!: ArticleOrigin;

  @Column({ type: "text", name: "source_name", nullable: true })
  @Field(() => String, { nullable: true, description: "The imported document's name; null unless a document made it." })
  sourceName!: string | null;

  @Column({ type: "int", nullable: true })
  @Field(() => Int, { nullable: true, description: "The earlier version that this one brought back." })
  restores!: number | null;

  @Column({ type: "text", name: "changed_by", nullable: true })
  @Field(() => String, {
    nullable: true,
    description: "Who made it: the name of an agent or a back end; null where versions were not kept yet.",
  })
  changedBy!: string | null;

  @Column({ type: "timestamptz", name: "changed_at" })
  @Field(() => GraphQLISODateTime)
  changedAt!: Date;
}
