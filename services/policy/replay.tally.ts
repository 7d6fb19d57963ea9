import type { Reason } from "../../schema/words";
import { changeOf, type Outcome, ReplayChange } from "./replay";
import type { ReplayResult } from "./replay.entity";

/** One conversation that would go otherwise. */
export interface Difference {
  conversationId: string;
  change: ReplayChange;
  before: Outcome;
  after: Outcome;
}

/** Counts what a replay finds, one conversation after the other. */
export function createTally() {
  let conversations = 0;
  const differences: Difference[] = [];
  const reasons = new Map<Reason, { before: number; after: number }>();
  const rules = new Map<string, { text: string; before: number; after: number }>();

  function count(outcome: Outcome, when: "before" | "after") {
    if (outcome.decision !== "HANDOVER" || !outcome.reason) return;
    const reason = reasons.get(outcome.reason) ?? { before: 0, after: 0 };
    reason[when] += 1;
    reasons.set(outcome.reason, reason);
    if (!outcome.rule) return;
    const rule = rules.get(outcome.rule.id) ?? { text: "", before: 0, after: 0 };
    rule[when] += 1;
    rule.text = outcome.rule.text;
    rules.set(outcome.rule.id, rule);
  }

  return {
    differences,
    add(conversationId: string, before: Outcome, after: Outcome): void {
      conversations += 1;
      count(before, "before");
      count(after, "after");
      const change = changeOf(before, after);
      if (change) differences.push({ conversationId, change, before, after });
    },
    result(): ReplayResult {
      return {
        conversations,
        changed: differences.length,
        counts: Object.values(ReplayChange).map((change) => ({
          change,
          conversations: differences.filter((difference) => difference.change === change).length,
        })),
        byReason: [...reasons].map(([reason, counts]) => ({ reason, ...counts })),
        byRule: [...rules].map(([id, counts]) => ({ id, ...counts })).sort((a, b) => b.after - a.after),
      };
    },
  };
}
