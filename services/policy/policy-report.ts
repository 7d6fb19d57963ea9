import type { DataSource } from "typeorm";
import type { Reason, Verdict } from "../../schema/words";

export interface Tally {
  handovers: number;
  judged: number;
  falseHandovers: number;
  missed: number;
  wrongTarget: number;
}

/** So many handovers of a kind. */
export interface CountedHandovers {
  reason: Reason;
  rule: { id: string; text: string } | null;
  verdict: Verdict | null;
  missedRule: { id: string; text: string } | null;
  count: number;
}

export interface Report {
  total: Tally;
  byReason: Map<Reason, Tally>;
  byRule: Map<string, { text: string; tally: Tally }>;
}

/** Adds counted handovers up. An agent who had to take over unasked is a miss, unless a verdict says otherwise. */
export function reportOf(counted: CountedHandovers[]): Report {
  const report: Report = { total: nothing(), byReason: new Map(), byRule: new Map() };
  const ruleTally = ({ id, text }: { id: string; text: string }, matched: boolean) => {
    const found = report.byRule.get(id) ?? { text, tally: nothing() };
    // How it is worded now counts only for a rule that matched nothing.
    if (matched) found.text = text;
    report.byRule.set(id, found);
    return found.tally;
  };
  for (const { reason, rule, verdict, missedRule, count } of counted) {
    const ofReason = report.byReason.get(reason) ?? nothing();
    report.byReason.set(reason, ofReason);
    const own = rule ? [ruleTally(rule, true)] : [];
    for (const tally of [report.total, ofReason, ...own]) {
      tally.handovers += count;
      if (verdict) tally.judged += count;
      if (verdict === "NOT_NEEDED") tally.falseHandovers += count;
      if (verdict === "WRONG_TARGET") tally.wrongTarget += count;
    }
    const missed = verdict === "TOO_LATE" || (reason === "AGENT_TOOK_OVER" && verdict !== "NOT_NEEDED");
    if (!missed) continue;
    const rules = missedRule ? [ruleTally(missedRule, false)] : own;
    for (const tally of [report.total, ofReason, ...rules]) tally.missed += count;
  }
  return report;
}

/** What was requested in a workspace from `since` until before `until`, by reason, rule and verdict. */
export async function countHandovers(
  db: DataSource,
  workspaceId: string,
  since: Date,
  until: Date,
): Promise<CountedHandovers[]> {
  return db.query(
    `select h.reason,
       case when a.rule_id is null then null
         else jsonb_build_object('id', a.rule_id, 'text',
           first_value((array_agg(a.rule_text order by h.requested_at desc))[1])
             over (partition by a.rule_id order by max(h.requested_at) desc)) end as rule,
       v.verdict,
       case when r.id is null then null else jsonb_build_object('id', r.id, 'text', r.text) end as "missedRule",
       count(*)::int as count
     from heard_handover h
     left join verdict v on v.handover_id = h.id and v.workspace_id = h.workspace_id
     left join guidance_rule r on r.id = v.missed_rule_id and r.workspace_id = h.workspace_id
     left join lateral (
       select signals->0->'rule'->>'id' as rule_id, signals->0->'rule'->>'text' as rule_text
       from assessment a
       where a.message_id = h.message_id and a.workspace_id = h.workspace_id and a.reason = h.reason
       order by a.assessed_at desc limit 1) a on true
     where h.workspace_id = $1 and h.requested_at >= $2 and h.requested_at < $3
     group by h.reason, a.rule_id, v.verdict, r.id, r.text
     order by h.reason, a.rule_id, v.verdict`,
    [workspaceId, since, until],
  );
}

const nothing = (): Tally => ({ handovers: 0, judged: 0, falseHandovers: 0, missed: 0, wrongTarget: 0 });
