import { createHash, randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { EntityManager } from "typeorm";
import type { Viewer } from "../../kit/viewer";
import { Article } from "./article.entity";
import { type ArticleText, textOf } from "./article-text";
import { ArticleOrigin, ArticleVersion } from "./article-version.entity";
import { type Document, readDocument } from "./document";
import { fold, languageOf, wordsOf } from "./language";
import { passagesOf } from "./passages";

/** Who changes an article, and when; it goes into the article's history. */
export interface Change {
  by: string;
  at: Date;
}

/** A change that this viewer makes now. */
export function changeBy(viewer: Viewer, now: Date): Change {
  return { by: "name" in viewer ? viewer.name : viewer.role, at: now };
}

/** Adds an article and makes it searchable. `source`: the document it was imported from. */
export async function addArticle(
  tx: EntityManager,
  workspaceId: string,
  text: ArticleText,
  change: Change & { origin: ArticleOrigin },
  source: { name: string; hash: string } | null = null,
): Promise<Article> {
  const article = tx.create(Article, {
    id: randomUUID(),
    workspaceId,
    ...text,
    language: text.language.toLowerCase(),
    version: 1,
    sourceName: source?.name ?? null,
    sourceHash: source?.hash ?? null,
    createdAt: change.at,
    updatedAt: change.at,
  });
  await tx.insert(Article, article);
  await keepVersion(tx, article, change);
  await index(tx, article);
  return article;
}

/** Changes an article: a new version, searchable at once. What changes nothing makes no version. */
export async function changeArticle(
  tx: EntityManager,
  article: Article,
  text: Partial<ArticleText>,
  change: Change & { origin: ArticleOrigin; restores?: number },
): Promise<Article> {
  const wanted = { ...textOf(article), ...text };
  wanted.language = wanted.language.toLowerCase();
  if (isDeepStrictEqual(wanted, textOf(article))) return article;
  const changed = tx.create(Article, {
    ...article,
    ...wanted,
    version: article.version + 1,
    updatedAt: change.at,
  });
  await tx.save(Article, changed);
  await keepVersion(tx, changed, change);
  await index(tx, changed);
  return changed;
}

async function keepVersion(
  tx: EntityManager,
  article: Article,
  { by, at, origin, restores }: Change & { origin: ArticleOrigin; restores?: number },
): Promise<void> {
  await tx.insert(ArticleVersion, {
    articleId: article.id,
    number: article.version,
    workspaceId: article.workspaceId,
    ...textOf(article),
    origin,
    sourceName: origin === "IMPORTED" ? article.sourceName : null,
    restores: restores ?? null,
    changedBy: by,
    changedAt: at,
  });
}

/** Cuts an article into passages and writes down how they are found. */
async function index(tx: EntityManager, article: Article): Promise<void> {
  await tx.query("delete from passages where article_id = $1", [article.id]);
  await tx.query("delete from article_words where article_id = $1", [article.id]);
  const { config } = languageOf(article.language);
  const passages = passagesOf(article.title, article.body);
  // An article without text under its title can still be found by it.
  if (passages.length === 0) passages.push({ heading: "", text: article.title });
  await tx.query(
    `insert into passages (workspace_id, article_id, position, heading, text, language, config, visibility, search)
     select $1, $2, p.position, p.heading, p.text, $3, $4::text, $5,
       setweight(to_tsvector($4::text::regconfig, $6), 'A') || setweight(to_tsvector($4::text::regconfig, p.folded_heading), 'B')
         || setweight(to_tsvector($4::text::regconfig, p.folded_text), 'D')
     from jsonb_to_recordset($7::jsonb)
       as p(position int, heading text, text text, folded_heading text, folded_text text)`,
    [
      article.workspaceId,
      article.id,
      article.language,
      config,
      article.visibility,
      fold(article.title),
      JSON.stringify(
        passages.map(({ heading, text }, position) => ({
          position,
          heading,
          text,
          folded_heading: fold(heading),
          folded_text: fold(text),
        })),
      ),
    ],
  );
  const words = new Set(wordsOf(`${article.title} ${passages.map((one) => `${one.heading} ${one.text}`).join(" ")}`));
  await tx.query(
    "insert into article_words (workspace_id, article_id, word) select $1, $2, word from unnest($3::text[]) as word",
    [article.workspaceId, article.id, [...words].filter((word) => word.length >= 3 && word.length <= 40)],
  );
}

/** What an import did with one document. */
export type Imported =
  | { name: string; outcome: "CREATED" | "UPDATED" | "UNCHANGED"; articleId: string }
  | { name: string; outcome: "FAILED"; reason: string };

/** Takes one document in: new, changed, or just as it was. */
export async function importDocument(
  tx: EntityManager,
  workspaceId: string,
  document: Document,
  change: Change,
): Promise<Imported> {
  const { name, visibility } = document;
  const hash = createHash("sha256")
    .update(
      JSON.stringify([
        document.format,
        document.content,
        document.url,
        document.language,
        ...(visibility ? [visibility] : []),
      ]),
    )
    .digest("hex");
  const known = await tx.findOne(Article, {
    where: { workspaceId, sourceName: name },
    lock: { mode: "pessimistic_write" },
  });
  if (known?.sourceHash === hash) return { name, outcome: "UNCHANGED", articleId: known.id };
  let text: ReturnType<typeof readDocument>;
  try {
    text = readDocument(document);
  } catch (error) {
    return { name, outcome: "FAILED", reason: error instanceof Error ? error.message : String(error) };
  }
  const imported = { ...change, origin: ArticleOrigin.IMPORTED };
  if (known) {
    // A document may be written otherwise and still say the same.
    await tx.update(Article, { id: known.id }, { sourceHash: hash });
    const { version } = await changeArticle(
      tx,
      { ...known, sourceHash: hash },
      { ...text, ...(visibility && { visibility }) },
      imported,
    );
    return { name, outcome: version > known.version ? "UPDATED" : "UNCHANGED", articleId: known.id };
  }
  const article = await addArticle(tx, workspaceId, { ...text, visibility: visibility ?? "PUBLIC" }, imported, {
    name,
    hash,
  });
  return { name, outcome: "CREATED", articleId: article.id };
}
