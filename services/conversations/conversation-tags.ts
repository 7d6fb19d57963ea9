import type { EntityManager } from "typeorm";
import type { EventOf } from "../../schema/events/catalogue";

/** From here on a topic is one, as policy itself has it. */
const sure = 0.5;
/** A desk takes no more; whoever has talked about everything is about nothing. */
const mostTags = 50;

/** The names of the topics an assessment found. */
export function tagsIn({ signals }: EventOf<"message.assessed">["data"]["assessment"]): string[] {
  return signals.flatMap(({ name, score, rule }) => (name === "TAG" && score >= sure && rule ? rule.text : []));
}

/** The conversation is about these, too: they travel with its handovers. */
export async function addTags(
  tx: Pick<EntityManager, "query">,
  conversation: { id: string; workspaceId: string },
  tags: string[],
): Promise<void> {
  if (tags.length === 0) return;
  await tx.query(
    `update conversation set tags = (tags || array(select t from unnest($3::text[]) t where t <> all(tags)))[1:$4]
     where id = $1 and workspace_id = $2 and not tags @> $3::text[]`,
    [conversation.id, conversation.workspaceId, [...new Set(tags)], mostTags],
  );
}
