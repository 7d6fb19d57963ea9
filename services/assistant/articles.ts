import { createHash, randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import { Article, type ArticleVisibility } from "./article.entity";
import { type Document, readDocument } from "./document";
import { fold, languageOf, primaryOf, wordsOf } from "./language";
import { passagesOf } from "./passages";

/** What an article says; everything but the text may be changed on its own. */
export interface ArticleText {
  title: string;
  body: string;
  language: string;
  url: string | null;
  visibility: ArticleVisibility;
}

/** Adds an article and makes it searchable. */
export async function addArticle(
  tx: EntityManager,
  workspaceId: string,
  text: ArticleText,
  now: Date,
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
    createdAt: now,
    updatedAt: now,
  });
  await tx.insert(Article, article);
  await index(tx, article);
  return article;
}

/** Changes an article: a new version, searchable at once. */
export async function changeArticle(
  tx: EntityManager,
  article: Article,
  change: Partial<ArticleText>,
  now: Date,
  sourceHash: string | null = article.sourceHash,
): Promise<Article> {
  const changed = tx.create(Article, {
    ...article,
    ...change,
    language: (change.language ?? article.language).toLowerCase(),
    version: article.version + 1,
    sourceHash,
    updatedAt: now,
  });
  await tx.save(Article, changed);
  await index(tx, changed);
  return changed;
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
  now: Date,
): Promise<Imported> {
  const { name } = document;
  const hash = createHash("sha256")
    .update(JSON.stringify([document.format, document.content, document.url, document.language]))
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
  if (known) {
    await changeArticle(tx, known, text, now, hash);
    return { name, outcome: "UPDATED", articleId: known.id };
  }
  const article = await addArticle(tx, workspaceId, { ...text, visibility: "PUBLIC" }, now, { name, hash });
  return { name, outcome: "CREATED", articleId: article.id };
}

/** Is this a language code we can keep? en, pt-br, zh-hant. */
export function isLanguage(code: string): boolean {
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(code) && primaryOf(code).length <= 3;
}
