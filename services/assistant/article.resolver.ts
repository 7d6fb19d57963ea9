import {
  Arg,
  Authorized,
  Ctx,
  Field,
  Float,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from "type-graphql";
import type { DataSource } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import { storable } from "../../kit/storable";
import type { GraphContext } from "../../kit/subgraph";
import { type Viewer, workspaceOf } from "../../kit/viewer";
import { Article, ArticleVisibility } from "./article.entity";
import { badLanguage, badUrl, checked, isLanguage, isWebAddress } from "./article-text";
import { addArticle, type Change, changeArticle, changeBy, type Imported, importDocument } from "./articles";
import { DocumentFormat } from "./document";
import { findArticle, lockArticle, notFound } from "./find-article";
import { questionOf } from "./question";
import { languagesOf, retrieve } from "./retrieve";

registerEnumType(DocumentFormat, { name: "DocumentFormat", description: "How an imported document is written." });

@InputType({ description: "A new article." })
class ArticleInput {
  @Field(() => String, { description: "1 to 300 characters." })
  title!: string;

  @Field(() => String, { description: "Markdown, at most 300,000 characters." })
  body!: string;

  @Field(() => String, { defaultValue: "en", description: "BCP 47: en, pt-br." })
  language!: string;

  @Field(() => String, { nullable: true, description: "http or https: where customers can read it." })
  url?: string | null;

  @Field(() => ArticleVisibility, { defaultValue: ArticleVisibility.PUBLIC })
  visibility!: ArticleVisibility;
}

@InputType({ description: "What changes in an article; what is left out stays as it is." })
class ArticleChange {
  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true, description: "Markdown." })
  body?: string | null;

  @Field(() => String, { nullable: true })
  language?: string | null;

  @Field(() => String, { nullable: true, description: "null takes the address away." })
  url?: string | null;

  @Field(() => ArticleVisibility, { nullable: true })
  visibility?: ArticleVisibility | null;
}

@InputType({ description: "One document to import." })
class DocumentInput {
  @Field(() => String, { description: "Its path or address: the same name again updates the same article." })
  name!: string;

  @Field(() => DocumentFormat)
  format!: DocumentFormat;

  @Field(() => String, { description: "At most 1,000,000 characters." })
  content!: string;

  @Field(() => String, {
    nullable: true,
    description: "Where customers can read it; otherwise what the document says.",
  })
  url?: string | null;

  @Field(() => String, { nullable: true, description: "BCP 47; otherwise what the document says, or a guess." })
  language?: string | null;

  @Field(() => ArticleVisibility, {
    nullable: true,
    description: "Otherwise a new article is PUBLIC, and one that is there stays what it is.",
  })
  visibility?: ArticleVisibility | null;
}

@ObjectType({ simpleResolvers: true, description: "A document that could not be imported." })
class ImportFailure {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  reason!: string;
}

@ObjectType({ simpleResolvers: true, description: "What an import did, counted." })
class ImportReport {
  @Field(() => Int)
  created!: number;

  @Field(() => Int)
  updated!: number;

  @Field(() => Int, { description: "Documents that are just as they were at the last import." })
  unchanged!: number;

  @Field(() => [ImportFailure])
  failed!: ImportFailure[];
}

@ObjectType({ simpleResolvers: true, description: "A part of an article that fits a question." })
class FoundPassage {
  @Field(() => Article)
  article!: Article;

  @Field(() => String, { description: "The headings above it; empty at the beginning of an article." })
  heading!: string;

  @Field(() => String, { description: "Plain text; list items and table rows on lines of their own." })
  text!: string;

  @Field(() => Float, { description: "Comparable within one search only." })
  score!: number;
}

@Resolver(() => Article)
export class ArticleResolver {
  constructor(private readonly deps: { db: DataSource; clock: Clock }) {}

  @Authorized()
  @Query(() => Article, { nullable: true, description: "One article. Customers see public ones only." })
  async article(@Arg("id", () => ID) id: string, @Ctx() { viewer }: GraphContext): Promise<Article | null> {
    return findArticle(this.deps.db, viewer, id);
  }

  @Authorized("AGENT", "SERVICE")
  @Query(() => [Article], {
    description: "The workspace's articles, by title. Page with `after`, the last id of the page before.",
  })
  async articles(
    @Arg("first", () => Int, { defaultValue: 50, description: "1 to 200." }) first: number,
    @Arg("after", () => ID, { nullable: true }) after: string | null,
    @Arg("containing", () => String, { nullable: true, description: "Only titles that contain this." }) containing:
      | string
      | null,
    @Ctx() { viewer }: GraphContext,
  ): Promise<Article[]> {
    if (first < 1 || first > 200) throw refuse("BAD_INPUT", "`first` must be between 1 and 200.");
    const query = this.deps.db
      .getRepository(Article)
      .createQueryBuilder("a")
      .where("a.workspace_id = :workspaceId", { workspaceId: workspaceOf(viewer) })
      .orderBy("a.title")
      .addOrderBy("a.id")
      .take(first);
    if (containing) query.andWhere("a.title ilike :like", { like: `%${containing.replace(/[\\%_]/g, "\\$&")}%` });
    if (after) {
      const last = await findArticle(this.deps.db, viewer, after);
      if (!last) throw refuse("BAD_INPUT", "`after` is not the id of one of your articles.");
      query.andWhere("(a.title, a.id) > (:title, :id)", { title: last.title, id: last.id });
    }
    return query.getMany();
  }

