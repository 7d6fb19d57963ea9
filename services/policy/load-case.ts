import type { DataSource } from "typeorm";
import type { Channel, Reason } from "../../schema/words";
import type { Message } from "./hear";
import { type ChangedSettings, type ChannelSettings, settingsOf } from "./settings";
import type { Reading, Rule, TagDefinition, Turn } from "./signal";

/** How many messages back a reading goes. */
const window = 40;

export interface LoadedCase {
  reading: Reading;
  settings: ChannelSettings;
  rules: Rule[];
  tags: TagDefinition[];
  /** Number of the published policy that judges; 0: nothing was ever published. */
  policyVersion: number;
  /** The epoch last heard of. */
  epoch: number;
  /** The turns as other services see them, oldest first, the judged message last. */
  messages: Message[];
}

interface Row {
  settings: ChangedSettings | null;
  policyVersion: number;
  rules: Rule[];
  tags: TagDefinition[];
  conversation: { epoch: number; settledThrough: number } | null;
  messages: { facts: Message; answered: boolean | null }[];
  offers: { reason: Reason; sequence: number; status: string }[];
}

/**
 * Everything a judgement about `message` needs, in one round trip. The message itself need not be stored yet; later
 * ones are left out.
 */
export async function loadCase(
  db: DataSource,
  asked: { workspaceId: string; conversation: { id: string; channel: Channel; language: string }; message: Message },
): Promise<LoadedCase> {
  const { workspaceId, conversation, message } = asked;
  const rows: Row[] = await db.query(select, [workspaceId, conversation.id, message.sequence]);
  const row = rows[0] as Row;
  const earlier = row.messages.map(({ facts, answered }) => turnOf(facts, answered));
  const judged = turnOf(message, null);
  return {
    settings: settingsOf(row.settings, conversation.channel),
    rules: row.rules,
    tags: row.tags,
    policyVersion: row.policyVersion,
    epoch: row.conversation?.epoch ?? 0,
    messages: [...row.messages.map(({ facts }) => facts), message],
    reading: {
      channel: conversation.channel,
      language: conversation.language,
      turns: [...earlier, judged],
      message: judged,
      settledThrough: row.conversation?.settledThrough ?? 0,
      offers: row.offers.map(({ reason, sequence, status }) => ({
        reason,
        sequence,
        open: status === "OFFERED",
        declined: status === "DECLINED",
      })),
    },
  };
}

/** A message as it was heard; null when it was not, or in another workspace. */
export async function findMessage(db: DataSource, workspaceId: string, id: string): Promise<Message | null> {
  const rows: { facts: Message }[] = await db.query(
    "select facts from heard_message where id = $1 and workspace_id = $2",
    [id, workspaceId],
  );
  return rows[0]?.facts ?? null;
}

function turnOf(facts: Message, answered: boolean | null): Turn {
  const { id, sequence, author, text, inReplyTo } = facts;
  return { id, sequence, author, text, answered, inReplyTo };
}

const select = `
  select
    (select changed from policy_settings where workspace_id = $1) as settings,
    (select coalesce(max(number), 0) from policy_version where workspace_id = $1) as "policyVersion",
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'version', version, 'text', text) order by created_at, id), '[]')
       from guidance_rule where workspace_id = $1 and enabled and deleted_at is null) as rules,
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'version', version, 'name', name, 'description', description,
                               'blocked', blocked, 'examples', examples) order by created_at, id), '[]')
       from tag where workspace_id = $1 and deleted_at is null) as tags,
    (select jsonb_build_object('epoch', epoch, 'settledThrough', settled_through)
       from heard_conversation where id = $2 and workspace_id = $1) as conversation,
    (select coalesce(jsonb_agg(jsonb_build_object('facts', facts, 'answered', answered) order by sequence), '[]')
       from (select facts, answered, sequence from heard_message
             where conversation_id = $2 and workspace_id = $1 and sequence < $3
             order by sequence desc limit ${window}) recent) as messages,
    (select coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'sequence', sequence, 'status', status)
                     order by sequence), '[]')
       from heard_offer where conversation_id = $2 and workspace_id = $1) as offers`;
