import type { DataSource, EntityManager } from "typeorm";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import { type Viewer, workspaceOf } from "../../kit/viewer";
import { Article } from "./article.entity";

/** An article in the viewer's reach. */
export async function findArticle(db: DataSource, viewer: Viewer, id: string): Promise<Article | null> {
  return isId(id) ? seen(viewer, await db.getRepository(Article).findOneBy({ id })) : null;
}

/** An article of the viewer's workspace, nobody else changing it meanwhile. NOT_FOUND when there is none. */
export async function lockArticle(tx: EntityManager, viewer: Viewer, id: string): Promise<Article> {
  const article = isId(id)
    ? await tx.findOne(Article, {
        where: { id, workspaceId: workspaceOf(viewer) },
        lock: { mode: "pessimistic_write" },
      })
    : null;
  if (!article) throw notFound();
  return article;
}

/** The article, if the viewer may see it: another workspace's counts as not there, and customers see public ones. */
export function seen(viewer: Viewer, article: Article | null): Article | null {
  if (!article || !("workspaceId" in viewer) || viewer.workspaceId !== article.workspaceId) return null;
  return viewer.role === "CUSTOMER" && article.visibility !== "PUBLIC" ? null : article;
}

export function notFound() {
  return refuse("NOT_FOUND", "There is no such article in your workspace.");
}