  @Authorized("AGENT", "SERVICE")
  @Query(() => [FoundPassage], {
    description: "What the articles say about a question, best first; internal ones included.",
  })
  async searchPassages(
    @Arg("question", () => String) question: string,
    @Arg("language", () => String, { defaultValue: "en", description: "Unless the question shows another." })
    language: string,
    @Arg("first", () => Int, { defaultValue: 5, description: "1 to 20." }) first: number,
    @Ctx() { viewer }: GraphContext,
  ): Promise<FoundPassage[]> {
    if (first < 1 || first > 20) throw refuse("BAD_INPUT", "`first` must be between 1 and 20.");
    const { db } = this.deps;
    const languages = await languagesOf(db, workspaceOf(viewer), "ALL");
    const asked = questionOf([{ author: "CUSTOMER", text: question }], language, languages);
    const { passages } = await retrieve(db, {
      workspaceId: workspaceOf(viewer),
      question: asked,
      languages,
      visibility: "ALL",
      first,
    });
    const ids = [...new Set(passages.map((passage) => passage.articleId))];
    const found =
      ids.length > 0 ? await db.getRepository(Article).createQueryBuilder("a").whereInIds(ids).getMany() : [];
    const articles = new Map(found.map((article) => [article.id, article]));
    return passages.flatMap(({ articleId, heading, text, score }) => {
      const article = articles.get(articleId);
      return article ? [{ article, heading, text, score }] : [];
    });
  }

  @Authorized("AGENT", "SERVICE")
  @Mutation(() => Article, { description: "Adds an article; it answers from now on." })
  async createArticle(
    @Arg("input", () => ArticleInput) input: ArticleInput,
    @Ctx() { viewer }: GraphContext,
  ): Promise<Article> {
    const text = checked({ ...input, url: input.url ?? null });
    return this.deps.db.transaction((tx) =>
      addArticle(tx, workspaceOf(viewer), text, { ...this.change(viewer), origin: "WRITTEN" }),
    );
  }

  @Authorized("AGENT", "SERVICE")
  @Mutation(() => Article, {
    description: "Changes an article: a new version, unless it says the same as before. NOT_FOUND when there is none.",
  })
  async updateArticle(
    @Arg("id", () => ID) id: string,
    @Arg("input", () => ArticleChange) input: ArticleChange,
    @Ctx() { viewer }: GraphContext,
  ): Promise<Article> {
    return this.deps.db.transaction(async (tx) => {
      const article = await lockArticle(tx, viewer, id);
      const text = checked({
        title: input.title ?? article.title,
        body: input.body ?? article.body,
        language: input.language ?? article.language,
        url: input.url === undefined ? article.url : input.url,
        visibility: input.visibility ?? article.visibility,
      });
      return changeArticle(tx, article, text, { ...this.change(viewer), origin: "WRITTEN" });
    });
  }

  @Authorized("AGENT", "SERVICE")
  @Mutation(() => ID, {
    description: "Takes an article away with its history; returns its id. NOT_FOUND when there is none.",
  })
  async deleteArticle(@Arg("id", () => ID) id: string, @Ctx() { viewer }: GraphContext): Promise<string> {
    const deleted = isId(id)
      ? await this.deps.db.getRepository(Article).delete({ id, workspaceId: workspaceOf(viewer) })
      : null;
    if (!deleted?.affected) throw notFound();
    return id;
  }

  @Authorized("SERVICE")
  @Mutation(() => ImportReport, {
    description: "Takes documents in as articles. Each is all or nothing by itself; one that fails holds up no other.",
  })
  async importArticles(
    @Arg("documents", () => [DocumentInput], { description: "At most 100." }) documents: DocumentInput[],
    @Ctx() { viewer }: GraphContext,
  ): Promise<ImportReport> {
    if (documents.length > 100)
      throw refuse("BAD_INPUT", "At most 100 documents at a time; import the rest with another call.");
    const done: Imported[] = [];
    for (const document of documents) done.push(await this.importOne(viewer, document));
    const count = (outcome: Imported["outcome"]) => done.filter((one) => one.outcome === outcome).length;
    return {
      created: count("CREATED"),
      updated: count("UPDATED"),
      unchanged: count("UNCHANGED"),
      failed: done.filter((one) => one.outcome === "FAILED"),
    };
  }

  private change(viewer: Viewer): Change {
    return changeBy(viewer, this.deps.clock.now());
  }

  private async importOne(viewer: Viewer, document: DocumentInput): Promise<Imported> {
    // A file may hold characters that nobody can keep; it is read without them.
    const [name, content] = [storable(document.name), storable(document.content)];
    const url = document.url || null;
    const language = document.language || null;
    const visibility = document.visibility ?? null;
    const failed = (reason: string): Imported => ({ name, outcome: "FAILED", reason });
    if (!name.trim() || name.length > 500) return failed("Its name must have 1 to 500 characters.");
    if (content.length > 1_000_000) return failed("It is longer than 1,000,000 characters.");
    if (url && !isWebAddress(url)) return failed(badUrl);
    if (language && !isLanguage(language)) return failed(badLanguage);
    const take = () =>
      this.deps.db.transaction((tx) =>
        importDocument(
          tx,
          workspaceOf(viewer),
          { name, format: document.format, content, url, language, visibility },
          this.change(viewer),
        ),
      );
    // Two imports of a new name at once: the second one finds the first one's article.
    return take().catch((error) => (error?.driverError?.code === "23505" ? take() : Promise.reject(error)));
  }
}
