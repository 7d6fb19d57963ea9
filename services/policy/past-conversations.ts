import type { DataSource } from "typeorm";
import type { Channel, Reason } from "../../schema/words";
import type { Message } from "./hear";
import type { PastConversation, PastJudgement } from "./replay";

/** Which conversations to look at: those judged from `since` until before `until`, the latest first. */
export interface Stretch {
  workspaceId: string;
  since: Date;
  until: Date;
  /** Stops after so many judged messages of customers. */
  mostMessages: number;
}

/** The conversations of a stretch, each with the number of its judged messages. */
export async function listConversations(db: DataSource, stretch: Stretch): Promise<{ id: string; messages: number }[]> {
  return db.query(
    `select id, messages from (
       select conversation_id as id, count(*)::int as messages, max(assessed_at) as latest,
         sum(count(*)) over (order by max(assessed_at) desc, conversation_id) - count(*) as earlier
       from assessment
       where workspace_id = $1 and assessed_at >= $2 and assessed_at < $3 and answer_id is null
       group by conversation_id) judged
     where earlier < $4 order by latest desc, id`,
    [stretch.workspaceId, stretch.since, stretch.until, stretch.mostMessages],
  );
}

interface Row {
  id: string;
  channel: Channel;
  language: string;
  settledThrough: number;
  messages: { facts: Message; answered: boolean | null }[];
  offers: { reason: Reason; sequence: number; status: string }[];
  judged: PastJudgement[];
}

/** What was heard of these conversations, in one round trip, and what was judged in them during the stretch. */
export async function loadConversations(db: DataSource, stretch: Stretch, ids: string[]): Promise<PastConversation[]> {
  const rows: Row[] = await db.query(select, [stretch.workspaceId, ids, stretch.since, stretch.until]);
  return rows.map(({ messages, offers, ...row }) => ({
    ...row,
    turns: messages.map(({ facts, answered }) => ({
      ...{ id: facts.id, sequence: facts.sequence, author: facts.author, text: facts.text },
      ...{ answered, inReplyTo: facts.inReplyTo },
    })),
    offers: offers.map(({ reason, sequence, status }) => ({
      ...{ reason, sequence },
      ...{ open: status === "OFFERED", declined: status === "DECLINED" },
    })),
  }));
}

const select = `
  select c.id, c.channel, c.language, c.settled_through as "settledThrough",
    coalesce(m.messages, '[]') as messages, coalesce(o.offers, '[]') as offers, coalesce(a.judged, '[]') as judged
  from heard_conversation c
  left join (
    select conversation_id, jsonb_agg(jsonb_build_object('facts', facts, 'answered', answered) order by sequence) as messages
    from heard_message where conversation_id = any($2) group by 1) m on m.conversation_id = c.id
  left join (
    select conversation_id, jsonb_agg(jsonb_build_object('reason', reason, 'sequence', sequence, 'status', status)
      order by sequence) as offers
    from heard_offer where conversation_id = any($2) group by 1) o on o.conversation_id = c.id
  left join (
    select conversation_id, jsonb_agg(jsonb_build_object('messageId', message_id, 'answer', answer_id is not null,
      'decision', decision, 'reason', reason,
      'signals', case when answer_id is null then jsonb_path_query_array(signals, '$[0]') else signals end)
      order by assessed_at, answer_id nulls first) as judged
    from assessment
    where conversation_id = any($2) and workspace_id = $1 and assessed_at >= $3 and assessed_at < $4
    group by 1) a on a.conversation_id = c.id
  where c.id = any($2) and c.workspace_id = $1
  order by array_position($2, c.id)`;
