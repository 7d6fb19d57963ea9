import DataLoader from "dataloader";
import { type DataSource, In } from "typeorm";
import type { GraphContext } from "../../kit/subgraph";
import { Article } from "./article.entity";

/** Articles by id, those of one request read at once and never kept. */
export function articlesPerRequest(db: DataSource): (context: GraphContext) => DataLoader<string, Article | null> {
  const byContext = new WeakMap<GraphContext, DataLoader<string, Article | null>>();
  return (context) => {
    let loader = byContext.get(context);
    if (!loader) {
      loader = new DataLoader(async (ids) => {
        const found = await db.getRepository(Article).findBy({ id: In([...ids]) });
        const byId = new Map(found.map((article) => [article.id, article]));
        return ids.map((id) => byId.get(id) ?? null);
      });
      byContext.set(context, loader);
    }
    return loader;
  };
}
