import DataLoader from "dataloader";
import { type DataSource, In } from "typeorm";
import type { GraphContext } from "../../kit/subgraph";
import { Brief } from "./brief.entity";
import { Summary } from "./summary.entity";

export interface Loaders {
  byConversation: DataLoader<string, Summary | null>;
  byHandover: DataLoader<string, Summary | null>;
  byId: DataLoader<string, Summary | null>;
  briefOfConversation: DataLoader<string, Brief | null>;
  briefOfHandover: DataLoader<string, Brief | null>;
}

/** One set of loaders per request: what one request reads is read at once, and never kept. */
export function perRequest(db: DataSource): (context: GraphContext) => Loaders {
  const byContext = new WeakMap<GraphContext, Loaders>();
  return (context) => {
    let loaders = byContext.get(context);
    if (!loaders) {
      loaders = createLoaders(db);
      byContext.set(context, loaders);
    }
    return loaders;
  };
}

function createLoaders(db: DataSource): Loaders {
  const summaries = db.getRepository(Summary);
  const briefs = db.getRepository(Brief);
  return {
    // The last of several stays.
    briefOfConversation: new DataLoader(async (ids) =>
      inOrder(
        ids,
        await briefs.find({ where: { conversationId: In([...ids]) }, order: { writtenAt: "ASC" } }),
        ({ conversationId }) => conversationId,
      ),
    ),
    briefOfHandover: new DataLoader(async (ids) =>
      inOrder(ids, await briefs.findBy({ handoverId: In([...ids]) }), ({ handoverId }) => handoverId),
    ),
    byId: new DataLoader(async (ids) => inOrder(ids, await summaries.findBy({ id: In([...ids]) }), ({ id }) => id)),
    byHandover: new DataLoader(async (ids) =>
      inOrder(
        ids,
        // The last of several versions stays.
        await summaries.find({ where: { handoverId: In([...ids]) }, order: { version: "ASC" } }),
        ({ handoverId }) => handoverId ?? "",
      ),
    ),
    byConversation: new DataLoader(async (ids) => {
      const found = await summaries
        .createQueryBuilder("summary")
        .distinctOn(["summary.conversation_id"])
        .where({ conversationId: In([...ids]) })
        .orderBy({
          "summary.conversation_id": "ASC",
          "summary.through_sequence": "DESC",
          "summary.written_at": "DESC",
          "summary.version": "DESC",
        })
        .getMany();
      return inOrder(ids, found, ({ conversationId }) => conversationId);
    }),
  };
}

function inOrder<Row>(ids: readonly string[], found: Row[], key: (row: Row) => string): (Row | null)[] {
  const byKey = new Map(found.map((row) => [key(row), row]));
  return ids.map((id) => byKey.get(id) ?? null);
}
