import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from "type-graphql";
import { type DataSource, LessThan } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import type { GraphContext } from "../../kit/subgraph";
import { Article } from "./article.entity";
import { textOf } from "./article-text";
import { ArticleVersion } from "./article-version.entity";
import { changeArticle, changeBy } from "./articles";
import { lockArticle } from "./find-article";

@Resolver(() => Article)
export class ArticleVersionResolver {
  constructor(private readonly deps: { db: DataSource; clock: Clock }) {}

  @Authorized("AGENT", "SERVICE")
  @FieldResolver(() => [ArticleVersion], { description: "All it ever said, what it says now first." })
  versions(
    @Root() { id }: Article,
    @Arg("first", () => Int, { defaultValue: 20, description: "1 to 100." }) first: number,
    @Arg("before", () => Int, { nullable: true, description: "Only older ones than this number." })
    before: number | null,
  ): Promise<ArticleVersion[]> {
    if (first < 1 || first > 100) throw refuse("BAD_INPUT", "`first` must be between 1 and 100.");
    return this.deps.db.getRepository(ArticleVersion).find({
      where: { articleId: id, ...(before == null ? {} : { number: LessThan(before) }) },
      order: { number: "DESC" },
      take: first,
    });
  }

  @Authorized("AGENT", "SERVICE")
  @Mutation(() => Article, {
    description:
      "Brings back all that an earlier version said - title, text, language, address and who may read it - as a new version, unless the article says just that. It stays until the article is changed or its document is imported with a change. NOT_FOUND when there is no such article or version.",
  })
  async restoreArticle(
    @Arg("id", () => ID) id: string,
    @Arg("version", () => Int) version: number,
    @Ctx() { viewer }: GraphContext,
  ): Promise<Article> {
    return this.deps.db.transaction(async (tx) => {
      const article = await lockArticle(tx, viewer, id);
      const earlier = await tx.findOneBy(ArticleVersion, { articleId: article.id, number: version });
      if (!earlier)
        throw refuse("NOT_FOUND", `The article has no version ${version}, or it was not kept: read \`versions\`.`);
      const change = changeBy(viewer, this.deps.clock.now());
      return changeArticle(tx, article, textOf(earlier), { ...change, origin: "RESTORED", restores: version });
    });
  }
}
