import DataLoader from "dataloader";
import { type DataSource, In, type ObjectLiteral } from "typeorm";
import { Conversation } from "./conversation.entity";
import { isId } from "./customer-input";
import { Handover } from "./handover.entity";
import { Message } from "./message.entity";
import { Workspace } from "./workspace.entity";

/**
 * Reads many rows in one query. They keep nothing: whoever asks in the same tick shares a query, whoever asks later
 * gets what is true then. They know no viewer, so ask `maySee` about what comes out.
 */
export interface Loaders {
  workspace: DataLoader<string, Workspace | null>;
  conversation: DataLoader<string, Conversation | null>;
  message: DataLoader<string, Message | null>;
  handover: DataLoader<string, Handover | null>;
  /** By conversation, oldest first. */
  handoversOf: DataLoader<string, Handover[]>;
  /** Pages of messages, each by conversation, cursor and size. */
  messagesOf: DataLoader<MessagePage, Message[], string>;
}

export interface MessagePage {
  conversationId: string;
  /** Only messages with a greater sequence. */
  after: number;
  first: number;
}

export function createLoaders(db: DataSource): Loaders {
  return {
    workspace: byId(db, Workspace),
    conversation: byId(db, Conversation),
    message: byId(db, Message),
    handover: byId(db, Handover),
    handoversOf: new DataLoader(
      async (ids) => {
        const rows = await db
          .getRepository(Handover)
          .find({ where: { conversationId: In([...new Set(ids)]) }, order: { position: "ASC" } });
        const found = byConversation(rows);
        return ids.map((id) => found.get(id) ?? []);
      },
      { cache: false },
    ),
    messagesOf: new DataLoader(
      async (pages) => {
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
        const found = byConversation(rows);
        return pages.map((page) =>
          (found.get(page.conversationId) ?? []).filter((row) => row.sequence > page.after).slice(0, page.first),
        );
      },
      { cache: false },
    ),
  };
}

function byId<Row extends ObjectLiteral & { id: string }>(db: DataSource, entity: new () => Row) {
  return new DataLoader<string, Row | null>(
    async (ids) => {
      const rows = await db.getRepository<Row>(entity).findBy({ id: In([...new Set(ids.filter(isId))]) } as never);
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => found.get(id.toLowerCase()) ?? null);
    },
    { cache: false },
  );
}

function byConversation<Row extends { conversationId: string }>(rows: Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const list = found.get(row.conversationId);
    if (list) list.push(row);
    else found.set(row.conversationId, [row]);
  }
  return found;
}
