import { Directive, Field, ObjectType } from "type-graphql";
import type { DataSource, SelectQueryBuilder } from "typeorm";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import type { ControlHolder } from "../../schema/words";
import { Conversation, type ConversationStatus } from "./conversation.entity";

@Directive("@shareable")
@ObjectType({ simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: "Pass it as `after` for the next page; null for an empty page." })
  endCursor!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "One page of conversations." })
export class ConversationConnection {
  @Field(() => [Conversation])
  nodes!: Conversation[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

interface Asked {
  first: number;
  after: string | null;
  control: ControlHolder | null;
  status: ConversationStatus | null;
}

/** One page of a workspace's conversations, newest first. Throws BAD_INPUT for a cursor that is not one of ours. */
export async function pageOfConversations(
  db: DataSource,
  workspaceId: string,
  asked: Asked,
): Promise<ConversationConnection> {
  const rows = await conversationsOf(db, workspaceId, asked).getMany();
  const nodes = rows.slice(0, asked.first);
  const last = nodes.at(-1);
  return { nodes, pageInfo: { hasNextPage: rows.length > nodes.length, endCursor: last ? cursorOf(last) : null } };
}

/** The page's conversations and one more, by which is known that there is another page. */
export function conversationsOf(db: DataSource, workspaceId: string, asked: Asked): SelectQueryBuilder<Conversation> {
  const query = db
    .getRepository(Conversation)
    .createQueryBuilder("conversation")
    .where("conversation.workspace_id = :workspaceId", { workspaceId })
    .orderBy("conversation.opened_at", "DESC")
    .addOrderBy("conversation.id", "DESC")
    .limit(asked.first + 1);
  if (asked.control) query.andWhere("conversation.control = :control", { control: asked.control });
  // Said by control, whose index finds the few of either kind: a conversation is closed when nobody has it any more.
  if (asked.status)
    query.andWhere("conversation.control in (:...holders)", {
      holders: asked.status === "CLOSED" ? ["NONE"] : ["ASSISTANT", "QUEUE", "AGENT"],
    });
  if (asked.after !== null)
    query.andWhere("(conversation.opened_at, conversation.id) < (:openedAt, :id)", readCursor(asked.after));
  return query;
}

function cursorOf(row: Conversation): string {
  return Buffer.from(`${row.openedAt.toISOString()} ${row.id}`).toString("base64url");
}

function readCursor(cursor: string): { openedAt: Date; id: string } {
  const [time = "", id = ""] = Buffer.from(cursor, "base64url").toString().split(" ");
  const openedAt = new Date(time);
  if (Number.isNaN(openedAt.getTime()) || !isId(id))
    throw refuse("BAD_INPUT", "after is no cursor; send `pageInfo.endCursor` of the page before, as it came.");
  return { openedAt, id };
}
