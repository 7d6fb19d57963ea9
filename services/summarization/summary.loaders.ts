import { type DataSource, In } from "typeorm";
import { loadOne, loadTogether } from "../../kit/load-rows";
import { Brief } from "./brief.entity";
import { Summary } from "./summary.entity";

export type Loaders = ReturnType<typeof createLoaders>;

export function createLoaders(db: DataSource) {
  return {
    byId: loadOne(db, Summary),
    byHandover: loadOne(db, Summary, "handoverId", { version: "ASC" }),
    byConversation: loadTogether(async (ids: readonly string[]) => {
      const found = await db
        .getRepository(Summary)
        .createQueryBuilder("summary")
        .distinctOn(["summary.conversation_id"])
        .where({ conversationId: In([...new Set(ids)]) })
        .orderBy({
          "summary.conversation_id": "ASC",
          "summary.through_sequence": "DESC",
          "summary.written_at": "DESC",
          "summary.version": "DESC",
        })
        .getMany();
      return ids.map((id) => found.find(({ conversationId }) => conversationId === id) ?? null);
    }),
    briefOfConversation: loadOne(db, Brief, "conversationId", { writtenAt: "ASC" }),
    briefOfHandover: loadOne(db, Brief, "handoverId"),
  };
}
