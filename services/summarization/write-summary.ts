import type { EntityManager } from "typeorm";
import { carriedOver } from "./correction";
import type { Heard } from "./hear";
import type { Summarize } from "./summarize";
import type { Line, SummaryFacts } from "./summary";
import { Summary } from "./summary.entity";

export interface WriteDeps {
  db: Pick<EntityManager, "query" | "getRepository">;
  summarize: Summarize;
}

/**
 * Writes a summary of what was heard: without the messages that the customer struck out, in the agents' language where
 * the workspace has set one, and with what the customer put right on the same matter before.
 */
export async function writeSummary(
  { db, summarize }: WriteDeps,
  heard: Heard & { triggerId?: string | null },
  signal?: AbortSignal,
): Promise<SummaryFacts> {
  const { workspaceId, conversation, through } = heard;
  const [known]: { language: string | null; struck: string[] | null }[] = await db.query(
    `select (select language from summary_settings where workspace_id = $1) as language,
            (select array_agg(message_id) from struck_message where conversation_id = $2) as struck`,
    [workspaceId, conversation.id],
  );
  const struck = new Set(known?.struck ?? []);
  const messages: Line[] = struck.size === 0 ? heard.messages : heard.messages.filter(({ id }) => !struck.has(id));
  const dialogue = {
    language: conversation.language,
    customer: conversation.customer,
    messages,
    triggerId: heard.triggerId ?? null,
    agentLanguage: known?.language ?? null,
  };
  const written = { ...(await summarize(dialogue, signal)), throughSequence: through };
  const earlier = await db.getRepository(Summary).findOne({
    where: { conversationId: conversation.id, correctedBy: "CUSTOMER" },
    order: { writtenAt: "DESC" },
  });
  return earlier ? carriedOver(written, earlier, dialogue) : written;
}
