import type { DataSource } from "typeorm";
import { loadAll, loadOne, loadTogether } from "../../kit/load-rows";
import { Conversation } from "./conversation.entity";
import { Handover } from "./handover.entity";
import { Message } from "./message.entity";
import { Workspace } from "./workspace.entity";

export type Loaders = ReturnType<typeof createLoaders>;

interface MessagePage {
  conversationId: string;
  /** Only messages with a greater sequence. */
  after: number;
  first: number;
}

export function createLoaders(db: DataSource) {
  return {
    workspace: loadOne(db, Workspace),
    conversation: loadOne(db, Conversation),
    message: loadOne(db, Message),
    handover: loadOne(db, Handover),
    handoversOf: loadAll(db, Handover, "conversationId", { position: "ASC" }),
    /** Pages of messages, each by conversation, cursor and size. */
    messagesOf: loadTogether(async (pages: readonly MessagePage[]) => {
      const rows = await db
        .getRepository(Message)
        .createQueryBuilder("message")
        .innerJoin(
          `(select page.n, m.id from unnest(:conversations::uuid[], :after::int[], :most::int[])
              with ordinality as page(conversation_id, after, most, n)
            cross join lateral (
              select id from message where conversation_id = page.conversation_id and sequence > page.after
              order by sequence limit page.most
            ) m)`,
          "wanted",
          "wanted.id = message.id",
          {
            conversations: pages.map((page) => page.conversationId),
            after: pages.map((page) => page.after),
            most: pages.map((page) => page.first),
          },
        )
        .orderBy("message.sequence")
        .getMany();
      return pages.map(({ conversationId, after, first }) =>
        rows.filter((row) => row.conversationId === conversationId && row.sequence > after).slice(0, first),
      );
    }),
  };
}
