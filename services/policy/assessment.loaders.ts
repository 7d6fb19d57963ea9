import { type DataSource, In } from "typeorm";
import { loadAll, loadOne, loadTogether } from "../../kit/load-rows";
import type { Viewer } from "../../kit/viewer";
import { Assessment } from "./assessment.entity";
import { GuidanceRule } from "./guidance-rule.entity";
import { Tag } from "./tag.entity";
import { HandoverVerdict } from "./verdict.entity";

/** A tag as one conversation has it. */
export interface TagOfConversation {
  workspaceId: string;
  conversationId: string;
  tag: Tag;
}

export type Loaders = ReturnType<typeof createLoaders>;

export function createLoaders(db: DataSource) {
  return {
    tag: loadOne(db, Tag),
    rule: loadOne(db, GuidanceRule),
    verdict: loadOne(db, HandoverVerdict, "handoverId"),
    /** The assessments of a message and of the answers to it, latest first. */
    ofMessage: loadAll(db, Assessment, "messageId", { assessedAt: "DESC" }),
    tagsOfConversation: loadTogether(async (ids: readonly string[]) => {
      const links: { conversation_id: string; workspace_id: string; tag_id: string }[] = await db.query(
        `select conversation_id, workspace_id, tag_id from conversation_tag
         where conversation_id = any($1::uuid[]) order by tagged_at, tag_id`,
        [[...new Set(ids)]],
      );
      const tags = await db.getRepository(Tag).findBy({ id: In(links.map(({ tag_id }) => tag_id)) });
      const byId = new Map(tags.map((tag) => [tag.id, tag]));
      return ids.map((id) =>
        links.flatMap(({ conversation_id, workspace_id, tag_id }): TagOfConversation[] => {
          const tag = byId.get(tag_id);
          if (conversation_id !== id || !tag || tag.deletedAt) return [];
          return [{ workspaceId: workspace_id, conversationId: id, tag }];
        }),
      );
    }),
  };
}

/** A tag or rule, for those who work in its workspace, as long as it is there. */
export function inUse<Thing extends Tag | GuidanceRule>(viewer: Viewer, thing: Thing | null): Thing | null {
  const mine = (viewer.role === "AGENT" || viewer.role === "SERVICE") && viewer.workspaceId === thing?.workspaceId;
  return mine && !thing.deletedAt ? thing : null;
}
