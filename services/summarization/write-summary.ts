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
  deps: WriteDeps,
  heard: Heard & { triggerId?: string | null },
  signal?: AbortSignal,
): Promise<SummaryFacts> {
  const { db, summarize } = deps;
  const { workspaceId, conversation, through } = heard;
  const [known]: { language: string | null }[] = await db.query(
    "select (select language from summary_settings where workspace_id = $1) as language",
    [workspaceId],
  );
  const struck = await struckIn(deps, conversation.id);
  const messages: Line[] = struck.size === 0 ? heard.messages : heard.messages.filter(({ id }) => !struck.has(id));
  const dialogue = {
    language: conversation.language,
    customer: conversation.customer,
    messages,
    triggerId: heard.triggerId ?? null,
    agentLanguage: known?.language ?? null,
  };
  const written = { ...(await summarize(dialogue, signal)), throughSequence: through };
  // A model takes seconds: what the customer struck out meanwhile must not be in it either.
  if ((await struckIn(deps, conversation.id)).size > struck.size) return writeSummary(deps, heard, signal);
  const earlier = await db.getRepository(Summary).findOne({
    where: { conversationId: conversation.id, correctedBy: "CUSTOMER" },
    order: { writtenAt: "DESC" },
  });
  return earlier ? carriedOver(written, earlier, dialogue) : written;
}

async function struckIn({ db }: WriteDeps, conversationId: string): Promise<Set<string>> {
  const rows: { id: string }[] = await db.query(
    "select message_id as id from struck_message where conversation_id = $1",
    [conversationId],
  );
  return new Set(rows.map(({ id }) => id));
}
