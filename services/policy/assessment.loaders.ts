import DataLoader from "dataloader";
import { type DataSource, type FindOptionsWhere, In, IsNull, type Repository } from "typeorm";
import type { GraphContext } from "../../kit/subgraph";
import type { Viewer } from "../../kit/viewer";
import { Assessment } from "./assessment.entity";
import { GuidanceRule } from "./guidance-rule.entity";
import { isId } from "./input";
import { Tag } from "./tag.entity";
import { HandoverVerdict } from "./verdict.entity";

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
  /** By id, in the workspace of the request's viewer; null for others. */
  tag: DataLoader<string, Tag | null>;
  rule: DataLoader<string, GuidanceRule | null>;
  /** By the handover's id, whatever its workspace. */
  verdict: DataLoader<string, HandoverVerdict | null>;
}

/** One set of loaders per request: what one request reads is read at once, and never kept. */
export function perRequest(db: DataSource): (context: GraphContext) => Loaders {
  const byContext = new WeakMap<GraphContext, Loaders>();
  return (context) => {
    const loaders = byContext.get(context) ?? createLoaders(db, context.viewer);
    byContext.set(context, loaders);
    return loaders;
  };
}

function createLoaders(db: DataSource, viewer: Viewer): Loaders {
  const byId = <Thing extends Tag | GuidanceRule>(things: Repository<Thing>) =>
    new DataLoader<string, Thing | null>(async (ids) => {
      if (viewer.role !== "AGENT" && viewer.role !== "SERVICE") return ids.map(() => null);
      const mine = { id: In(ids.filter(isId)), workspaceId: viewer.workspaceId, deletedAt: IsNull() };
      const found = await things.findBy(mine as FindOptionsWhere<Thing>);
      return ids.map((id) => found.find((thing) => thing.id === id) ?? null);
    });
  return {
    tag: byId(db.getRepository(Tag)),
    rule: byId(db.getRepository(GuidanceRule)),
    verdict: new DataLoader(async (ids) => {
      const found = await db.getRepository(HandoverVerdict).findBy({ handoverId: In([...ids]) });
      return ids.map((id) => found.find(({ handoverId }) => handoverId === id) ?? null);
    }),
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
