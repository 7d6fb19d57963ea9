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
import type { GraphContext } from "../../kit/subgraph";
import { type Viewer, workspaceOf } from "../../kit/viewer";
import { Article, ArticleVisibility } from "./article.entity";
import { type ArticleText, addArticle, changeArticle, type Imported, importDocument, isLanguage } from "./articles";
import { DocumentFormat } from "./document";
import { primaryOf } from "./language";
import { questionOf } from "./question";
import { languagesOf, retrieve } from "./retrieve";

registerEnumType(DocumentFormat, { name: "DocumentFormat", description: "How an imported document is written." });

const longestBody = 300_000;

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
    const languages = await languagesOf(db, workspaceOf(viewer));
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
    return this.deps.db.transaction((tx) => addArticle(tx, workspaceOf(viewer), text, this.deps.clock.now()));
  }

  @Authorized("AGENT", "SERVICE")
  @Mutation(() => Article, { description: "Changes an article: a new version. NOT_FOUND when there is none." })
  async updateArticle(
    @Arg("id", () => ID) id: string,
    @Arg("input", () => ArticleChange) input: ArticleChange,
    @Ctx() { viewer }: GraphContext,
  ): Promise<Article> {
    return this.deps.db.transaction(async (tx) => {
      const article = isId(id)
        ? await tx.findOne(Article, {
            where: { id, workspaceId: workspaceOf(viewer) },
            lock: { mode: "pessimistic_write" },
          })
        : null;
      if (!article) throw notFound();
      const text = checked({
        title: input.title ?? article.title,
        body: input.body ?? article.body,
        language: input.language ?? article.language,
        url: input.url === undefined ? article.url : input.url,
        visibility: input.visibility ?? article.visibility,
      });
      return changeArticle(tx, article, text, this.deps.clock.now(), null);
    });
  }

  @Authorized("AGENT", "SERVICE")
  @Mutation(() => ID, { description: "Takes an article away; returns its id. NOT_FOUND when there is none." })
  async deleteArticle(@Arg("id", () => ID) id: string, @Ctx() { viewer }: GraphContext): Promise<string> {
    const deleted = isId(id)
      ? await this.deps.db.getRepository(Article).delete({ id, workspaceId: workspaceOf(viewer) })
      : null;
    if (!deleted?.affected) throw notFound();
    return id;
  }

  @Authorized("SERVICE")
  @Mutation(() => ImportReport, {
    description:
      "Takes documents in as public articles. Each is all or nothing by itself; one that fails holds up no other.",
  })
  async importArticles(
    @Arg("documents", () => [DocumentInput], { description: "At most 100." }) documents: DocumentInput[],
    @Ctx() { viewer }: GraphContext,
  ): Promise<ImportReport> {
    if (documents.length > 100)
      throw refuse("BAD_INPUT", "At most 100 documents at a time; import the rest with another call.");
    const done: Imported[] = [];
    for (const document of documents) done.push(await this.importOne(workspaceOf(viewer), document));
    const count = (outcome: Imported["outcome"]) => done.filter((one) => one.outcome === outcome).length;
    return {
      created: count("CREATED"),
      updated: count("UPDATED"),
      unchanged: count("UNCHANGED"),
      failed: done.filter((one) => one.outcome === "FAILED"),
    };
  }

  private async importOne(workspaceId: string, document: DocumentInput): Promise<Imported> {
    const { name, format, content } = document;
    const url = document.url || null;
    const language = document.language || null;
    const failed = (reason: string): Imported => ({ name, outcome: "FAILED", reason });
    if (!name.trim() || name.length > 500) return failed("Its name must have 1 to 500 characters.");
    if (content.length > 1_000_000) return failed("It is longer than 1,000,000 characters.");
    if (url && !isWebAddress(url)) return failed(badUrl);
    if (language && !isLanguage(language)) return failed(badLanguage);
    const take = () =>
      this.deps.db.transaction((tx) =>
        importDocument(tx, workspaceId, { name, format, content, url, language }, this.deps.clock.now()),
      );
    // Two imports of a new name at once: the second one finds the first one's article.
    return take().catch((error) => (error?.driverError?.code === "23505" ? take() : Promise.reject(error)));
  }
}

/** An article in the viewer's reach. */
export async function findArticle(db: DataSource, viewer: Viewer, id: string): Promise<Article | null> {
  return isId(id) ? seen(viewer, await db.getRepository(Article).findOneBy({ id })) : null;
}

/** The article, if the viewer may see it: another workspace's counts as not there, and customers see public ones. */
export function seen(viewer: Viewer, article: Article | null): Article | null {
  if (!article || !("workspaceId" in viewer) || viewer.workspaceId !== article.workspaceId) return null;
  return viewer.role === "CUSTOMER" && article.visibility !== "PUBLIC" ? null : article;
}

export function isId(id: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
}

function notFound() {
  return refuse("NOT_FOUND", "There is no such article in your workspace.");
}

const badUrl = "The url must begin with http:// or https://.";
const badLanguage = "The language must be a BCP 47 code, such as en or pt-br.";

function checked(text: ArticleText): ArticleText {
  const title = text.title.trim();
  if (!title || title.length > 300) throw refuse("BAD_INPUT", "The title must have 1 to 300 characters.");
  if (!text.body.trim()) throw refuse("BAD_INPUT", "The body must not be empty.");
  if (text.body.length > longestBody)
    throw refuse("BAD_INPUT", `The body must have at most ${longestBody} characters.`);
  if (text.url && !isWebAddress(text.url)) throw refuse("BAD_INPUT", badUrl);
  if (!isLanguage(text.language) || !primaryOf(text.language)) throw refuse("BAD_INPUT", badLanguage);
  return { ...text, title, url: text.url || null };
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
}
