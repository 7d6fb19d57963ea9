import DataLoader from "dataloader";
import { type DataSource, In } from "typeorm";
import type { GraphContext } from "../../kit/subgraph";
import { Assessment } from "./assessment.entity";
import { Tag } from "./tag.entity";

/** A tag as one conversation has it. */
export interface TagOfConversation {
  workspaceId: string;
  conversationId: string;
  tag: Tag;
}

export interface Loaders {
  /** The assessments of a message and of the answers to it, latest first. */
  ofMessage: DataLoader<string, Assessment[]>;
  tagsOfConversation: DataLoader<string, TagOfConversation[]>;
}

/** One set of loaders per request: what one request reads is read at once, and never kept. */
export function perRequest(db: DataSource): (context: GraphContext) => Loaders {
  const byContext = new WeakMap<GraphContext, Loaders>();
  return (context) => {
    const loaders = byContext.get(context) ?? createLoaders(db);
    byContext.set(context, loaders);
    return loaders;
  };
}

function createLoaders(db: DataSource): Loaders {
  return {
    ofMessage: new DataLoader(async (ids) => {
      const found = await db.getRepository(Assessment).find({
        where: { messageId: In([...ids]) },
        order: { assessedAt: "DESC" },
      });
      return ids.map((id) => found.filter(({ messageId }) => messageId === id));
    }),
    tagsOfConversation: new DataLoader(async (ids) => {
      const links: { conversation_id: string; workspace_id: string; tag_id: string }[] = await db.query(
        `select conversation_id, workspace_id, tag_id from conversation_tag
         where conversation_id = any($1::uuid[]) order by tagged_at, tag_id`,
        [[...ids]],
      );
      const tags = await db.getRepository(Tag).findBy({ id: In(links.map(({ tag_id }) => tag_id)) });
      const byId = new Map(tags.map((tag) => [tag.id, tag]));
      return ids.map((id) =>
        links.flatMap(({ conversation_id, workspace_id, tag_id }) => {
          const tag = byId.get(tag_id);
          if (conversation_id !== id || !tag || tag.deletedAt) return [];
          return [{ workspaceId: workspace_id, conversationId: id, tag }];
        }),
      );
    }),
  };
}
